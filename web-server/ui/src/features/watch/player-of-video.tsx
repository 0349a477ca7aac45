import { CircleAlert, Film } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import type { Video } from "@/api/types";
import { Progress } from "@/components/ui/progress";
import { cn } from "@/lib/cn";
import { formatTimeLeft } from "@/lib/format";
import { strings } from "@/strings";
import { loadShaka } from "./engine";
import { PillButton, Player, type Remote } from "./player";
import { positionOf } from "./positions";
import { usePlaybackLinks } from "./use-video";

type Props = {
  video: Video;
  /** Asked for by a link; else one goes on where one was. */
  startAt: number | undefined;
  onTime?: (seconds: number) => void;
  remote?: RefObject<Remote | null>;
  fill?: boolean;
  children?: ReactNode;
};

/** Plays a video as soon as it can be played, and says what it waits for until then. */
export function PlayerOfVideo({ video, startAt, onTime, remote, fill, children }: Props) {
  const { links, renew } = usePlaybackLinks(video);
  const [start] = useState(() => startAt ?? positionOf(video.id));
  const [offer, version, takeOffer, dismiss] = useMoreQualities(video);

  // Its code is fetched while the video may still be waiting.
  useEffect(() => void loadShaka().catch(() => undefined), []);

  if (!video.playable) {
    return <NotYet video={video} fill={fill ?? false} />;
  }
  if (links === null) {
    return <Stage fill={fill ?? false}>{null}</Stage>;
  }
  return (
    <Player
      id={video.id}
      title={video.title}
      poster={links.poster}
      source={links}
      thumbnails={links.thumbnails ?? null}
      startSeconds={start}
      resumed={startAt === undefined && start > 0}
      version={version}
      onRefused={() => {
        if (video.visibility === "private") {
          void renew();
        }
      }}
      {...(onTime ? { onTime } : {})}
      {...(remote ? { remote } : {})}
      fill={fill ?? false}
    >
      {children}
      {offer !== null && (
        <div
          role="status"
          className="absolute top-4 right-4 z-10 flex items-center gap-2 rounded-full bg-black/80 py-1.5 pr-1.5 pl-4 text-sm"
        >
          {strings.watch.moreQualities(offer)}
          <PillButton onClick={takeOffer}>{strings.watch.useIt}</PillButton>
          <PillButton onClick={dismiss}>{strings.watch.later}</PillButton>
        </div>
      )}
    </Player>
  );
}

/**
 * Qualities that came after the player had begun: the name of the latest, what the player has, and
 * how to take or leave them. To take them is to load again, so nobody is interrupted unasked.
 */
function useMoreQualities(video: Video): [string | null, string, () => void, () => void] {
  const names = video.renditions.map((each) => each.name).join(",");
  const [playing, setPlaying] = useState(names);
  const [dismissed, setDismissed] = useState("");
  const began = useRef(video.playable);
  useEffect(() => {
    // Until it plays, there is nothing to interrupt.
    if (!began.current && video.playable) {
      began.current = true;
      setPlaying(names);
    }
  }, [video.playable, names]);
  const before = playing.split(",");
  const added = names.split(",").filter((name) => !before.includes(name));
  const offer = added.length > 0 && names !== dismissed ? (added.at(-1) ?? null) : null;
  return [offer, playing, () => setPlaying(names), () => setDismissed(names)];
}

function Stage({ fill, children }: { fill: boolean; children: ReactNode }) {
  return (
    <div
      className={cn(
        "grid place-content-center bg-[oklch(0.15_0.02_245)] p-6 text-center text-white",
        fill
          ? "h-full"
          : "aspect-video max-h-[calc(100dvh-9rem)] w-full ring-1 ring-white/10 ring-inset sm:rounded-2xl",
      )}
    >
      {children}
    </div>
  );
}

function NotYet({ video, fill }: { video: Video; fill: boolean }) {
  if (video.status === "FAILED") {
    return (
      <Stage fill={fill}>
        <div role="alert" className="grid justify-items-center gap-2">
          <CircleAlert className="size-10 text-[oklch(0.75_0.15_25)]" aria-hidden />
          <p className="mt-1 text-lg font-semibold">{strings.watch.cannotPlay}</p>
          <p className="max-w-md text-sm text-pretty break-words text-white/75">
            {video.error?.detail}
          </p>
        </div>
      </Stage>
    );
  }
  const { stage, percent, etaSeconds, reason } = video.progress;
  return (
    <Stage fill={fill}>
      <div role="status" className="grid w-[min(24rem,75vw)] justify-items-center gap-2">
        <Film className="size-10 text-white/70" aria-hidden />
        <p className="mt-1 text-lg font-semibold">{strings.watch.stages[stage]}</p>
        <p className="text-sm text-pretty text-white/75">
          {reason?.detail ?? strings.watch.willPlay}
        </p>
        <Progress value={percent} label={strings.watch.waitingTitle} className="mt-3 bg-white/15" />
        {etaSeconds !== null && (
          <p className="text-sm text-white/75">
            {strings.watch.percentLeft(percent ?? 0, formatTimeLeft(etaSeconds))}
          </p>
        )}
      </div>
    </Stage>
  );
}
