import { useMemo, useState } from "react";
import type { Ring } from "@/api/types";
import { cn } from "@/lib/cn";
import { formatNumber } from "@/lib/format";
import { strings } from "@/strings";
import { movesOf, nodePaths, sector, slicesOf } from "./ring-geometry";

const words = strings.cluster;
const SLICES = 180;
const INNER = 58;
const OUTER = 92;
const MOVES_INNER = 95;
const MOVES_OUTER = 99;

/** Of neighbours in a list, so that they are told apart; of many nodes the table beside is what tells. */
const HUES = [222, 165, 290, 75, 340, 195, 25, 255, 130];

const colourOf = (index: number) =>
  `oklch(${index % 2 === 0 ? 0.64 : 0.76} 0.12 ${HUES[index % HUES.length]})`;

const percents = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

/** The ring with what every node owns of it, and a table that says the same. */
export function RingDrawing({ ring }: { ring: Ring }) {
  const [shown, setShown] = useState<number | null>(null);
  const slices = useMemo(() => slicesOf(ring, SLICES), [ring]);
  const paths = useMemo(
    () => nodePaths(slices, ring.nodes.length, INNER, OUTER),
    [slices, ring.nodes.length],
  );
  const replicas = ring.arcs * ring.replicas;
  const shares = useMemo(() => {
    const owned = ring.nodes.map(() => 0);
    for (const owner of ring.owners) {
      owned[owner] = (owned[owner] ?? 0) + 1;
    }
    return owned.map((count) => count / replicas);
  }, [ring, replicas]);
  const said = ring.nodes
    .map(({ address }, i) => words.ringShare(address, percents.format(shares[i] ?? 0)))
    .join(", ");
  return (
    <div className="grid grid-cols-1 gap-6 md:grid-cols-[minmax(0,15rem)_minmax(0,1fr)] md:items-center lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
      <svg
        viewBox="-100 -100 200 200"
        role="img"
        aria-label={words.ringLabel(said)}
        className="mx-auto w-full max-w-80"
      >
        {paths.map((path, i) => (
          <path
            key={ring.nodes[i]?.id}
            d={path}
            fill={colourOf(i)}
            className={cn(
              "transition-opacity",
              shown !== null && shown !== i ? "opacity-15" : "opacity-100",
            )}
          />
        ))}
        {slices.map(({ moving }, slice) =>
          moving > 0 ? (
            <path
              // biome-ignore lint/suspicious/noArrayIndexKey: a slice is its place
              key={slice}
              d={sector(
                MOVES_INNER,
                MOVES_OUTER,
                slice / slices.length,
                (slice + 1) / slices.length,
              )}
              className="fill-foreground"
              opacity={Math.max(0.25, Math.min(1, moving * ring.replicas))}
            />
          ) : null,
        )}
        <text textAnchor="middle" y="2" className="fill-foreground text-[26px] font-semibold">
          {ring.nodes.length}
        </text>
        <text textAnchor="middle" y="18" className="fill-muted text-[11px]">
          {words.ringCenter(ring.nodes.length)}
        </text>
      </svg>
      <RingTable ring={ring} shares={shares} onShow={setShown} />
    </div>
  );
}

type TableProps = { ring: Ring; shares: number[]; onShow: (node: number | null) => void };

function RingTable({ ring, shares, onShow }: TableProps) {
  const moves = movesOf(ring);
  return (
    <div className="relative overflow-x-auto">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">{words.ring}</caption>
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="py-2 pr-4 font-medium">
              {words.columns.node}
            </th>
            <th scope="col" className="hidden py-2 pr-4 font-medium sm:table-cell">
              {words.columns.zone}
            </th>
            <th scope="col" className="py-2 pr-4 text-right font-medium">
              {words.columns.share}
            </th>
            <th scope="col" className="hidden py-2 pr-4 text-right font-medium sm:table-cell">
              {words.columns.arcs}
            </th>
            <th scope="col" className="py-2 text-right font-medium">
              {words.columns.moves}
            </th>
          </tr>
        </thead>
        <tbody>
          {ring.nodes.map((node, i) => (
            <tr
              key={node.id}
              className="border-t hover:bg-surface-2"
              onMouseEnter={() => onShow(i)}
              onMouseLeave={() => onShow(null)}
            >
              <th scope="row" className="py-2 pr-4 font-medium">
                <span className="flex items-center gap-2 break-all">
                  <svg viewBox="0 0 10 10" className="size-3 shrink-0" aria-hidden="true">
                    <rect width="10" height="10" rx="2.5" fill={colourOf(i)} />
                  </svg>
                  {node.address}
                </span>
              </th>
              <td className="hidden max-w-32 truncate py-2 pr-4 sm:table-cell">{node.zone}</td>
              <td className="py-2 pr-4 text-right tabular-nums">
                {percents.format(shares[i] ?? 0)}
              </td>
              <td className="hidden py-2 pr-4 text-right tabular-nums sm:table-cell">
                {formatNumber(node.arcs)}
              </td>
              <td className="py-2 text-right text-muted tabular-nums">
                {[
                  moves[i]?.incoming && words.incoming(formatNumber(moves[i].incoming)),
                  moves[i]?.outgoing && words.outgoing(formatNumber(moves[i].outgoing)),
                ]
                  .filter(Boolean)
                  .join(", ") || words.nothingMoves}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
