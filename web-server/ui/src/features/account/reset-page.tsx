import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { answer, api } from "@/api/client";
import { FormError } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Field, Input, PasswordInput } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { strings } from "@/strings";
import { AuthPage } from "./auth-page";

const { account } = strings;

/**
 * Choosing a new password with the token of an administrator, who may have put it behind the `#` of
 * the address, which is not sent to the server.
 */
export function ResetPage() {
  const navigate = useNavigate();
  const [token, setToken] = useState(() => location.hash.slice(1));
  const [password, setPassword] = useState("");
  const reset = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/v1/auth/reset-password", { body: { token: token.trim(), password } })),
    meta: { quiet: true },
    onSuccess: () => {
      toast.success(account.resetDone);
      void navigate({ to: "/login", replace: true });
    },
  });
  return (
    <AuthPage title={account.resetTitle} text={account.resetText}>
      <form
        className="grid gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          reset.mutate();
        }}
      >
        <Field label={account.token}>
          {(control) => (
            <Input
              {...control}
              required
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
              value={token}
              onChange={(event) => setToken(event.target.value)}
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
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <FormError error={reset.error} />
        <Button type="submit" variant="primary" size="lg" busy={reset.isPending}>
          {account.resetAction}
        </Button>
      </form>
    </AuthPage>
  );
}
