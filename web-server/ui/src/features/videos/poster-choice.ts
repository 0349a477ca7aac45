import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { answer, api, authorizedFetch } from "@/api/client";
import { Problem } from "@/api/problem";
import type { Video } from "@/api/types";
import { videoQuery } from "@/features/watch/use-video";

/** The status of an answer that could not wait for the picture. */
const COMING = 202;

/** What is to stand for a video: the picture of a moment in seconds, one's own, or the automatic one. */
export type PosterChoice =
  | { kind: "moment"; timeSeconds: number }
  | { kind: "file"; file: File }
  | { kind: "automatic" };

/** The video as it is then, and whether the picture is there; if not, it still comes. */
export type Chosen = { video: Video; there: boolean };

/** Chooses what stands for a video; whatever of the app shows the video shows it at once. */
export function useChoosePoster(id: string): (choice: PosterChoice) => Promise<Chosen> {
  const queries = useQueryClient();
  return useCallback(
    async (choice) => {
      const { video, status } = await sent(id, choice);
      queries.setQueryData(videoQuery(id).queryKey, video);
      void queries.invalidateQueries({
        queryKey: ["videos"],
        // What is being edited is not to change under the hands.
        predicate: ({ queryKey }) => queryKey[1] !== "edit",
      });
      return { video, there: status !== COMING };
    },
    [id, queries],
  );
}

type Answer = { video: Video; status: number };

function sent(id: string, choice: PosterChoice): Promise<Answer> {
  const params = { path: { id } };
  switch (choice.kind) {
    case "moment": {
      const body = { timeSeconds: choice.timeSeconds };
      return answered(api.PUT("/api/v1/videos/{id}/poster", { params, body }));
    }
    case "file":
      return uploaded(id, choice.file);
    case "automatic":
      return answered(api.DELETE("/api/v1/videos/{id}/poster", { params }));
  }
}

async function answered(
  call: Promise<{ data?: Video; error?: unknown; response: Response }>,
): Promise<Answer> {
  const video = await answer(call);
  return { video, status: (await call).response.status };
}

async function uploaded(id: string, file: File): Promise<Answer> {
  const address = new URL(`/api/v1/videos/${id}/poster`, location.origin);
  const type = file.type.startsWith("image/") ? file.type : "application/octet-stream";
  const response = await authorizedFetch(
    new Request(address, { method: "PUT", body: file, headers: { "Content-Type": type } }),
  );
  if (!response.ok) {
    throw await Problem.of(response);
  }
  return { video: await response.json(), status: response.status };
}
