import type { Chapter } from "@/api/types";

/** The one that plays at a time. */
export function chapterAt(chapters: readonly Chapter[], seconds: number): Chapter | undefined {
  return chapters.findLast((each) => each.startSeconds <= seconds && seconds < each.endSeconds);
}
