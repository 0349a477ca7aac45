import { useEffect, useSyncExternalStore } from "react";
import { session, useUser } from "@/auth/use-session";
import { tellOngoing } from "./ongoing";
import { ResumeStore } from "./resume-store";
import { tusTransport } from "./tus-transport";
import { type Item, UploadQueue } from "./upload-queue";

const RECALL_MILLIS = 5000;

/** The uploads of this page, whichever of the app it shows. */
export const uploads = new UploadQueue(tusTransport, new ResumeStore(localStorage, Date.now), {
  now: Date.now,
  later: (run, millis) => {
    const timer = setTimeout(run, millis);
    return () => clearTimeout(timer);
  },
});

addEventListener("online", () => uploads.wake());
addEventListener("pagehide", () => uploads.letGo());
addEventListener("beforeunload", (event) => {
  if (uploads.busy) {
    event.preventDefault();
  }
});

session.subscribe(() => {
  const { state } = session;
  switch (state.kind) {
    case "signed-in":
      uploads.leave(state.user.id);
      uploads.wake();
      break;
    case "signed-out":
      uploads.leave(null);
      break;
    case "unknown":
    case "expired":
      break;
  }
});

uploads.subscribe(() => {
  const { items } = uploads;
  const open = items.filter(({ state }) => state !== "sent" && state !== "missing");
  const { sent, size } = totals(open);
  tellOngoing({
    count: open.length,
    percent: size === 0 ? 0 : Math.floor((sent / size) * 100),
    stuck: open.some(({ state }) => state === "refused" || state === "paused"),
  });
});

/** Of several uploads. */
export function totals(items: readonly Item[]): {
  sent: number;
  size: number;
  bytesPerSecond: number;
} {
  return items.reduce(
    (sum, each) => ({
      sent: sum.sent + each.offset,
      size: sum.size + each.size,
      bytesPerSecond: sum.bytesPerSecond + (each.bytesPerSecond ?? 0),
    }),
    { sent: 0, size: 0, bytesPerSecond: 0 },
  );
}

/** With what earlier pages, or tabs that are gone, had begun. */
export function useUploads(): readonly Item[] {
  const user = useUser()?.id;
  useEffect(() => {
    if (user === undefined) {
      return;
    }
    uploads.recall(user);
    const timer = setInterval(() => uploads.recall(user), RECALL_MILLIS);
    return () => clearInterval(timer);
  }, [user]);
  return useSyncExternalStore(uploads.subscribe, () => uploads.items);
}
