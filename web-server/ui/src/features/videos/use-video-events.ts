import { type InfiniteData, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { followEvents, type VideoEvent } from "@/api/events";
import type { Video } from "@/api/types";
import { videoQuery, withEvent } from "@/features/watch/use-video";

export type VideoPage = { items: Video[]; nextCursor: string | null };

/** Of all lists of one's own videos. */
export const OWN_VIDEOS = ["videos", "own"] as const;

const SETTLED_MILLIS = 800;

/** Keeps what is known of videos as they are, by one stream for all of a page. */
export function useVideoEvents(wanted = true): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!wanted) {
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const close = followEvents({}, (event) => {
      apply(queries, event);
      if (event.type !== "progress" && event.type !== "upload") {
        // Many at once are one reason to look again.
        clearTimeout(timer);
        timer = setTimeout(
          () => void queries.invalidateQueries({ queryKey: OWN_VIDEOS }),
          SETTLED_MILLIS,
        );
      }
    });
    return () => {
      clearTimeout(timer);
      close();
    };
  }, [queries, wanted]);
}

function apply(queries: QueryClient, event: VideoEvent): void {
  const { queryKey } = videoQuery(event.data.id);
  queries.setQueryData<Video>(queryKey, (before) => before && withEvent(before, event));
  queries.setQueriesData<InfiniteData<VideoPage>>(
    { queryKey: OWN_VIDEOS },
    (before) =>
      before && {
        ...before,
        pages: before.pages.map((page) => ({
          ...page,
          items: page.items.map((video) => withEvent(video, event)),
        })),
      },
  );
  if (event.type !== "progress") {
    void queries.invalidateQueries({ queryKey });
  }
}
