import { Clapperboard } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Video } from "@/api/types";
import { usePlaybackLinks } from "@/features/watch/use-video";
import { cn } from "@/lib/cn";

/** A small picture of a video. Of one that cannot be seen it asks for nothing. */
export function Poster({ video, className }: { video: Video; className?: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null) {
      return;
    }
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) {
        setSeen(true);
        observer.disconnect();
      }
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const shown = seen && video.deletedAt === undefined && video.links.poster !== null;
  return (
    <div
      ref={box}
      className={cn(
        "grid aspect-video shrink-0 place-items-center overflow-hidden rounded-lg bg-surface-2 text-muted",
        className,
      )}
    >
      {shown ? (
        <Picture key={video.links.poster} video={video} />
      ) : (
        <Clapperboard className="size-5 opacity-60" aria-hidden />
      )}
    </div>
  );
}

function Picture({ video }: { video: Video }) {
  const { links } = usePlaybackLinks(video);
  const [broken, setBroken] = useState(false);
  if (broken || !links?.poster) {
    return <Clapperboard className="size-5 opacity-60" aria-hidden />;
  }
  return (
    <img
      src={links.poster}
      alt=""
      loading="lazy"
      onError={() => setBroken(true)}
      className="size-full object-cover"
    />
  );
}
