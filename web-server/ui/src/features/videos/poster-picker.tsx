import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, authorizedFetch } from "@/api/client";
import { Problem } from "@/api/problem";
import type { Video } from "@/api/types";
import { FormError } from "@/components/states";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { FilePicker } from "@/features/uploads/file-picker";
import { ThumbnailPicture } from "@/features/watch/thumbnail-picture";
import { type Cue, cuesOf, spread } from "@/features/watch/thumbnails";
import { usePlaybackLinks, videoQuery } from "@/features/watch/use-video";
import { formatDuration } from "@/lib/format";
import { strings } from "@/strings";
import { Poster } from "./poster";

const words = strings.videos.poster;
const PICTURES = "image/jpeg,image/png,image/webp";
const OFFERED = 12;

/** Chooses the picture that stands for a video: a moment of it, one's own, or the automatic one. */
export function PosterPicker({ id }: { id: string }) {
  const queries = useQueryClient();
  const { data: video } = useQuery(videoQuery(id));
  const cues = useCues(video);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function choose(choice: () => Promise<Video>) {
    setBusy(true);
    setError(null);
    try {
      queries.setQueryData(videoQuery(id).queryKey, await choice());
      void queries.invalidateQueries({
        queryKey: ["videos"],
        // What is being edited is not to change under the hands.
        predicate: ({ queryKey }) => queryKey[1] !== "edit",
      });
      toast.success(words.changed);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }

  if (video === undefined) {
    return null;
  }
  return (
    <section aria-label={words.title} aria-busy={busy} className="mb-4 grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Poster video={video} className="w-40" />
        <div className="grid gap-2">
          <FilePicker
            text={words.upload}
            accept={PICTURES}
            size="sm"
            onFiles={([file]) => file && void choose(() => uploaded(id, file))}
          />
          <Button size="sm" busy={busy} onClick={() => void choose(() => automatic(id))}>
            {words.automatic}
          </Button>
        </div>
      </div>
      {cues.length > 0 && (
        <div className="grid gap-1.5">
          <p className="text-sm text-muted">{words.moments}</p>
          <ul className="flex gap-2 overflow-x-auto p-1 [scrollbar-width:thin]">
            {spread(cues, OFFERED).map((cue) => (
              <li key={cue.startSeconds} className="shrink-0">
                <button
                  type="button"
                  disabled={busy}
                  aria-label={words.momentAt(formatDuration(cue.startSeconds))}
                  className="rounded-md transition-opacity hover:opacity-80 disabled:opacity-50"
                  onClick={() => void choose(() => moment(id, cue.startSeconds))}
                >
                  <ThumbnailPicture {...cue} />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <FormError error={error} />
    </section>
  );
}

/** Small pictures of what is shown when. */
function useCues(video: Video | undefined): Cue[] {
  const { links } = usePlaybackLinks(video);
  const address = links?.thumbnails;
  const { data } = useQuery({
    queryKey: ["videos", "thumbnails", address],
    enabled: address !== undefined,
    queryFn: async ({ signal }) => {
      const whole = new URL(address ?? "", location.origin).href;
      const response = await authorizedFetch(new Request(whole, { signal }));
      if (!response.ok) {
        throw await Problem.of(response);
      }
      return cuesOf(await response.text(), whole);
    },
  });
  return data ?? [];
}

const params = (id: string) => ({ params: { path: { id } } });

function moment(id: string, timeSeconds: number): Promise<Video> {
  return answer(api.PUT("/api/v1/videos/{id}/poster", { ...params(id), body: { timeSeconds } }));
}

function automatic(id: string): Promise<Video> {
  return answer(api.DELETE("/api/v1/videos/{id}/poster", params(id)));
}

async function uploaded(id: string, file: File): Promise<Video> {
  const address = new URL(`/api/v1/videos/${id}/poster`, location.origin);
  const type = file.type.startsWith("image/") ? file.type : "application/octet-stream";
  const response = await authorizedFetch(
    new Request(address, { method: "PUT", body: file, headers: { "Content-Type": type } }),
  );
  if (!response.ok) {
    throw await Problem.of(response);
  }
  return response.json();
}
