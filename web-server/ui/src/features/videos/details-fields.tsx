import { TagInput } from "@/components/tag-input";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { strings } from "@/strings";
import { type Details, MAX_DESCRIPTION, MAX_TITLE } from "./details";

type Props = { details: Details; onChange: (changes: Partial<Details>) => void };

const VISIBILITIES = ["public", "unlisted", "private"] as const;

/** What people say of a video. */
export function DetailsFields({ details, onChange }: Props) {
  const words = strings.details;
  return (
    <>
      <Field
        label={words.title}
        error={details.title.trim() === "" ? words.titleMissing : undefined}
      >
        {(control) => (
          <Input
            {...control}
            dir="auto"
            required
            maxLength={MAX_TITLE}
            value={details.title}
            onChange={(event) => onChange({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label={words.description} optional>
        {(control) => (
          <Textarea
            {...control}
            dir="auto"
            maxLength={MAX_DESCRIPTION}
            value={details.description}
            onChange={(event) => onChange({ description: event.target.value })}
          />
        )}
      </Field>
      <Field label={words.tags} hint={words.tagsHint} optional>
        {(control) => (
          <TagInput control={control} tags={details.tags} onChange={(tags) => onChange({ tags })} />
        )}
      </Field>
      <Field label={words.visibility} hint={words.visibilityHints[details.visibility]}>
        {(control) => (
          <Select
            {...control}
            value={details.visibility}
            onChange={(event) =>
              onChange({ visibility: event.target.value as Details["visibility"] })
            }
          >
            {VISIBILITIES.map((each) => (
              <option key={each} value={each}>
                {words.visibilities[each]}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}
