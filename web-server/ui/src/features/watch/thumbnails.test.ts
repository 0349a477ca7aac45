import { describe, expect, it } from "vitest";
import { cuesOf, spread } from "./thumbnails";

const VTT = `WEBVTT

00:00:00.000 --> 00:00:09.000
media/r/thumbnails/0.jpg#xywh=0,0,160,90

01:02:03.500 --> 01:02:12.500
media/r/thumbnails/3.jpg#xywh=320,180,160,90
`;

describe("thumbnails", () => {
  it("are places on sheets beside the list of them", () => {
    expect(cuesOf(VTT, "http://host/api/v1/videos/x/t/token/thumbnails.vtt")).toEqual([
      {
        startSeconds: 0,
        sheet: "/api/v1/videos/x/t/token/media/r/thumbnails/0.jpg",
        x: 0,
        y: 0,
        width: 160,
        height: 90,
      },
      {
        startSeconds: 3723.5,
        sheet: "/api/v1/videos/x/t/token/media/r/thumbnails/3.jpg",
        x: 320,
        y: 180,
        width: 160,
        height: 90,
      },
    ]);
  });

  it("are none where there is something else", () => {
    expect(cuesOf("WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n", "http://host/x.vtt")).toEqual([]);
  });

  it("are spread over all", () => {
    expect(spread([1, 2, 3], 8)).toEqual([1, 2, 3]);
    expect(
      spread(
        Array.from({ length: 400 }, (_, index) => index),
        4,
      ),
    ).toEqual([50, 150, 250, 350]);
    expect(spread([], 4)).toEqual([]);
  });
});
