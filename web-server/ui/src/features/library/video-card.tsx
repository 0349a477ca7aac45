import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Clapperboard, Link2, Lock } from "lucide-react";
import { useState } from "react";
import type { Video } from "@/api/types";
import { Badge } from "@/components/ui/badge";
import { shareSeen } from "@/features/watch/positions";
import { isFinal, usePlaybackLinks, videoQuery } from "@/features/watch/use-video";
import { cn } from "@/lib/cn";
import { formatDateTime, formatDuration, formatRelative } from "@/lib/format";
import { strings } from "@/strings";

const UNFINISHED_MILLIS = 4000;

type Props = {
  video: Video;
  /** The words beside the picture, where there is room for that alone. */
  beside?: boolean;
  /** Of its title, below the heading that it stands under. */
  heading?: "h2" | "h3";
};

/** A video among others: its picture, how long and how far it is. */
export function VideoCard({ video: listed, beside, heading: Heading = "h2" }: Props) {
  // Of one that is still being made, what is true now. Only cards that are to be seen are there.
  const { data: known } = useQuery({
    ...videoQuery(listed.id),
    initialData: listed,
    enabled: !isFinal(listed),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isFinal(data) ? false : UNFINISHED_MILLIS,
    meta: { quiet: true },
  });
  const video = known.updatedAt >= listed.updatedAt ? known : listed;
  return (
    <article
      className={cn(
        "group/card relative flex flex-col gap-2.5 rounded-xl",
        beside && "xl:flex-row xl:gap-3",
      )}
    >
      <Picture video={video} className={cn(beside && "xl:w-40 xl:shrink-0")} />
      <div className="min-w-0 flex-1 px-0.5">
        <Heading
          dir="auto"
          className={cn(
            "line-clamp-2 text-[0.95rem] leading-snug font-medium break-words",
            beside && "xl:text-sm",
          )}
        >
          <Link
            to="/watch/$id"
            params={{ id: video.id }}
            className="after:absolute after:inset-0 after:rounded-xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-ring"
          >
            {video.title}
          </Link>
        </Heading>
        <p className="mt-0.5 truncate text-sm text-muted">
          <time dateTime={video.createdAt} title={formatDateTime(video.createdAt)}>
            {formatRelative(video.createdAt)}
          </time>
          {video.height !== null && video.width !== null && (
            <span> · {Math.min(video.width, video.height)}p</span>
          )}
        </p>
      </div>
    </article>
  );
}

function Picture({ video, className }: { video: Video; className?: string }) {
  const { links } = usePlaybackLinks(video);
  const [broken, setBroken] = useState(false);
  const poster = broken ? null : (links?.poster ?? null);
  const seen = shareSeen(video.id);
  return (
    <div
      className={cn(
        "relative isolate aspect-video overflow-hidden rounded-xl bg-surface-2 ring-1 ring-border/60 ring-inset",
        className,
      )}
    >
      {poster === null ? (
        <div className="grid size-full place-items-center bg-linear-to-br from-primary-soft to-surface-2 text-on-primary-soft">
          <Clapperboard className="size-9 opacity-50" aria-hidden />
        </div>
      ) : (
        <img
          src={poster}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setBroken(true)}
          className="size-full object-cover transition-transform duration-300 group-hover/card:scale-[1.03]"
        />
      )}
      <div className="absolute inset-x-2 top-2 flex flex-wrap gap-1">
        <StatusBadge video={video} />
        {video.visibility === "private" && (
          <Badge tone="overlay">
            <Lock aria-hidden /> {strings.library.badges.private}
          </Badge>
        )}
        {video.visibility === "unlisted" && (
          <Badge tone="overlay">
            <Link2 aria-hidden /> {strings.library.badges.unlisted}
          </Badge>
        )}
      </div>
      {video.durationSeconds !== null && (
        <Badge tone="overlay" className="absolute right-2 bottom-2 tabular-nums">
          <span className="sr-only">{strings.library.length}: </span>
          {formatDuration(video.durationSeconds)}
        </Badge>
      )}
      {seen > 0 && (
        <div className="absolute inset-x-0 bottom-0 h-1 bg-white/40">
          <div className="h-full bg-[oklch(0.65_0.14_220)]" style={{ width: `${seen * 100}%` }} />
          <span className="sr-only">{strings.library.seen(Math.round(seen * 100))}</span>
        </div>
      )}
    </div>
  );
}

function StatusBadge({ video }: { video: Video }) {
  const { badges } = strings.library;
  switch (video.status) {
    case "COMPLETED":
      return null;
    case "PROCESSING":
      return <Badge tone="primary">{badges.encoding(video.progress.percent ?? 0)}</Badge>;
    case "FAILED":
      return <Badge tone="danger">{badges.FAILED}</Badge>;
    case "PENDING":
      return <Badge tone="neutral">{badges[video.status]}</Badge>;
  }
}
