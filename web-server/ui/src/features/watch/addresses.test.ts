import { expect, test } from "vitest";
import { embedCode, watchAddress } from "./addresses";

const video = { id: "abc", title: "Sea", width: 1280, height: 720 };

test("links begin where they are told to", () => {
  expect(watchAddress("https://tube.example", "abc", 0)).toBe("https://tube.example/watch/abc");
  expect(watchAddress("https://tube.example", "abc", 61.7)).toBe(
    "https://tube.example/watch/abc?t=61",
  );
});

test("code to embed has the film's shape", () => {
  expect(embedCode("https://tube.example", video, 5)).toContain(
    'src="https://tube.example/embed/abc?t=5" width="640" height="360"',
  );
  const upright = embedCode("https://tube.example", { ...video, width: 720, height: 1280 }, 0);
  expect(upright).toContain('width="640" height="1138"');
});

test("titles stay text in pages of others", () => {
  const code = embedCode("https://tube.example", { ...video, title: `"><script>'&` }, 0);
  expect(code).toContain('title="&quot;&gt;&lt;script&gt;&#39;&amp;"');
});
