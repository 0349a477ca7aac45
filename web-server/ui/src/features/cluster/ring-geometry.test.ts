import { expect, test } from "vitest";
import type { Ring } from "@/api/types";
import { movesOf, nodePaths, sector, slicesOf } from "./ring-geometry";

const node = (id: string) => ({
  id,
  address: `${id}:1`,
  zone: "z",
  state: "ACTIVE" as const,
  arcs: 0,
  quota: 0,
});

const ring: Ring = {
  epoch: 1,
  arcs: 4,
  replicas: 2,
  joint: true,
  nodes: [node("a"), node("b"), node("c")],
  owners: [0, 1, 0, 1, 0, 2, 2, 0],
  moves: [{ from: 1, to: 2, arcs: [0] }],
  change: null,
};

test("a slice has what every node owns of it, and how much of it moves", () => {
  const [first, second] = slicesOf(ring, 2);
  expect(first).toEqual({ shares: [0.5, 0.5, 0], moving: 0.25 });
  expect(second).toEqual({ shares: [0.5, 0, 0.5], moving: 0 });
});

test("there are no more slices than arcs", () => {
  expect(slicesOf(ring, 100).length).toBe(4);
});

test("a quarter begins at the top and goes clockwise", () => {
  expect(sector(5, 10, 0, 0.25)).toBe("M0 -10A10 10 0 0 1 10 0L5 0A5 5 0 0 0 0 -5Z");
});

test("who owns nothing has no path", () => {
  const paths = nodePaths(slicesOf({ ...ring, owners: [0, 1, 0, 1, 0, 1, 1, 0] }, 2), 3, 1, 2);
  expect(paths.map((path) => path.length > 0)).toEqual([true, true, false]);
});

test("moves are counted at both of their ends", () => {
  expect(movesOf(ring)).toEqual([
    { incoming: 0, outgoing: 0 },
    { incoming: 0, outgoing: 1 },
    { incoming: 1, outgoing: 0 },
  ]);
});
