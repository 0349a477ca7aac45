/** Where one was in the videos that one watched, the latest first, on this browser alone. */
type Position = { id: string; at: number; of: number };

const KEY = "tritontube.positions";
const MAX_VIDEOS = 300;

/** Who saw less than this has not begun, and who has less than this ahead is done. */
const EDGE_SECONDS = 10;

type Store = Pick<Storage, "getItem" | "setItem">;

/** What one account watched is no business of the next one. */
export function forgetPositions(storage: Pick<Storage, "removeItem"> = localStorage): void {
  storage.removeItem(KEY);
}

function read(storage: Store): Position[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored : [];
  } catch {
    return [];
  }
}

export function rememberPosition(
  id: string,
  atSeconds: number,
  ofSeconds: number,
  storage: Store = localStorage,
): void {
  const others = read(storage).filter((each) => each.id !== id);
  const next = [{ id, at: Math.round(atSeconds), of: Math.round(ofSeconds) }, ...others];
  try {
    storage.setItem(KEY, JSON.stringify(next.slice(0, MAX_VIDEOS)));
  } catch {
    // A browser that keeps nothing: then one begins at the beginning.
  }
}

/** Where to go on; 0 for the beginning. */
export function positionOf(id: string, storage: Store = localStorage): number {
  const found = read(storage).find((each) => each.id === id);
  return found && found.at > EDGE_SECONDS && found.of - found.at > EDGE_SECONDS ? found.at : 0;
}

/** How much of a video was seen, 0 to 1. */
export function shareSeen(id: string, storage: Store = localStorage): number {
  const found = read(storage).find((each) => each.id === id);
  return found && found.of > 0 ? Math.min(1, found.at / found.of) : 0;
}
