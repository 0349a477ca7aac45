import { useState } from "react";
import type { TextKind } from "@/api/types";
import { FormError } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, Input, Select } from "@/components/ui/field";
import { strings } from "@/strings";
import { isLanguageTag } from "./language";

const words = strings.tracks;
const KINDS = ["captions", "subtitles", "descriptions", "chapters"] as const;
const MAX_LABEL = 100;

export type Words = { kind: TextKind | "audio"; language: string; label: string; default: boolean };

type Props = {
  start: Words;
  /** Whether it is still to be said what it is. */
  isNew?: boolean;
  onSave: (words: Words) => Promise<void>;
  onCancel: () => void;
};

/** What is said of a track. It is within the dialog of its video, so it is no form of its own. */
export function TrackForm({ start, isNew, onSave, onCancel }: Props) {
  const [mine, setMine] = useState(start);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const badLanguage = mine.language !== "" && !isLanguageTag(mine.language);
  const change = (changes: Partial<Words>) => setMine((before) => ({ ...before, ...changes }));

  async function save() {
    setBusy(true);
    setError(null);
    try {
      await onSave(mine);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  }

  return (
    <div className="grid gap-3 rounded-lg bg-surface-2 p-3">
      {isNew && (
        <Field
          label={words.kind}
          hint={mine.kind === "audio" ? undefined : words.kindHints[mine.kind]}
        >
          {(control) => (
            <Select
              {...control}
              value={mine.kind}
              onChange={(event) => change({ kind: event.target.value as TextKind })}
            >
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {words.kinds[kind]}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field
        label={words.language}
        hint={words.languageHint}
        error={badLanguage ? words.badLanguage : null}
      >
        {(control) => (
          <Input
            {...control}
            value={mine.language}
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => change({ language: event.target.value.trim() })}
          />
        )}
      </Field>
      <Field
        label={words.label}
        hint={isNew ? words.labelHint : undefined}
        optional={isNew ?? false}
      >
        {(control) => (
          <Input
            {...control}
            dir="auto"
            maxLength={MAX_LABEL}
            value={mine.label}
            onChange={(event) => change({ label: event.target.value })}
          />
        )}
      </Field>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is a button within it */}
      <label className="flex items-center gap-2 text-sm">
        <Checkbox
          checked={mine.default}
          onCheckedChange={(checked) => change({ default: checked === true })}
        />
        {words.isDefault}
      </label>
      <FormError error={error} />
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onCancel}>
          {strings.actions.cancel}
        </Button>
        <Button
          size="sm"
          variant="primary"
          busy={busy}
          disabled={badLanguage}
          onClick={() => void save()}
        >
          {strings.actions.save}
        </Button>
      </div>
    </div>
  );
}
