import { getRouteApi } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import { Problem } from "@/api/problem";
import { usePageTitle } from "@/components/page";
import { wordsOf } from "@/components/states";
import { Button } from "@/components/ui/button";
import { strings } from "@/strings";
import { watchAddress } from "./addresses";
import { PlayerOfVideo } from "./player-of-video";
import { useVideo } from "./use-video";

const route = getRouteApi("/embed/$id");

/** A video alone, within a page of another site. */
export function EmbedPage() {
  const { id } = route.useParams();
  const { t } = route.useSearch();
  const { data: video, error, refetch } = useVideo(id);
  usePageTitle(video?.title ?? null);

  if (video === undefined) {
    return (
      <div className="grid h-full place-content-center justify-items-center gap-4 p-6 text-center text-white">
        {error === null ? (
          <p role="status">{strings.watch.loading}</p>
        ) : (
          <>
            <h1 role="alert" className="text-base">
              {error instanceof Problem && error.status === 404
                ? strings.watch.notThere
                : wordsOf(error)}
            </h1>
            <Button onClick={() => void refetch()}>{strings.actions.retry}</Button>
          </>
        )}
      </div>
    );
  }
  return (
    <PlayerOfVideo video={video} startAt={t} fill>
      <div className="pointer-events-none absolute inset-x-0 top-0 flex items-start gap-3 bg-linear-to-b from-black/75 to-transparent p-4 pb-12 transition-opacity">
        <h1 dir="auto" className="line-clamp-2 flex-1 text-base font-semibold text-shadow-sm">
          {video.title}
        </h1>
        <a
          href={watchAddress("", video.id, 0)}
          target="_blank"
          rel="noopener"
          className="pointer-events-auto flex shrink-0 items-center gap-1.5 rounded-md text-sm hover:underline pointer-coarse:-my-2.5 pointer-coarse:py-2.5"
        >
          {strings.watch.watchHere} <ExternalLink className="size-4" aria-hidden />
        </a>
      </div>
    </PlayerOfVideo>
  );
}
