import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { Frames, FramesRequest } from "@/api/types";

const POLL_MILLIS = 1000;

const keyOf = (video: string) => ["frames", video] as const;

function open(frames: Frames): boolean {
  return frames.status === "QUEUED" || frames.status === "RUNNING";
}

/** All sets of frames of a video: there are never more than fit on a page. */
export function useFrames(video: string) {
  return useQuery({
    queryKey: keyOf(video),
    queryFn: async ({ signal }) => {
      const params = { path: { id: video }, query: { limit: 100 } };
      const page = await answer(api.GET("/api/v1/videos/{id}/frames", { params, signal }));
      return page.items;
    },
    refetchInterval: (query) => (query.state.data?.some(open) ? POLL_MILLIS : false),
  });
}

export function useTakeFrames(video: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: FramesRequest) =>
      answer(
        api.POST("/api/v1/videos/{id}/frames", { params: { path: { id: video } }, body: wish }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(video) }),
  });
}

export function useDeleteFrames(video: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (framesId: string) =>
      answer(
        api.DELETE("/api/v1/videos/{id}/frames/{framesId}", {
          params: { path: { id: video, framesId } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(video) }),
  });
}

/** An address that opens by itself: what browsers download, they ask for without headers. */
export async function addressOf(video: string, framesId: string): Promise<string> {
  const { url } = await answer(
    api.GET("/api/v1/videos/{id}/frames/{framesId}/download-url", {
      params: { path: { id: video, framesId } },
    }),
  );
  return url;
}
