import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { authorizedFetch } from "@/api/client";
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
import { type PosterChoice, useChoosePoster } from "./poster-choice";

const words = strings.videos.poster;
const PICTURES = "image/jpeg,image/png,image/webp";
const OFFERED = 12;

/** Chooses the picture that stands for a video: a moment of it, one's own, or the automatic one. */
export function PosterPicker({ id }: { id: string }) {
  const choosePoster = useChoosePoster(id);
  const { data: video } = useQuery(videoQuery(id));
  const cues = useCues(video);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function choose(choice: PosterChoice) {
    setBusy(true);
    setError(null);
    try {
      const { there } = await choosePoster(choice);
      if (there) {
        toast.success(words.changed);
      } else {
        toast.info(words.coming);
      }
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
        <Poster video={video} className="w-32 sm:w-40" />
        <div className="grid gap-2">
          <FilePicker
            text={words.upload}
            accept={PICTURES}
            size="sm"
            onFiles={([file]) => file && void choose({ kind: "file", file })}
          />
          <Button size="sm" busy={busy} onClick={() => void choose({ kind: "automatic" })}>
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
                  onClick={() => void choose({ kind: "moment", timeSeconds: cue.startSeconds })}
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
