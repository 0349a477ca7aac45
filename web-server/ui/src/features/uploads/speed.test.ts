import { expect, test } from "vitest";
import { Speed } from "./speed";

test("nobody can tell from one moment", () => {
  const speed = new Speed();
  expect(speed.bytesPerSecond()).toBeNull();
  speed.add(0, 0);
  speed.add(100, 100);
  expect(speed.bytesPerSecond()).toBeNull();
});

test("only the last seconds count", () => {
  const speed = new Speed();
  for (let second = 0; second <= 60; second++) {
    speed.add(second < 30 ? second * 1000 : 30_000 + (second - 30) * 50, second * 1000);
  }
  expect(speed.bytesPerSecond()).toBeCloseTo(50);
});

test("what has to be sent again begins anew", () => {
  const speed = new Speed();
  speed.add(0, 0);
  speed.add(5000, 1000);
  speed.add(2000, 2000);
  speed.add(3000, 3000);
  expect(speed.bytesPerSecond()).toBe(1000);
});
