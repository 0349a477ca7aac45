/** A place on a sheet of small pictures, in its pixels. */
export type Thumbnail = { sheet: string; x: number; y: number; width: number; height: number };

export type Cue = Thumbnail & { startSeconds: number };

const CUE = /^(?:(\d+):)?(\d\d):(\d\d\.\d{3}) --> .*\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)$/gm;

/**
 * Reads WebVTT whose cues are places on sheets; what is none is left out.
 *
 * @param address of it, to which those of the sheets are relative
 */
export function cuesOf(text: string, address: string): Cue[] {
  return [...text.matchAll(CUE)].map(([, hours = "0", minutes, seconds, sheet = "", ...place]) => {
    const [x = 0, y = 0, width = 0, height = 0] = place.map(Number);
    return {
      startSeconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
      sheet: new URL(sheet, address).pathname,
      x,
      y,
      width,
      height,
    };
  });
}

/** Some of them, at equal distances. */
export function spread<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, all.length / most);
  return Array.from(
    { length: Math.min(most, all.length) },
    (_, index) => all[Math.floor((index + 0.5) * step)],
  ).filter((each) => each !== undefined);
}
