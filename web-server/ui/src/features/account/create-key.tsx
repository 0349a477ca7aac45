import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { answer, api } from "@/api/client";
import type { Scope, User } from "@/api/types";
import { useUser } from "@/auth/use-session";
import { CopyButton } from "@/components/copy-button";
import { FormError } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import { strings } from "@/strings";

const { keys } = strings;
const EXPIRIES = ["30", "90", "365", "never"] as const;
type Expiry = (typeof EXPIRIES)[number];
const DAY_MILLIS = 86_400_000;

const SCOPES_OF: Record<User["role"], Scope[]> = {
  viewer: ["read", "write"],
  uploader: ["read", "upload", "write"],
  admin: ["read", "upload", "write", "admin"],
};

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

export function CreateKeyDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={keys.createTitle}
      description={keys.text}
    >
      <CreateKey onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function CreateKey({ onDone }: { onDone: () => void }) {
  const user = useUser();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>(["upload"]);
  const [expiry, setExpiry] = useState<Expiry>("90");
  const create = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/v1/auth/keys", {
          body: {
            name,
            scopes,
            ...(expiry === "never"
              ? {}
              : { expiresAt: new Date(Date.now() + Number(expiry) * DAY_MILLIS).toISOString() }),
          },
        }),
      ),
    meta: { quiet: true },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["keys"] }),
  });

  if (create.data !== undefined) {
    return <Created secret={create.data.key} onDone={onDone} />;
  }
  return (
    <form
      className="grid gap-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (scopes.length > 0) {
          create.mutate();
        }
      }}
    >
      <Field label={keys.name} hint={keys.nameHint}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Scopes offered={SCOPES_OF[user?.role ?? "viewer"]} chosen={scopes} onChange={setScopes} />
      <Field label={keys.expires}>
        {(control) => (
          <Select
            {...control}
            value={expiry}
            onChange={(event) => setExpiry(event.target.value as Expiry)}
          >
            {EXPIRIES.map((each) => (
              <option key={each} value={each}>
                {keys.expiries[each]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <FormError error={create.error} />
      <DialogActions>
        <Button onClick={onDone}>{strings.actions.cancel}</Button>
        <Button type="submit" variant="primary" busy={create.isPending}>
          {keys.create}
        </Button>
      </DialogActions>
    </form>
  );
}

type ScopesProps = {
  offered: readonly Scope[];
  chosen: readonly Scope[];
  onChange: (scopes: Scope[]) => void;
};

function Scopes({ offered, chosen, onChange }: ScopesProps) {
  const id = useId();
  return (
    <fieldset className="grid gap-2.5">
      <legend className="mb-2 text-sm font-medium">{keys.scopes}</legend>
      {offered.map((scope) => (
        <div key={scope} className="flex items-start gap-3">
          <Checkbox
            id={`${id}-${scope}`}
            className="mt-0.5"
            checked={chosen.includes(scope)}
            onCheckedChange={(checked) =>
              onChange(
                checked === true ? [...chosen, scope] : chosen.filter((each) => each !== scope),
              )
            }
          />
          <label htmlFor={`${id}-${scope}`} className="text-sm">
            <span className="font-medium">{keys.scopeNames[scope][0]}</span>
            <span className="block text-muted">{keys.scopeNames[scope][1]}</span>
          </label>
        </div>
      ))}
      {chosen.length === 0 && (
        <p role="alert" className="text-sm font-medium text-danger">
          {keys.scopesMissing}
        </p>
      )}
    </fieldset>
  );
}

function Created({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <div className="grid gap-4" role="status">
      <Field label={keys.created} hint={keys.createdText}>
        {(control) => (
          <Input
            {...control}
            readOnly
            className="font-mono"
            value={secret}
            onFocus={(event) => event.target.select()}
          />
        )}
      </Field>
      <DialogActions>
        <CopyButton text={secret} label={keys.copyKey} />
        <Button variant="primary" onClick={onDone}>
          {keys.done}
        </Button>
      </DialogActions>
    </div>
  );
}
