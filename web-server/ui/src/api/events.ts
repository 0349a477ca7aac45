import { session } from "@/auth/use-session";
import { answer, api } from "./client";
import { Problem } from "./problem";
import type { Video } from "./types";

const PATH = "/api/v1/events";
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

const FIRST_PAUSE_MILLIS = 1000;
const MAX_PAUSE_MILLIS = 30_000;

/** How long a page that nobody sees keeps its connection: a browser has six to a server. */
const HIDDEN_MILLIS = 10_000;

/**
 * Follows what happens to videos, or to one, until the function that is returned is called. It comes
 * back by itself and misses nothing meanwhile; a page that is not seen pauses.
 */
export function followEvents(
  which: { video?: string },
  onEvent: (event: VideoEvent) => void,
): () => void {
  let source: EventSource | null = null;
  let lastId = "";
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  async function open(): Promise<void> {
    try {
      const address = await addressOf(which, lastId);
      if (!closed) {
        listen(new EventSource(address));
      }
    } catch {
      comeBack();
    }
  }

  function listen(opened: EventSource): void {
    source = opened;
    opened.onopen = () => {
      failures = 0;
    };
    // Tickets hold for a minute, so the browser's own way to come back is of no use.
    opened.onerror = comeBack;
    for (const type of TYPES) {
      opened.addEventListener(type, (message: MessageEvent<string>) => {
        lastId = message.lastEventId || lastId;
        onEvent({ type, data: JSON.parse(message.data) });
      });
    }
  }

  function comeBack(): void {
    stop();
    if (!closed) {
      timer = setTimeout(open, Math.min(FIRST_PAUSE_MILLIS * 2 ** failures++, MAX_PAUSE_MILLIS));
    }
  }

  function stop(): void {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function onVisibility(): void {
    clearTimeout(timer);
    if (document.hidden) {
      timer = setTimeout(stop, HIDDEN_MILLIS);
    } else if (source === null) {
      failures = 0;
      void open();
    }
  }

  document.addEventListener("visibilitychange", onVisibility);
  void open();
  return () => {
    closed = true;
    document.removeEventListener("visibilitychange", onVisibility);
    stop();
  };
}

/** With a ticket for who is signed in: streams open without headers. */
async function addressOf(which: { video?: string }, lastId: string): Promise<string> {
  const query = new URLSearchParams(which.video === undefined ? {} : { video: which.video });
  if (lastId !== "") {
    query.set("lastEventId", lastId);
  }
  if ((await session.token()) !== null) {
    const { ticket } = await answer(api.POST("/api/v1/auth/tickets", { body: { path: PATH } }));
    query.set("ticket", ticket);
  }
  if (session.state.kind === "expired") {
    throw new Problem(401, "unauthorized", "The session has ended");
  }
  return `${PATH}?${query}`;
}
