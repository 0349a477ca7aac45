import { expect, test } from "vitest";
import { chapterAt } from "./chapter-at";

const chapters = [
  { startSeconds: 0, endSeconds: 10, title: "One" },
  { startSeconds: 10, endSeconds: 20, title: "Two" },
  { startSeconds: 15, endSeconds: 18, title: "Within it" },
];

test("the chapter that plays is the one that began last", () => {
  expect(chapterAt(chapters, 0)?.title).toBe("One");
  expect(chapterAt(chapters, 10)?.title).toBe("Two");
  expect(chapterAt(chapters, 16)?.title).toBe("Within it");
  expect(chapterAt(chapters, 18)?.title).toBe("Two");
  expect(chapterAt(chapters, 20)).toBeUndefined();
});
