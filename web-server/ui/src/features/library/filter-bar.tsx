import { X } from "lucide-react";
import { useId } from "react";
import { useUser } from "@/auth/use-session";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import { strings } from "@/strings";
import { AGES, countFilters, type Filters, LENGTHS, SORTS } from "./filters";

type Props = { filters: Filters; onChange: (change: Partial<Filters>) => void };

const { library } = strings;
const STATUSES = ["COMPLETED", "PROCESSING", "PENDING", "FAILED"] as const;

/** What is listed, and in which order. */
export function FilterBar({ filters, onChange }: Props) {
  const user = useUser();
  return (
    <search
      aria-label={library.filters}
      className="relative -mx-4 overflow-x-auto px-4 py-1 [scrollbar-width:none] sm:mx-0 sm:px-0"
    >
      <div className="flex w-max items-center gap-2 sm:w-auto sm:flex-wrap">
        <Choice
          label={library.sort}
          value={filters.sort ?? "-createdAt"}
          options={SORTS.map((sort) => [sort, library.sorts[sort]])}
          onChange={(sort) =>
            onChange({ sort: sort === "-createdAt" ? undefined : (sort as Filters["sort"]) })
          }
        />
        <Choice
          label={library.length}
          value={filters.length ?? ""}
          options={[
            ["", library.lengths.any],
            ...LENGTHS.map((each): Option => [each, library.lengths[each]]),
          ]}
          onChange={(length) => onChange({ length: (length || undefined) as Filters["length"] })}
        />
        <Choice
          label={library.age}
          value={filters.age ?? ""}
          options={[
            ["", library.ages.any],
            ...AGES.map((each): Option => [each, library.ages[each]]),
          ]}
          onChange={(age) => onChange({ age: (age || undefined) as Filters["age"] })}
        />
        {(user !== null || filters.status !== undefined) && (
          <Choice
            label={library.status}
            value={filters.status ?? ""}
            options={[
              ["", library.statuses.any],
              ...STATUSES.map((each): Option => [each, library.statuses[each]]),
            ]}
            onChange={(status) => onChange({ status: (status || undefined) as Filters["status"] })}
          />
        )}
        {filters.tag !== undefined && (
          <Chip
            text={`#${filters.tag}`}
            label={library.removeTag(filters.tag)}
            onClick={() => onChange({ tag: undefined })}
          />
        )}
        {filters.owner !== undefined && (
          <Chip
            text={library.ownersOnly(filters.owner)}
            label={library.removeOwner}
            onClick={() => onChange({ owner: undefined })}
          />
        )}
        {countFilters(filters) > 0 && (
          <Button
            variant="ghost"
            size="sm"
            onClick={() =>
              onChange({
                length: undefined,
                age: undefined,
                status: undefined,
                tag: undefined,
                owner: undefined,
              })
            }
          >
            {library.clear}
          </Button>
        )}
      </div>
    </search>
  );
}

type Option = readonly [value: string, text: string];

function Choice(props: {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="sr-only">
        {props.label}
      </label>
      <Select
        id={id}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className="h-9 w-auto rounded-full border-border pointer-coarse:h-10 pl-3.5 text-sm shadow-none data-set:border-primary data-set:bg-primary-soft data-set:text-on-primary-soft"
        data-set={props.value !== "" && props.value !== "-createdAt" ? "" : undefined}
      >
        {props.options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </Select>
    </div>
  );
}

function Chip({ text, label, onClick }: { text: string; label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="flex h-9 max-w-56 pointer-coarse:h-10 items-center gap-1.5 rounded-full bg-primary-soft pr-2.5 pl-3.5 text-sm font-medium text-on-primary-soft"
    >
      <span className="truncate">{text}</span>
      <X className="size-4 shrink-0" aria-hidden />
    </button>
  );
}
