import { useState } from "react";
import { session, useSession } from "@/auth/use-session";
import { FormError } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, PasswordInput } from "@/components/ui/field";
import { strings } from "@/strings";

/** Over a page whose session the server ended: to go on where one was, with nothing lost. */
export function SessionDialog() {
  const state = useSession();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  if (state.kind !== "expired") {
    return null;
  }
  const { username } = state.user;

  async function signIn() {
    setBusy(true);
    setError(null);
    try {
      await session.signIn(username, password);
      setPassword("");
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && session.forget()}
      title={strings.session.expiredTitle}
      description={strings.session.expiredText(username)}
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <input type="text" autoComplete="username" value={username} readOnly hidden />
        <Field label={strings.account.password}>
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
        <FormError error={error} />
        <DialogActions>
          <Button onClick={() => session.forget()}>{strings.session.leave}</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {strings.nav.signIn}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
