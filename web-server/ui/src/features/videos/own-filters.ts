import type { VideoStatus, Visibility } from "@/api/types";

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
/** What can be ordered by. */
export type Column = "createdAt" | "title" | "durationSeconds" | "sizeBytes";

export const STATUSES = ["PENDING", "PROCESSING", "COMPLETED", "FAILED"] as const;
export const VISIBILITIES = ["public", "unlisted", "private"] as const;

/** Which of one's videos are listed, as the address of the page says it. */
export type OwnFilters = {
  q?: string | undefined;
  sort?: Sort | undefined;
  status?: VideoStatus | undefined;
  visibility?: Visibility | undefined;
  view?: "deleted" | undefined;
};

const MAX_WORDS = 200;

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((each) => each === value);
}

/** What is not understood is left out: addresses are typed and shortened by people. */
export function readOwnFilters(search: Record<string, unknown>): OwnFilters {
  const words = typeof search.q === "string" ? search.q.trim().slice(0, MAX_WORDS) : "";
  return {
    q: words === "" ? undefined : words,
    sort: oneOf(SORTS, search.sort),
    status: oneOf(STATUSES, search.status),
    visibility: oneOf(VISIBILITIES, search.visibility),
    view: oneOf(["deleted"] as const, search.view),
  };
}

/** The same for the server, which lists what is deleted only beside what is not, in all visibilities. */
export function toOwnQuery({ view, visibility, ...filters }: OwnFilters, owner: string) {
  const query = {
    ...filters,
    ...(view === "deleted" ? { include: "deleted" as const } : { visibility }),
    owner,
  };
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined),
  ) as Partial<{ [Name in keyof typeof query]: NonNullable<(typeof query)[Name]> }>;
}

/** The order after a press on the head of a column: first the one that people look for there, then the other. */
export function sortedBy(column: Column, sort: Sort | undefined): Sort {
  const first = column === "title" ? column : (`-${column}` as const);
  const other = column === "title" ? (`-${column}` as const) : column;
  return (sort ?? "-createdAt") === first ? other : first;
}

/** How a column is ordered, in the words of ARIA. */
export function directionOf(column: Column, sort: Sort | undefined) {
  const now = sort ?? "-createdAt";
  return now === column ? "ascending" : now === `-${column}` ? "descending" : "none";
}
