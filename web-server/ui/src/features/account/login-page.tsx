import { useMutation } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { session } from "@/auth/use-session";
import { FormError } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Field, Input, PasswordInput } from "@/components/ui/field";
import { strings } from "@/strings";
import { AuthPage } from "./auth-page";
import { useLeaveWhenSignedIn } from "./use-leave";

const route = getRouteApi("/login");

export function LoginPage() {
  const { next } = route.useSearch();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation({
    mutationFn: () => session.signIn(username.trim(), password),
    meta: { quiet: true },
  });
  useLeaveWhenSignedIn(next);

  return (
    <AuthPage
      title={strings.account.loginTitle}
      text={strings.account.loginText}
      footer={
        <div className="grid gap-3">
          <p>
            {strings.account.newHere}{" "}
            <Button asChild variant="link">
              <Link to="/register" search={next === undefined ? {} : { next }}>
                {strings.account.createOne}
              </Link>
            </Button>
          </p>
          <p className="text-pretty">{strings.account.forgotten}</p>
        </div>
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <Field label={strings.account.username}>
          {(control) => (
            <Input
              {...control}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          )}
        </Field>
        <Field label={strings.account.password}>
          {(control) => (
            <PasswordInput
              {...control}
              name="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <FormError error={signIn.error} />
        <Button type="submit" variant="primary" size="lg" busy={signIn.isPending}>
          {strings.account.loginTitle}
        </Button>
      </form>
    </AuthPage>
  );
}
