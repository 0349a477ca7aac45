import { useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSession } from "@/auth/use-session";

/** Who is signed in has no use for a page to sign in, and goes on to where he wanted to. */
export function useLeaveWhenSignedIn(next: string | undefined): void {
  const state = useSession();
  const navigate = useNavigate();
  const router = useRouter();
  useEffect(() => {
    if (state.kind === "signed-in") {
      if (next === undefined) {
        void navigate({ to: "/", replace: true });
      } else {
        router.history.replace(next);
      }
    }
  }, [state.kind, navigate, router, next]);
}
