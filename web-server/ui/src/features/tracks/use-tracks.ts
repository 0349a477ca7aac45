import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";

const PENDING_MILLIS = 2000;

/** What can be heard and read with a video. */
export function tracksQuery(id: string) {
  return queryOptions({
    queryKey: ["videos", "tracks", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/videos/{id}/tracks", { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) => (data?.search === "pending" ? PENDING_MILLIS : false),
  });
}

export function chaptersQuery(id: string) {
  return queryOptions({
    queryKey: ["videos", "chapters", id],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/videos/{id}/chapters", {
          params: { path: { id }, query: { language: navigator.language } },
          signal,
        }),
      ),
    staleTime: 60_000,
    meta: { quiet: true },
  });
}
