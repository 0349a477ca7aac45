import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/api/client";
import type { Role, User } from "@/api/types";
import { CopyButton } from "@/components/copy-button";
import { FormError } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input, PasswordInput, Select } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { formatDateTime } from "@/lib/format";
import { strings } from "@/strings";
import { makeReset, type Reset } from "./use-users";

const words = strings.users;
export const ROLES = ["viewer", "uploader", "admin"] as const;

type CreateProps = { onClose: () => void; onReset: (reset: Reset) => void };

export function CreateUserDialog({ onClose, onReset }: CreateProps) {
  const queries = useQueryClient();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<Role>("uploader");
  const create = useMutation({
    mutationFn: async (): Promise<Reset | null> => {
      const user = await answer(
        api.POST("/api/v1/users", {
          body: { username: username.trim(), role, ...(password === "" ? {} : { password }) },
        }),
      );
      toast.success(words.created(user.username));
      void queries.invalidateQueries({ queryKey: ["users"] });
      return password === "" ? makeReset(user) : null;
    },
    meta: { quiet: true },
    onSuccess: (reset) => {
      onClose();
      if (reset !== null) {
        onReset(reset);
      }
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={words.create}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Field label={words.username} hint={words.usernameHint}>
          {(control) => (
            <Input
              {...control}
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              pattern="\s*[A-Za-z0-9._@+\-]{3,64}\s*"
              title={words.usernameHint}
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          )}
        </Field>
        <Field label={words.role} hint={words.roleHints[role]}>
          {(control) => (
            <Select
              {...control}
              value={role}
              onChange={(event) => setRole(event.target.value as Role)}
            >
              {ROLES.map((each) => (
                <option key={each} value={each}>
                  {words.roles[each]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={words.password} hint={words.passwordHint} optional>
          {(control) => (
            <PasswordInput
              {...control}
              autoComplete="new-password"
              minLength={10}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <FormError error={create.error} />
        <DialogActions>
          <Button onClick={onClose}>{strings.actions.cancel}</Button>
          <Button type="submit" variant="primary" busy={create.isPending}>
            {words.createAction}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** Shows a token, which nobody can ask for again. */
export function ResetDialog({ reset, onClose }: { reset: Reset; onClose: () => void }) {
  // Behind the #, so that it is not sent, nor kept in logs.
  const link = `${location.origin}/reset-password#${encodeURIComponent(reset.token)}`;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.tokenTitle(reset.user.username)}
      description={`${words.tokenText} ${formatDateTime(reset.expiresAt)}.`}
    >
      <Field label={words.tokenLink}>
        {(control) => (
          <Input
            {...control}
            readOnly
            value={link}
            className="font-mono"
            onFocus={(event) => event.target.select()}
          />
        )}
      </Field>
      <DialogActions>
        <CopyButton text={link} label={words.tokenCopy} />
        <Button variant="primary" onClick={onClose}>
          {words.tokenDone}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Asks for the name, since nothing brings it back. */
export function DeleteUserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const queries = useQueryClient();
  const [typed, setTyped] = useState("");
  const remove = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/api/v1/users/{id}", { params: { path: { id: user.id } } })),
    meta: { quiet: true },
    onSuccess: () => {
      toast.success(words.deleted(user.username));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["users"] }),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.deleteTitle(user.username)}
      description={words.deleteText}
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          remove.mutate();
        }}
      >
        <Field label={words.deleteConfirm(user.username)}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <FormError error={remove.error} />
        <DialogActions>
          <Button onClick={onClose}>{strings.actions.cancel}</Button>
          <Button
            type="submit"
            variant="danger"
            busy={remove.isPending}
            disabled={typed.trim() !== user.username}
          >
            {words.delete}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
