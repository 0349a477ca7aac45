import type { FramesRequest } from "@/api/types";

export type Kind = "count" | "everySeconds" | "times";

export const KINDS: readonly Kind[] = ["count", "everySeconds", "times"];

/** What is typed in the form. */
export type Typed = { kind: Kind; value: string; format: "jpg" | "png"; width: string };

export const NOTHING_TYPED: Typed = { kind: "count", value: "100", format: "jpg", width: "" };

/** What to ask for; null while that makes no sense. */
export function wishOf({ kind, value, format, width }: Typed): FramesRequest | null {
  const numbers = numbersOf(value);
  const wide = width.trim() === "" ? [] : numbersOf(width);
  if (numbers === null || wide === null || wide.length > 1) {
    return null;
  }
  const [one] = numbers;
  if (one === undefined || (kind !== "times" && numbers.length > 1)) {
    return null;
  }
  const size = wide[0] === undefined ? {} : { width: wide[0] };
  const which =
    kind === "times"
      ? { times: numbers }
      : kind === "count"
        ? { count: one }
        : { everySeconds: one };
  return { ...which, format, ...size };
}

function numbersOf(text: string): number[] | null {
  const numbers = text
    .split(/[\s,;]+/)
    .filter((part) => part !== "")
    .map(Number);
  return numbers.every((number) => Number.isFinite(number) && number >= 0) ? numbers : null;
}
