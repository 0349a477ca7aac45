import { expect, test } from "vitest";
import { languageName, qualitiesOf, troubleOf } from "./engine";

const track = (videoId: number, height: number, videoBandwidth: number) => ({
  videoId,
  width: Math.round((height * 16) / 9),
  height,
  videoBandwidth,
  bandwidth: videoBandwidth + 128_000,
});

test("qualities are the pictures there are, the largest first, whatever the sound", () => {
  const qualities = qualitiesOf([
    track(1, 240, 400_000),
    track(2, 720, 3_000_000),
    track(1, 240, 400_000),
    track(3, 480, 1_200_000),
  ]);
  expect(qualities.map((each) => each.label)).toEqual(["720p", "480p", "240p"]);
});

test("films that stand upright are named by their width", () => {
  expect(qualitiesOf([{ ...track(1, 640, 1_000_000), width: 360 }])[0]?.label).toBe("360p");
});

test("of one height the rate tells them apart", () => {
  const qualities = qualitiesOf([track(1, 480, 1_200_000), track(2, 480, 4_000_000)]);
  expect(qualities.map((each) => each.label)).toEqual(["480p 4 Mbit/s", "480p 1.2 Mbit/s"]);
});

test("a server that is away is waited for, a refusal is not", () => {
  expect(troubleOf({ category: 1, code: 1002, data: [] }).kind).toBe("waiting");
  expect(troubleOf({ category: 1, code: 1001, data: ["/a", 503] })).toMatchObject({
    kind: "waiting",
    status: 503,
  });
  expect(troubleOf({ category: 1, code: 1001, data: ["/a", 404] })).toMatchObject({
    kind: "failed",
    status: 404,
  });
  expect(troubleOf({ category: 3, code: 3016 }).kind).toBe("failed");
  expect(troubleOf(undefined).kind).toBe("failed");
});

test("languages have names", () => {
  expect(languageName("de")).toBe("German");
  expect(languageName("und")).toBe("Unknown language");
  expect(languageName("not a language")).toBe("not a language");
});
