import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect } from "react";
import { usePlace } from "@/lib/use-place";

const OVERSCAN = 8;

/** What a row needs to be in its place. */
export type RowPlace = { ref: (row: HTMLElement | null) => void; "data-index": number };

type Options<T> = {
  items: readonly T[];
  /** Of a row, about, in pixels; each is measured when it is there. */
  height: number;
  gap: number;
  /** The last rows come near. */
  onNearEnd: () => void;
};

/** Of many rows those that are about to be seen, and the room that all others take. */
export function useRows<T>(list: RefObject<HTMLElement | null>, options: Options<T>) {
  const { items, height, gap, onNearEnd } = options;
  const { top } = usePlace(list);
  const rows = useWindowVirtualizer({
    count: items.length,
    gap,
    estimateSize: () => height,
    overscan: OVERSCAN,
    scrollMargin: top,
  });
  const shown = rows.getVirtualItems();
  const first = shown[0];
  const last = shown.at(-1);
  const near = last !== undefined && last.index >= items.length - 1 - OVERSCAN;
  useEffect(() => {
    if (near) {
      onNearEnd();
    }
  }, [near, onNearEnd]);
  return {
    shown: shown.flatMap(({ index }) => {
      const item = items[index];
      const place: RowPlace = { ref: rows.measureElement, "data-index": index };
      return item === undefined ? [] : [{ item, place }];
    }),
    before: first === undefined ? 0 : first.start - top,
    after: last === undefined ? 0 : rows.getTotalSize() - (last.end - top),
  };
}
