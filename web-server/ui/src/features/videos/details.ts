import type { Visibility } from "@/api/types";

/** What people say of a video. */
export type Details = {
  title: string;
  description: string;
  tags: string[];
  visibility: Visibility;
};

/** The profile by which videos are encoded unless another is chosen. */
export const STANDARD = "standard";

export const MAX_TITLE = 200;
export const MAX_DESCRIPTION = 10_000;
export const MAX_TAGS = 30;
export const MAX_TAG = 50;

/** The name of a file without its extension, as the server makes a title of it. */
export function titleOf(filename: string): string {
  const stem = filename.replace(/\.[^.]{1,10}$/, "").trim();
  return (stem || filename).slice(0, MAX_TITLE);
}

/** Those that are not as they were. */
export function changesOf(before: Details, after: Details): Partial<Details> {
  const changes: Partial<Details> = {};
  if (after.title.trim() !== before.title) {
    changes.title = after.title.trim();
  }
  if (after.description !== before.description) {
    changes.description = after.description;
  }
  if (JSON.stringify(after.tags) !== JSON.stringify(before.tags)) {
    changes.tags = after.tags;
  }
  if (after.visibility !== before.visibility) {
    changes.visibility = after.visibility;
  }
  return changes;
}
