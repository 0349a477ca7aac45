import { expect, test } from "vitest";
import { commandOf, nextRate } from "./keys";

const press = (key: string, more = {}) =>
  commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

test("keys mean what they mean elsewhere", () => {
  expect(press(" ")).toEqual({ kind: "toggle" });
  expect(press("ArrowRight")).toEqual({ kind: "seek", by: 5 });
  expect(press("7")).toEqual({ kind: "seek-to", share: 0.7 });
  expect(press("F")).toEqual({ kind: "fullscreen" });
  expect(press("<")).toEqual({ kind: "rate", by: -1 });
  expect(press("x")).toBeNull();
});

test("shortcuts of the browser stay its own", () => {
  expect(press("f", { ctrlKey: true })).toBeNull();
  expect(press("ArrowLeft", { altKey: true })).toBeNull();
});

test("rates go in steps and end", () => {
  expect(nextRate(1, 1)).toBe(1.25);
  expect(nextRate(1, -1)).toBe(0.75);
  expect(nextRate(2, 1)).toBe(2);
  expect(nextRate(1.1, 1)).toBe(1.25);
});
