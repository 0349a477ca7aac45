import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { answer, api } from "@/api/client";
import type { User } from "@/api/types";
import { session, useUser } from "@/auth/use-session";
import { Page } from "@/components/page";
import { FormError } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, PasswordInput } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { formatDate } from "@/lib/format";
import { strings } from "@/strings";
import { AccountTabs } from "./account-tabs";

const { account } = strings;

export function AccountPage() {
  const user = useUser();
  return (
    <Page title={account.title} width="narrow">
      <AccountTabs />
      {user !== null && (
        <div className="mt-6 grid gap-6">
          <Profile user={user} />
          <ChangePassword username={user.username} />
          <DeleteAccount user={user} />
        </div>
      )}
    </Page>
  );
}

function Profile({ user }: { user: User }) {
  return (
    <Card aria-labelledby="profile">
      <CardTitle id="profile">{account.profile}</CardTitle>
      <dl className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 text-sm sm:grid-cols-[8rem_minmax(0,1fr)]">
        <dt className="text-muted">{account.username}</dt>
        <dd className="font-medium break-words">{user.username}</dd>
        <dt className="text-muted">{account.role}</dt>
        <dd>{account.roles[user.role]}</dd>
        <dt className="text-muted">{account.since}</dt>
        <dd>{formatDate(user.createdAt)}</dd>
      </dl>
    </Card>
  );
}

function ChangePassword({ username }: { username: string }) {
  const [currentPassword, setCurrent] = useState("");
  const [newPassword, setNew] = useState("");
  const change = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/v1/auth/password", { body: { currentPassword, newPassword } })),
    meta: { quiet: true },
    onSuccess: () => {
      setCurrent("");
      setNew("");
      toast.success(account.passwordChanged);
    },
  });
  return (
    <Card aria-labelledby="password">
      <CardTitle id="password">{account.changePassword}</CardTitle>
      <p className="mt-1 text-sm text-muted">{account.changePasswordText}</p>
      <form
        className="mt-4 grid max-w-sm gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <input type="text" autoComplete="username" value={username} readOnly hidden />
        <Field label={account.currentPassword}>
          {(control) => (
            <PasswordInput
              {...control}
              autoComplete="current-password"
              required
              value={currentPassword}
              onChange={(event) => setCurrent(event.target.value)}
            />
          )}
        </Field>
        <Field label={account.newPassword} hint={account.passwordHint}>
          {(control) => (
            <PasswordInput
              {...control}
              autoComplete="new-password"
              required
              minLength={10}
              value={newPassword}
              onChange={(event) => setNew(event.target.value)}
            />
          )}
        </Field>
        <FormError error={change.error} />
        <Button
          type="submit"
          variant="primary"
          className="justify-self-start"
          busy={change.isPending}
        >
          {account.changePassword}
        </Button>
      </form>
    </Card>
  );
}

function DeleteAccount({ user }: { user: User }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState("");
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/auth/me", { body: { password } })),
    meta: { quiet: true },
    onSuccess: async () => {
      toast.success(account.deleted);
      await navigate({ to: "/" });
      session.forget();
    },
  });
  return (
    <Card aria-labelledby="delete" className="border-danger/40">
      <CardTitle id="delete">{account.deleteTitle}</CardTitle>
      <p className="mt-1 text-sm text-muted">{account.deleteText}</p>
      <Button
        className="mt-4 text-danger"
        onClick={() => {
          setPassword("");
          remove.reset();
          setOpen(true);
        }}
      >
        {account.deleteAction}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={account.deleteConfirm}
        description={account.deleteConfirmText(user.username)}
      >
        <form
          className="grid gap-4"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            remove.mutate();
          }}
        >
          <input type="text" autoComplete="username" value={user.username} readOnly hidden />
          <Field label={account.password}>
            {(control) => (
              <PasswordInput
                {...control}
                autoComplete="current-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          <FormError error={remove.error} />
          <DialogActions>
            <Button onClick={() => setOpen(false)}>{strings.actions.cancel}</Button>
            <Button type="submit" variant="danger" busy={remove.isPending}>
              {account.deleteForGood}
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </Card>
  );
}
