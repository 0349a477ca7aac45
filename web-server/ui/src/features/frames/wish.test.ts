import { describe, expect, it } from "vitest";
import { NOTHING_TYPED, wishOf } from "./wish";

describe("wishOf", () => {
  it("asks for what is chosen alone", () => {
    expect(wishOf(NOTHING_TYPED)).toEqual({ count: 100, format: "jpg" });
    expect(wishOf({ ...NOTHING_TYPED, kind: "everySeconds", value: "0.5", width: "320" })).toEqual({
      everySeconds: 0.5,
      format: "jpg",
      width: 320,
    });
    expect(
      wishOf({ ...NOTHING_TYPED, kind: "times", value: " 0, 1.5 61.25,", format: "png" }),
    ).toEqual({ times: [0, 1.5, 61.25], format: "png" });
  });

  it("asks for nothing that makes no sense", () => {
    for (const value of ["", "x", "-1", "1 2", "Infinity"]) {
      expect(wishOf({ ...NOTHING_TYPED, value })).toBeNull();
    }
    expect(wishOf({ ...NOTHING_TYPED, width: "wide" })).toBeNull();
    expect(wishOf({ ...NOTHING_TYPED, kind: "times", value: "," })).toBeNull();
  });
});
