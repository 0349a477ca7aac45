import { useSyncExternalStore } from "react";

/** What the frame shows of uploads; on its own, so that the first page need not load all of it. */
export type Ongoing = { count: number; percent: number; stuck: boolean };

const NOTHING: Ongoing = { count: 0, percent: 0, stuck: false };
let ongoing = NOTHING;
const listeners = new Set<() => void>();

export function tellOngoing(next: Ongoing): void {
  if (
    next.count !== ongoing.count ||
    next.percent !== ongoing.percent ||
    next.stuck !== ongoing.stuck
  ) {
    ongoing = next.count === 0 ? NOTHING : next;
    for (const listener of listeners) {
      listener();
    }
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useOngoing(): Ongoing {
  return useSyncExternalStore(subscribe, () => ongoing);
}
