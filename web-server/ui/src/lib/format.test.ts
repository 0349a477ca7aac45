import { expect, test } from "vitest";
import { formatBytes, formatDuration, formatRelative, formatTimeLeft } from "./format";

test("durations have hours only when there are some", () => {
  expect(formatDuration(7.9)).toBe("0:07");
  expect(formatDuration(123)).toBe("2:03");
  expect(formatDuration(3723)).toBe("1:02:03");
});

test("bytes go in steps of 1,024", () => {
  expect(formatBytes(0)).toBe("0 B");
  expect(formatBytes(1023)).toBe("1023 B");
  expect(formatBytes(1536)).toBe("1.5 KiB");
  expect(formatBytes(20 * 1024 ** 3)).toBe("20 GiB");
});

test("times are told from now", () => {
  const now = Date.parse("2026-01-10T00:00:00Z");
  expect(formatRelative("2026-01-07T00:00:00Z", now)).toBe("3 days ago");
  expect(formatRelative("2026-01-10T02:00:00Z", now)).toBe("in 2 hours");
  expect(formatRelative("2026-01-09T23:59:40Z", now)).toBe("just now");
});

test("what is left is rounded to what matters", () => {
  expect(formatTimeLeft(0.2)).toBe("1 s");
  expect(formatTimeLeft(130)).toBe("2 min");
  expect(formatTimeLeft(3720)).toBe("1 h 2 min");
});
