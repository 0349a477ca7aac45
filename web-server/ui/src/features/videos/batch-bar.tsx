import { RotateCcw, Tag, Trash2, X } from "lucide-react";
import { useId, useState } from "react";
import type { Visibility } from "@/api/types";
import { FormError } from "@/components/states";
import { TagInput } from "@/components/tag-input";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Select } from "@/components/ui/field";
import { strings } from "@/strings";
import { VISIBILITIES } from "./own-filters";
import type { BatchAction } from "./use-own-videos";

const words = strings.videos;

type Props = {
  count: number;
  deleted: boolean;
  onClear: () => void;
  onDelete: () => void;
  onRestore: () => void;
  onPurge: () => void;
  /** Rejects when it could not be done. */
  onApply: (action: BatchAction) => Promise<void>;
};

/** What can be done with all that are selected. */
export function BatchBar(props: Props) {
  const [tagging, setTagging] = useState(false);
  const visibility = useId();
  return (
    <section
      aria-label={words.selected(props.count)}
      className="sticky bottom-3 z-30 mt-4 flex flex-wrap items-center gap-2 rounded-2xl border bg-surface p-3 shadow-pop"
    >
      <div className="mr-auto flex items-center gap-2 max-sm:w-full">
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={words.clearSelection}
          onClick={props.onClear}
        >
          <X aria-hidden />
        </Button>
        <span role="status" className="text-sm font-medium tabular-nums">
          {words.selected(props.count)}
        </span>
      </div>
      {props.deleted ? (
        <>
          <Button size="sm" className="max-sm:flex-1" onClick={props.onRestore}>
            <RotateCcw aria-hidden /> {words.restore}
          </Button>
          <Button size="sm" variant="danger" className="max-sm:flex-1" onClick={props.onPurge}>
            <Trash2 aria-hidden /> {words.purge}
          </Button>
        </>
      ) : (
        <>
          <label htmlFor={visibility} className="sr-only">
            {words.setVisibility}
          </label>
          <Select
            id={visibility}
            className="h-8 w-auto text-sm max-sm:min-w-0 max-sm:flex-1 pointer-coarse:h-10"
            value=""
            onChange={(event) =>
              void props
                .onApply({ action: "visibility", visibility: event.target.value as Visibility })
                .catch(() => undefined)
            }
          >
            <option value="" disabled>
              {words.setVisibility}
            </option>
            {VISIBILITIES.map((each) => (
              <option key={each} value={each}>
                {strings.details.visibilities[each]}
              </option>
            ))}
          </Select>
          <Button size="sm" className="max-sm:flex-1" onClick={() => setTagging(true)}>
            <Tag aria-hidden /> {words.tag}
          </Button>
          <Button size="sm" variant="danger" className="max-sm:flex-1" onClick={props.onDelete}>
            <Trash2 aria-hidden /> {strings.actions.delete}
          </Button>
        </>
      )}
      {tagging && (
        <TagDialog count={props.count} onClose={() => setTagging(false)} onApply={props.onApply} />
      )}
    </section>
  );
}

type TagProps = Pick<Props, "count" | "onApply"> & { onClose: () => void };

function TagDialog({ count, onApply, onClose }: TagProps) {
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function apply() {
    setBusy(true);
    try {
      if (add.length + remove.length > 0) {
        await onApply({ action: "tag", add, remove });
      }
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={words.tagTitle(count)}>
      <div className="grid gap-4">
        <Field label={words.tagAdd} hint={strings.details.tagsHint}>
          {(control) => <TagInput control={control} tags={add} onChange={setAdd} />}
        </Field>
        <Field label={words.tagRemove}>
          {(control) => (
            <TagInput
              control={control}
              tags={remove}
              placeholder={words.tagRemoveOne}
              onChange={setRemove}
            />
          )}
        </Field>
        <FormError error={error} />
        <DialogActions>
          <Button onClick={onClose}>{strings.actions.cancel}</Button>
          <Button variant="primary" busy={busy} onClick={() => void apply()}>
            {words.apply}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
