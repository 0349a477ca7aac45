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
      if (changesLists(queries, event)) {
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

/** Whether lists of one's own may be others now. Of videos of others much is heard that changes nothing. */
function changesLists(queries: QueryClient, { type, data }: VideoEvent): boolean {
  switch (type) {
    case "progress":
    case "upload":
      return false;
    case "playable":
    case "completed":
    case "failed":
      return queries
        .getQueriesData<InfiniteData<VideoPage>>({ queryKey: OWN_VIDEOS })
        .some(([, list]) =>
          list?.pages.some(({ items }) => items.some((video) => video.id === data.id)),
        );
    default:
      return true;
  }
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
