import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect } from "react";
import { answer, api } from "@/api/client";
import type { Problem } from "@/api/problem";
import type { components } from "@/api/schema";
import type { Video } from "@/api/types";
import { isAdmin, useUser } from "@/auth/use-session";
import { toast } from "@/components/ui/toast";
import { strings } from "@/strings";
import { type OwnFilters, toOwnQuery } from "./own-filters";
import { OWN_VIDEOS } from "./use-video-events";

const PAGE = 50;
const FEW = 12;
const MAX_LOOKED_THROUGH = 20;
const MAX_BATCH = 500;

/** One's own videos, page by page. */
export function useOwnVideos(filters: OwnFilters, owner: string) {
  const query = useInfiniteQuery({
    queryKey: [...OWN_VIDEOS, owner, filters],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      answer(
        api.GET("/api/v1/videos", {
          params: {
            query: {
              limit: PAGE,
              ...toOwnQuery(filters, owner),
              ...(cursor === undefined ? {} : { cursor }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const videos = (query.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter(({ deletedAt }) => filters.view !== "deleted" || deletedAt !== undefined);
  // Pages may hold little of what is looked for.
  const pages = query.data?.pages.length ?? 0;
  const { hasNextPage, isFetching, fetchNextPage, isPlaceholderData } = query;
  const sparse = !isPlaceholderData && videos.length < FEW && pages < MAX_LOOKED_THROUGH;
  useEffect(() => {
    if (sparse && hasNextPage && !isFetching) {
      void fetchNextPage();
    }
  }, [sparse, hasNextPage, isFetching, fetchNextPage]);
  return { ...query, videos };
}

/** Whether who is signed in may change a video: of its own a list has all, so it is in the one of its moment. */
export function useMayChange({ id, createdAt }: Pick<Video, "id" | "createdAt">): boolean {
  const user = useUser();
  const at = Date.parse(createdAt);
  const { data } = useQuery({
    queryKey: [...OWN_VIDEOS, user?.id, "one", id],
    enabled: user !== null && !isAdmin(user),
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const query = {
        owner: user?.id ?? "",
        createdAfter: new Date(at - 1).toISOString(),
        createdBefore: new Date(at + 1).toISOString(),
      };
      const { items } = await answer(api.GET("/api/v1/videos", { params: { query }, signal }));
      return items.some((each) => each.id === id);
    },
    meta: { quiet: true },
  });
  return isAdmin(user) || data === true;
}

type Batch = components["schemas"]["Batch"];
type Without<T> = T extends unknown ? Omit<T, "ids"> : never;
export type BatchAction = Without<Batch>;

/** Does one thing with many videos, and says how many of them it could not be done with. */
export function useBatch() {
  const queries = useQueryClient();
  return async (action: BatchAction, ids: readonly string[]): Promise<string[]> => {
    const done: string[] = [];
    const failures: Pick<Problem, "detail">[] = [];
    try {
      for (let from = 0; from < ids.length; from += MAX_BATCH) {
        const body = { ...action, ids: ids.slice(from, from + MAX_BATCH) } as Batch;
        const { items } = await answer(api.POST("/api/v1/videos/batch", { body }));
        for (const { id, error } of items) {
          if (error === null) {
            done.push(id);
          } else {
            failures.push(error);
          }
        }
      }
    } finally {
      void queries.invalidateQueries({ queryKey: ["videos"] });
    }
    if (failures.length > 0) {
      toast.error(strings.videos.batchFailed(failures.length, ids.length), {
        detail: failures[0]?.detail ?? "",
      });
    }
    return done;
  };
}

/** Deleting what can be brought back, with the way back at hand. */
export function useDelete() {
  const batch = useBatch();
  return async (videos: readonly Pick<Video, "id" | "title">[]): Promise<void> => {
    const done = await batch(
      { action: "delete" },
      videos.map(({ id }) => id),
    );
    if (done.length > 0) {
      toast.success(
        done.length === 1
          ? strings.videos.deletedOne(videos.find(({ id }) => id === done[0])?.title ?? "")
          : strings.videos.deletedMany(done.length),
        {
          action: {
            label: strings.actions.undo,
            run: () => void batch({ action: "restore" }, done),
          },
        },
      );
    }
  };
}
