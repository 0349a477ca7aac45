import { expect, test } from "vitest";
import { fingerprint } from "./fingerprint";

const SIZE = 1_000_000;

function file(change: (bytes: Uint8Array) => void = () => undefined): Blob {
  const bytes = new Uint8Array(SIZE).map((_, i) => (i * 7919) % 251);
  change(bytes);
  return new Blob([bytes]);
}

test("the same bytes are the same file, whatever its name", async () => {
  expect(await fingerprint(file())).toBe(await fingerprint(file()));
});

test("another beginning, middle, end or size is another file", async () => {
  const places = [0, SIZE / 2, SIZE - 1];
  const others = places.map((place) => file((bytes) => bytes.fill(9, place, place + 1)));
  const all = [file(), file().slice(1), ...others];
  const prints = await Promise.all(all.map(fingerprint));
  expect(new Set(prints).size).toBe(all.length);
});

test("files smaller than a sample have one, too", async () => {
  const [one, other] = await Promise.all(["a", "b"].map((text) => fingerprint(new Blob([text]))));
  expect(one).not.toBe(other);
});
