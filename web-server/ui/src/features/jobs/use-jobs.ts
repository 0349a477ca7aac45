import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { Job, JobState } from "@/api/types";
import { toast } from "@/components/ui/toast";
import { strings } from "@/strings";

const PAGE = 30;
const ACTIVE_MILLIS = 2000;
const QUIET_MILLIS = 10_000;

export function hasEnded({ state }: Pick<Job, "state">): boolean {
  return state === "DONE" || state === "DEAD" || state === "CANCELLED";
}

/** The newest first; asked for again as often as something moves. */
export function useJobs(state: JobState | undefined) {
  return useInfiniteQuery({
    queryKey: ["jobs", state],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      answer(
        api.GET("/api/v1/jobs", {
          params: {
            query: {
              limit: PAGE,
              ...(state === undefined ? {} : { state }),
              ...(cursor === undefined ? {} : { cursor }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some((job) => !hasEnded(job)))
        ? ACTIVE_MILLIS
        : QUIET_MILLIS,
  });
}

export type JobAction = "retry" | "cancel" | "discard";

const { jobs: words } = strings;
const SAID = { retry: words.retried, cancel: words.cancelled, discard: words.discarded };

export function useJobAction() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, action }: { id: string; action: JobAction }): Promise<void> => {
      const params = { path: { id } };
      switch (action) {
        case "retry":
          await answer(api.POST("/api/v1/jobs/{id}/retry", { params }));
          break;
        case "cancel":
          await answer(api.POST("/api/v1/jobs/{id}/cancel", { params }));
          break;
        case "discard":
          await answer(api.DELETE("/api/v1/jobs/{id}", { params }));
          break;
      }
    },
    onSuccess: (_, { action }) => toast.success(SAID[action]),
    // Also when it failed: then it is not as it was shown.
    onSettled: () => queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
}

/** The ways to encode; they change only when the server starts anew. */
export function useProfiles() {
  return useQuery({
    queryKey: ["profiles"],
    queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/profiles", { signal }))).items,
  });
}

export function useEncode() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ video, profile }: { video: string; profile: string }) =>
      answer(
        api.POST("/api/v1/videos/{id}/encode", {
          params: { path: { id: video } },
          body: { profile },
        }),
      ),
    meta: { quiet: true },
    onSuccess: () => {
      toast.success(words.encoding);
      void queries.invalidateQueries({ queryKey: ["jobs"] });
    },
  });
}
