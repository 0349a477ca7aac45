import { ImagePlay } from "lucide-react";
import { useState } from "react";
import type { Video } from "@/api/types";
import { wordsOf } from "@/components/states";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { Poster } from "@/features/videos/poster";
import { useChoosePoster } from "@/features/videos/poster-choice";
import { useMayChange } from "@/features/videos/use-own-videos";
import { strings } from "@/strings";

const words = strings.watch;

type Props = {
  video: Video;
  /** Where one is in it now, in seconds. */
  now: () => number;
};

/** Lets who may change a video put the frame that is shown in the place of its picture. */
export function PosterButton({ video, now }: Props) {
  const choose = useChoosePoster(video.id);
  const [busy, setBusy] = useState(false);
  const mayChange = useMayChange(video);

  async function use() {
    setBusy(true);
    try {
      const timeSeconds = Math.min(now(), video.durationSeconds ?? 0);
      const { video: changed, there } = await choose({ kind: "moment", timeSeconds });
      if (there) {
        toast.success(words.posterChanged, {
          picture: <Poster video={changed} className="w-24" />,
        });
      } else {
        toast.info(strings.videos.poster.coming);
      }
    } catch (problem) {
      toast.error(words.posterFailed, { detail: wordsOf(problem) });
    } finally {
      setBusy(false);
    }
  }

  if (!mayChange || !video.playable || video.width === null) {
    return null;
  }
  return (
    <Button busy={busy} title={words.useAsPosterHint} onClick={() => void use()}>
      <ImagePlay aria-hidden /> {words.useAsPoster}
    </Button>
  );
}
