import { expect, test } from "vitest";
import { countFilters, readFilters, toQuery } from "./filters";

test("what is not understood in an address is left out", () => {
  const filters = readFilters({
    q: "  sea ",
    sort: "rating",
    status: "DONE",
    length: "short",
    x: 1,
  });
  expect(filters).toEqual({ q: "sea", length: "short" });
});

test("words that look like numbers are words", () => {
  expect(readFilters({ q: 2026, tag: 7 })).toEqual({ q: "2026", tag: "7" });
});

test("filters are told in the server's terms, and only those that are set", () => {
  const now = Date.parse("2026-01-08T00:00:00Z");
  expect(toQuery({ length: "medium", age: "week", sort: "-title" }, now)).toEqual({
    sort: "-title",
    minDuration: 240,
    maxDuration: 1200,
    createdAfter: "2026-01-01T00:00:00.000Z",
  });
  expect(toQuery({}, now)).toEqual({});
});

test("order and words are no filters", () => {
  expect(countFilters({ q: "sea", sort: "title", tag: "a", length: "long" })).toBe(2);
});
