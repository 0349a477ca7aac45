import type { JobState } from "@/api/types";

export const STATES = ["WAITING", "RUNNING", "RETRYING", "DONE", "DEAD", "CANCELLED"] as const;

/** What the address of the page says. */
export function readJobFilter(search: Record<string, unknown>): { state?: JobState } {
  const state = STATES.find((each) => each === search.state);
  return state === undefined ? {} : { state };
}
