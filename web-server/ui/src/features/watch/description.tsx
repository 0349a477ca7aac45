import { Link } from "@tanstack/react-router";
import { useLayoutEffect, useRef, useState } from "react";
import type { Video } from "@/api/types";
import { cn } from "@/lib/cn";
import { formatBytes, formatDateTime, formatDuration } from "@/lib/format";
import { strings } from "@/strings";

/** What somebody wrote about a video, and what is known of its file. */
export function Description({ video }: { video: Video }) {
  const text = useRef<HTMLParagraphElement>(null);
  const [whole, setWhole] = useState(false);
  const [long, setLong] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has another height
  useLayoutEffect(() => {
    const element = text.current;
    setLong(element !== null && element.scrollHeight > element.clientHeight + 1);
  }, [video.description]);

  return (
    <div className="mt-4 rounded-xl bg-surface-2 p-4 text-sm">
      {video.description !== "" && (
        <div className="mb-3">
          <p
            ref={text}
            dir="auto"
            className={cn("break-words whitespace-pre-wrap", !whole && "line-clamp-4")}
          >
            {video.description}
          </p>
          {(long || whole) && (
            <button
              type="button"
              aria-expanded={whole}
              className="mt-1 font-medium underline-offset-4 hover:underline pointer-coarse:-mb-2.5 pointer-coarse:mt-0 pointer-coarse:py-2.5"
              onClick={() => setWhole(!whole)}
            >
              {whole ? strings.watch.showLess : strings.watch.showMore}
            </button>
          )}
        </div>
      )}
      {video.tags.length > 0 && (
        <ul className="mb-3 flex flex-wrap gap-1.5">
          {video.tags.map((tag) => (
            <li key={tag} className="relative max-w-full">
              <Link
                to="/"
                search={{ tag }}
                className="block truncate rounded-full before:absolute before:inset-x-0 before:-inset-y-1 pointer-coarse:before:-inset-y-2 bg-primary-soft px-2.5 py-1 text-xs font-medium text-on-primary-soft hover:underline"
              >
                #{tag}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary className="w-fit rounded font-medium pointer-coarse:-my-2.5 pointer-coarse:py-2.5">
          {strings.watch.details}
        </summary>
        <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5">
          {factsOf(video).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

function factsOf(video: Video): [string, string][] {
  const { facts } = strings.watch;
  const all: [string, string | null][] = [
    [facts.length, video.durationSeconds === null ? null : formatDuration(video.durationSeconds)],
    [facts.size, formatBytes(video.sizeBytes)],
    [facts.resolution, video.width === null ? null : `${video.width} × ${video.height}`],
    [facts.rate, video.frameRate === null ? null : String(Number(video.frameRate.toFixed(2)))],
    [facts.codecs, [video.videoCodec, video.audioCodec].filter(Boolean).join(", ")],
    [facts.container, video.container],
    [facts.qualities, video.renditions.map((each) => each.name).join(", ")],
    [facts.uploaded, formatDateTime(video.createdAt)],
  ];
  return all.filter((fact): fact is [string, string] => Boolean(fact[1]));
}
