import type { VideoStatus } from "@/api/types";

export const SORTS = [
  "-createdAt",
  "createdAt",
  "title",
  "-title",
  "-durationSeconds",
  "durationSeconds",
  "-sizeBytes",
  "sizeBytes",
] as const;
export type Sort = (typeof SORTS)[number];

export const LENGTHS = ["short", "medium", "long"] as const;
/** Under 4 minutes, 4 to 20, over 20. */
export type Length = (typeof LENGTHS)[number];

export const AGES = ["day", "week", "month", "year"] as const;
/** How long ago at most. */
export type Age = (typeof AGES)[number];

const STATUSES = ["PENDING", "PROCESSING", "COMPLETED", "FAILED"] as const;

/** Which videos are listed, and in which order, as the address of the page says it. */
export type Filters = {
  q?: string | undefined;
  sort?: Sort | undefined;
  status?: VideoStatus | undefined;
  length?: Length | undefined;
  age?: Age | undefined;
  tag?: string | undefined;
  owner?: string | undefined;
};

const MAX_WORDS = 200;
const MINUTE = 60;
const DAY_MILLIS = 86_400_000;
const AGE_DAYS: Record<Age, number> = { day: 1, week: 7, month: 30, year: 365 };

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((each) => each === value);
}

/** Words may look like numbers in an address, and come as such. */
function text(value: unknown): string | undefined {
  const words = typeof value === "number" ? String(value) : value;
  return typeof words === "string" && words.trim() !== ""
    ? words.trim().slice(0, MAX_WORDS)
    : undefined;
}

/** What is not understood is left out: addresses are typed and shortened by people. */
export function readFilters(search: Record<string, unknown>): Filters {
  return {
    q: text(search.q),
    sort: oneOf(SORTS, search.sort),
    status: oneOf(STATUSES, search.status),
    length: oneOf(LENGTHS, search.length),
    age: oneOf(AGES, search.age),
    tag: text(search.tag),
    owner: text(search.owner),
  };
}

/** How many narrow the list down; the order does not. */
export function countFilters({ sort: _, q: __, ...others }: Filters): number {
  return Object.values(others).filter((value) => value !== undefined).length;
}

/** The same for the server. */
export function toQuery(filters: Filters, now: number) {
  const [minDuration, maxDuration] = bounds(filters.length);
  const query = {
    q: filters.q,
    sort: filters.sort,
    status: filters.status,
    tag: filters.tag,
    owner: filters.owner,
    minDuration,
    maxDuration,
    createdAfter: filters.age && new Date(now - AGE_DAYS[filters.age] * DAY_MILLIS).toISOString(),
  };
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined),
  ) as Partial<{ [Name in keyof typeof query]: NonNullable<(typeof query)[Name]> }>;
}

function bounds(length: Length | undefined): [number | undefined, number | undefined] {
  switch (length) {
    case "short":
      return [undefined, 4 * MINUTE];
    case "medium":
      return [4 * MINUTE, 20 * MINUTE];
    case "long":
      return [20 * MINUTE, undefined];
    case undefined:
      return [undefined, undefined];
  }
}
