import { expect, test } from "vitest";
import { forgetPositions, positionOf, rememberPosition, shareSeen } from "./positions";

function storage(start?: string) {
  let kept = start ?? null;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
    removeItem: () => {
      kept = null;
    },
    size: () => (JSON.parse(kept ?? "[]") as unknown[]).length,
  };
}

test("one goes on where one was", () => {
  const store = storage();
  rememberPosition("a", 61.4, 600, store);
  expect(positionOf("a", store)).toBe(61);
  expect(shareSeen("a", store)).toBeCloseTo(0.1);
  expect(positionOf("b", store)).toBe(0);
});

test("but not at the very beginning or end", () => {
  const store = storage();
  rememberPosition("a", 5, 600, store);
  expect(positionOf("a", store)).toBe(0);
  rememberPosition("a", 595, 600, store);
  expect(positionOf("a", store)).toBe(0);
});

test("only the latest videos are kept", () => {
  const store = storage();
  for (let i = 0; i < 400; i++) {
    rememberPosition(`v${i}`, 60, 600, store);
  }
  expect(store.size()).toBe(300);
  expect(positionOf("v0", store)).toBe(0);
  expect(positionOf("v399", store)).toBe(60);
});

test("what others left in the store does no harm", () => {
  expect(positionOf("a", storage("{broken"))).toBe(0);
  expect(positionOf("a", storage('{"a":1}'))).toBe(0);
});

test("nothing is left for the next account", () => {
  const store = storage();
  rememberPosition("a", 60, 600, store);
  forgetPositions(store);
  expect(positionOf("a", store)).toBe(0);
});
