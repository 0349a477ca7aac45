import { useQuery } from "@tanstack/react-query";
import type { Chapter } from "@/api/types";
import { chaptersQuery } from "@/features/tracks/use-tracks";
import { cn } from "@/lib/cn";
import { formatDuration } from "@/lib/format";
import { strings } from "@/strings";
import { chapterAt } from "./chapter-at";

const NONE: Chapter[] = [];

export function useChapters(id: string): Chapter[] {
  return useQuery(chaptersQuery(id)).data?.items ?? NONE;
}

/** Where chapters begin, on the bar. */
export function ChapterMarks({ chapters, length }: { chapters: Chapter[]; length: number }) {
  return (
    <div aria-hidden className="pointer-events-none absolute inset-x-1 inset-y-0" data-chapters>
      {chapters
        .filter((each) => each.startSeconds > 0 && each.startSeconds < length)
        .map((each) => (
          <span
            key={each.startSeconds}
            className="absolute top-1/2 h-2 w-0.5 -translate-x-1/2 -translate-y-1/2 bg-black"
            style={{ left: `${(each.startSeconds / length) * 100}%` }}
          />
        ))}
    </div>
  );
}

type Props = { id: string; time: number; onChoose: (seconds: number) => void };

/** All chapters of a video, to go to. */
export function ChapterList({ id, time, onChoose }: Props) {
  const chapters = useChapters(id);
  if (chapters.length === 0) {
    return null;
  }
  const now = chapterAt(chapters, time);
  return (
    <section aria-labelledby="chapters" className="mt-4">
      <h2 id="chapters" className="text-sm font-semibold">
        {strings.watch.chapters}
      </h2>
      <ol className="mt-2 grid max-h-64 gap-0.5 overflow-y-auto">
        {chapters.map((chapter) => (
          <li key={chapter.startSeconds}>
            <button
              type="button"
              aria-current={chapter === now ? "true" : undefined}
              className={cn(
                "flex w-full gap-3 rounded-lg px-3 py-1.5 text-left text-sm pointer-coarse:py-2.5 hover:bg-surface-2",
                chapter === now && "bg-surface-2 font-medium",
              )}
              onClick={() => onChoose(chapter.startSeconds)}
            >
              <span className="text-muted tabular-nums">
                {formatDuration(chapter.startSeconds)}
              </span>
              <span dir="auto" className="min-w-0 break-words">
                {chapter.title}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
