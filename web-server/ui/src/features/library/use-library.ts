import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { type Filters, toQuery } from "./filters";

const PAGE = 48;

/** Pages of videos, the next one when it is asked for. */
export function useLibrary(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ["videos", "list", filters],
    initialPageParam: { cursor: undefined as string | undefined, now: Date.now() },
    queryFn: ({ pageParam: { cursor, now }, signal }) =>
      answer(
        api.GET("/api/v1/videos", {
          params: {
            query: {
              limit: PAGE,
              ...toQuery(filters, now),
              ...(cursor === undefined ? {} : { cursor }),
            },
          },
          signal,
        }),
      ),
    // A cursor holds for the same parameters alone, also for the same "since".
    getNextPageParam: ({ nextCursor }, _, { now }) =>
      nextCursor === null ? undefined : { cursor: nextCursor, now },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
