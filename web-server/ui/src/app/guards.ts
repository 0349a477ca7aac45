import { redirect } from "@tanstack/react-router";
import { session } from "@/auth/use-session";

/** Whether a route is only for those who are signed in, by the guard that it is below. */
export function isGuarded(routeId: string): boolean {
  return /\/_(signed-in|admin)(\/|$)/.test(routeId);
}

/** To be signed in first; one comes back afterwards. */
export async function requireSignedIn({ location }: { location: { href: string } }): Promise<void> {
  await session.start();
  if (session.state.kind === "signed-out") {
    throw redirect({ to: "/login", search: { next: location.href }, replace: true });
  }
}

/** Where to go after signing in: a path of this app, whatever the address claims. */
export function safeNext(next: unknown): string | undefined {
  if (typeof next !== "string" || !/^\/(?![/\\])/.test(next)) {
    return undefined;
  }
  const url = new URL(next, "http://here.invalid");
  return url.host === "here.invalid" ? `${url.pathname}${url.search}${url.hash}` : undefined;
}
