import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { usePlace } from "@/lib/use-place";

const MIN_CARD = 270;
const GAP = 20;
const ROW_GAP = 26;

/** Below the picture: two lines of a title, one line of facts. */
const WORDS = 76;
const OVERSCAN_ROWS = 3;

type Props<T> = {
  items: readonly T[];
  keyOf: (item: T) => string;
  label: string;
  render: (item: T) => ReactNode;
  /** The end comes near. */
  onNearEnd: () => void;
};

/** Cards in rows, of which only those are in the page that are about to be seen. */
export function Grid<T>({ items, keyOf, label, render, onNearEnd }: Props<T>) {
  const list = useRef<HTMLUListElement>(null);
  const { width, top } = usePlace(list);
  const columns = Math.max(1, Math.floor((width + GAP) / (MIN_CARD + GAP)));
  const cardWidth = (width - GAP * (columns - 1)) / columns;
  const rowHeight = Math.round((cardWidth * 9) / 16) + WORDS + ROW_GAP;
  const rows = useWindowVirtualizer({
    count: Math.ceil(items.length / columns),
    estimateSize: () => rowHeight,
    overscan: OVERSCAN_ROWS,
    scrollMargin: top,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useLayoutEffect(() => rows.measure(), [rowHeight, rows]);

  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  const near = last >= rows.options.count - 1 - OVERSCAN_ROWS;
  useEffect(() => {
    if (near && items.length > 0) {
      onNearEnd();
    }
  }, [near, items.length, onNearEnd]);

  return (
    <ul ref={list} aria-label={label} className="relative" style={{ height: rows.getTotalSize() }}>
      {width > 0 &&
        shown.flatMap((row) =>
          items.slice(row.index * columns, (row.index + 1) * columns).map((item, column) => (
            <li
              key={keyOf(item)}
              aria-posinset={row.index * columns + column + 1}
              aria-setsize={items.length}
              className="absolute top-0 left-0"
              style={{
                width: cardWidth,
                transform: `translate(${column * (cardWidth + GAP)}px, ${row.start - top}px)`,
              }}
            >
              {render(item)}
            </li>
          )),
        )}
    </ul>
  );
}

/** The same places, before there is anything to put there. */
export function GridSkeleton({ card }: { card: ReactNode }) {
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(min(270px,100%),1fr))] gap-x-5 gap-y-[26px]">
      {Array.from({ length: 12 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={index}>{card}</div>
      ))}
    </div>
  );
}
