import type { Ring } from "@/api/types";

/** How much of a slice of the ring each node owns, by its place in `ring.nodes`: 0 to 1, in all 1. */
export type Slice = { shares: number[]; moving: number };

/**
 * The ring has far more arcs than a drawing has room for, and neighbours seldom have the same owners. So
 * it is drawn in slices of many arcs, each with what every node owns of it.
 */
export function slicesOf(ring: Ring, count: number): Slice[] {
  const { arcs, replicas, owners, nodes } = ring;
  const moving = new Uint16Array(arcs);
  for (const move of ring.moves) {
    for (const arc of move.arcs) {
      moving[arc] = (moving[arc] ?? 0) + 1;
    }
  }
  const slices = Math.min(count, arcs);
  return Array.from({ length: slices }, (_, slice) => {
    const from = Math.floor((slice * arcs) / slices);
    const to = Math.floor(((slice + 1) * arcs) / slices);
    const shares = nodes.map(() => 0);
    const all = (to - from) * replicas;
    for (let i = from * replicas; i < to * replicas; i++) {
      const owner = owners[i] ?? 0;
      shares[owner] = (shares[owner] ?? 0) + 1 / all;
    }
    let moves = 0;
    for (let arc = from; arc < to; arc++) {
      moves += moving[arc] ?? 0;
    }
    return { shares, moving: moves / all };
  });
}

/** A piece of a ring around (0, 0), as the path of an SVG. Turns go clockwise from the top, 0 to 1. */
export function sector(inner: number, outer: number, from: number, to: number): string {
  const at = (radius: number, turn: number) => {
    const angle = turn * 2 * Math.PI;
    return `${round(radius * Math.sin(angle))} ${round(-radius * Math.cos(angle))}`;
  };
  const large = to - from > 0.5 ? 1 : 0;
  return (
    `M${at(outer, from)}A${outer} ${outer} 0 ${large} 1 ${at(outer, to)}` +
    `L${at(inner, to)}A${inner} ${inner} 0 ${large} 0 ${at(inner, from)}Z`
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}

/** One path for each node: in every slice a part as thick as what it owns there, one upon another. */
export function nodePaths(slices: Slice[], nodes: number, inner: number, outer: number): string[] {
  const paths: string[] = Array.from({ length: nodes }, () => "");
  slices.forEach(({ shares }, slice) => {
    let radius = inner;
    shares.forEach((share, node) => {
      if (share > 0) {
        const next = round(radius + share * (outer - inner));
        paths[node] += sector(radius, next, slice / slices.length, (slice + 1) / slices.length);
        radius = next;
      }
    });
  });
  return paths;
}

/** Replicas of arcs that go to and from each node now, by its place in `ring.nodes`. */
export function movesOf(ring: Ring): { incoming: number; outgoing: number }[] {
  const moves = ring.nodes.map(() => ({ incoming: 0, outgoing: 0 }));
  for (const { from, to, arcs } of ring.moves) {
    const [source, target] = [moves[from], moves[to]];
    if (source !== undefined && target !== undefined) {
      source.outgoing += arcs.length;
      target.incoming += arcs.length;
    }
  }
  return moves;
}
