import { expect, test } from "vitest";
import { directionOf, readOwnFilters, sortedBy, toOwnQuery } from "./own-filters";

test("what is not understood in an address is left out", () => {
  expect(readOwnFilters({ q: " sea ", sort: "x", status: "DONE", view: "deleted" })).toEqual({
    q: "sea",
    view: "deleted",
  });
});

test("what is deleted is asked for without a visibility, which the server would refuse", () => {
  expect(toOwnQuery({ view: "deleted", visibility: "private", q: "sea" }, "me")).toEqual({
    include: "deleted",
    q: "sea",
    owner: "me",
  });
  expect(toOwnQuery({ visibility: "private" }, "me")).toEqual({
    visibility: "private",
    owner: "me",
  });
});

test("the head of a column orders by it, and again the other way round", () => {
  expect(sortedBy("title", undefined)).toBe("title");
  expect(sortedBy("title", "title")).toBe("-title");
  expect(sortedBy("sizeBytes", "title")).toBe("-sizeBytes");
  expect(sortedBy("createdAt", undefined)).toBe("createdAt");
  expect(directionOf("createdAt", undefined)).toBe("descending");
  expect(directionOf("title", undefined)).toBe("none");
});
