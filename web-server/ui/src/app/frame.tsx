import { Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSession } from "@/auth/use-session";
import { Toaster } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";
import { strings } from "@/strings";
import { isGuarded } from "./guards";
import { Header } from "./header";
import { useOffline } from "./offline";
import { SessionDialog } from "./session-dialog";

/** What is around every page, but for one within a page of another site, which has nothing around it. */
export function Frame() {
  const embedded = useRouterState({
    select: (router) => router.location.pathname.startsWith("/embed/"),
  });
  return (
    <TooltipProvider delayDuration={400}>
      {embedded ? (
        <main data-embedded className="h-dvh bg-black">
          <Outlet />
        </main>
      ) : (
        <Framed />
      )}
      <Toaster />
    </TooltipProvider>
  );
}

function Framed() {
  useLeavingWhenSignedOut();
  return (
    <>
      <a
        href="#content"
        className="sr-only z-60 rounded-lg bg-primary px-4 py-2 font-medium text-on-primary focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        {strings.nav.skip}
      </a>
      <div className="flex min-h-dvh flex-col">
        <Header />
        <OfflineBar />
        <main id="content" tabIndex={-1} className="flex-1 outline-none">
          <Outlet />
        </main>
      </div>
      <SessionDialog />
    </>
  );
}

/** Says so when what is shown cannot be brought up to date. */
function OfflineBar() {
  const offline = useOffline();
  return (
    <div role="status" className="fixed inset-x-4 bottom-4 z-50 mx-auto w-fit">
      {offline && (
        <p
          data-offline
          className="rounded-xl bg-warning-soft px-4 py-2.5 text-center text-sm text-on-warning-soft shadow-pop"
        >
          {strings.states.offline}
        </p>
      )}
    </div>
  );
}

/** Who signed out, in whichever tab, sees no page any more that is only for those who are signed in. */
function useLeavingWhenSignedOut(): void {
  const state = useSession();
  const router = useRouter();
  const guarded = useRouterState({
    select: ({ matches }) => matches.some((match) => isGuarded(match.routeId)),
  });
  useEffect(() => {
    if (state.kind === "signed-out" && guarded) {
      const next = router.latestLocation.href;
      void router.navigate({ to: "/login", search: { next }, replace: true });
    }
  }, [state.kind, guarded, router]);
}
