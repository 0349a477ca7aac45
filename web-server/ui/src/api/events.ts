import { followStream } from "./stream";
import type { Video } from "./types";

const TYPES = [
  "created",
  "progress",
  "playable",
  "completed",
  "failed",
  "edited",
  "deleted",
  "upload",
  "reset",
] as const;

/** One change of a video, as it happens. Of one that was deleted only the id is told. */
export type VideoEvent = {
  type: (typeof TYPES)[number];
  data: { id: string; title?: string; visibility?: Video["visibility"] } & Partial<
    Pick<Video, "status" | "playable" | "progress" | "error">
  >;
};

/**
 * Follows what happens to videos, or to one, until the function that is returned is called. It comes
 * back by itself and misses nothing meanwhile.
 */
export function followEvents(
  which: { video?: string },
  onEvent: (event: VideoEvent) => void,
): () => void {
  let lastId = "";
  return followStream({
    path: "/api/v1/events",
    query: () => ({ ...which, ...(lastId === "" ? {} : { lastEventId: lastId }) }),
    types: TYPES,
    onMessage: (type, message) => {
      lastId = message.lastEventId || lastId;
      onEvent({ type: type as VideoEvent["type"], data: JSON.parse(message.data) });
    },
  });
}
