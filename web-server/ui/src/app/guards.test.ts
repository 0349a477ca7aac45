import { expect, test, vi } from "vitest";

vi.mock("@/auth/use-session", () => ({ session: {} }));
const { isGuarded, safeNext } = await import("./guards");

test("one comes back to where one was", () => {
  expect(safeNext("/videos?status=FAILED#top")).toBe("/videos?status=FAILED#top");
});

test.each([
  "//evil.example/",
  "/\\evil.example/",
  "https://evil.example/",
  "javascript:alert(1)",
  "videos",
  "/\t/evil.example",
  7,
  undefined,
])("but never to another site: %s", (next) => {
  expect(safeNext(next)).toBeUndefined();
});

test("pages below a guard are guarded", () => {
  expect(isGuarded("/_signed-in/upload")).toBe(true);
  expect(isGuarded("/_admin")).toBe(true);
  expect(isGuarded("/watch/$id")).toBe(false);
});
