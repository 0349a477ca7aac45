import { session } from "@/auth/use-session";
import { answer, api } from "./client";
import { Problem } from "./problem";

const FIRST_PAUSE_MILLIS = 1000;
const MAX_PAUSE_MILLIS = 30_000;

/** How long a page that nobody sees keeps its connection: a browser has six to a server. */
const HIDDEN_MILLIS = 10_000;

type Stream = {
  path: string;
  /** What goes into the address, each time that it is opened. */
  query?: () => Record<string, string>;
  types: readonly string[];
  onMessage: (type: string, message: MessageEvent<string>) => void;
};

/**
 * Follows Server-Sent Events until the function that is returned is called. It comes back by itself; a
 * page that is not seen pauses.
 */
export function followStream({ path, query, types, onMessage }: Stream): () => void {
  let source: EventSource | null = null;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  async function open(): Promise<void> {
    try {
      const address = await addressOf(path, query?.() ?? {});
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
    for (const type of types) {
      opened.addEventListener(type, (message: MessageEvent<string>) => onMessage(type, message));
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
async function addressOf(path: string, values: Record<string, string>): Promise<string> {
  const query = new URLSearchParams(values);
  if ((await session.token()) !== null) {
    const { ticket } = await answer(api.POST("/api/v1/auth/tickets", { body: { path } }));
    query.set("ticket", ticket);
  }
  if (session.state.kind === "expired") {
    throw new Problem(401, "unauthorized", "The session has ended");
  }
  return `${path}?${query}`;
}
