import { useMutation } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { answer, api } from "@/api/client";
import { session } from "@/auth/use-session";
import { FormError } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Field, Input, PasswordInput } from "@/components/ui/field";
import { strings } from "@/strings";
import { AuthPage } from "./auth-page";
import { useLeaveWhenSignedIn } from "./use-leave";

const route = getRouteApi("/register");

export function RegisterPage() {
  const { next } = route.useSearch();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const register = useMutation({
    mutationFn: async () => {
      const name = username.trim();
      await answer(api.POST("/api/v1/auth/register", { body: { username: name, password } }));
      await session.signIn(name, password);
    },
    meta: { quiet: true },
  });
  useLeaveWhenSignedIn(next);

  return (
    <AuthPage
      title={strings.account.registerTitle}
      text={strings.account.registerText}
      footer={
        <p>
          {strings.account.haveOne}{" "}
          <Button asChild variant="link">
            <Link to="/login" search={next === undefined ? {} : { next }}>
              {strings.nav.signIn}
            </Link>
          </Button>
        </p>
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          register.mutate();
        }}
      >
        <Field label={strings.account.username} hint={strings.account.usernameHint}>
          {(control) => (
            <Input
              {...control}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              minLength={3}
              maxLength={64}
              pattern="\s*[A-Za-z0-9._@+\-]{3,64}\s*"
              title={strings.account.usernameHint}
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          )}
        </Field>
        <Field label={strings.account.password} hint={strings.account.passwordHint}>
          {(control) => (
            <PasswordInput
              {...control}
              name="password"
              autoComplete="new-password"
              required
              minLength={10}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <FormError error={register.error} />
        <Button type="submit" variant="primary" size="lg" busy={register.isPending}>
          {strings.account.registerAction}
        </Button>
      </form>
    </AuthPage>
  );
}
