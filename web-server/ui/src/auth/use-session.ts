import { useSyncExternalStore } from "react";
import type { User } from "@/api/types";
import { browserSession, type SessionState } from "./session";

/** The session of this page. */
export const session = browserSession();

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, () => session.state);
}

/** Who is signed in, or was until the server ended the session; null for nobody. */
export function useUser(): User | null {
  const state = useSession();
  return state.kind === "signed-in" || state.kind === "expired" ? state.user : null;
}

export function mayUpload(user: User | null): boolean {
  return user?.role === "uploader" || user?.role === "admin";
}

export function isAdmin(user: User | null): boolean {
  return user?.role === "admin";
}
