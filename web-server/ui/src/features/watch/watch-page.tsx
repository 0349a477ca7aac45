import { getRouteApi, Link } from "@tanstack/react-router";
import { VideoOff } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { Problem } from "@/api/problem";
import type { Video } from "@/api/types";
import { useSession } from "@/auth/use-session";
import { useHeadingFocus, usePageTitle } from "@/components/page";
import { EmptyState, ErrorState } from "@/components/states";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { formatDateTime, formatRelative } from "@/lib/format";
import { strings } from "@/strings";
import { ChapterList } from "./chapters";
import { Description } from "./description";
import { DownloadButton } from "./download-button";
import { EditButton } from "./edit-button";
import { MoreVideos } from "./more-videos";
import type { Remote } from "./player";
import { PlayerOfVideo } from "./player-of-video";
import { PosterButton } from "./poster-button";
import { ShareButton } from "./share";
import { StageNotice } from "./stage-notice";
import { useVideo } from "./use-video";

const route = getRouteApi("/watch/$id");

export function WatchPage() {
  const { id } = route.useParams();
  return <OneVideo key={id} id={id} />;
}

function OneVideo({ id }: { id: string }) {
  const { t } = route.useSearch();
  const { data: video, error, refetch } = useVideo(id);
  const [time, setTime] = useState(0);
  const player = useRef<Remote>(null);
  const onTime = useCallback((seconds: number) => setTime(Math.floor(seconds)), []);
  usePageTitle(video?.title ?? null);

  if (error !== null && video === undefined) {
    return error instanceof Problem && error.status === 404 ? (
      <NotThere />
    ) : (
      <ErrorState
        heading="h1"
        className="min-h-[70dvh] content-center"
        title={strings.watch.failedToLoad}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  return (
    <div className="mx-auto grid w-full max-w-screen-2xl gap-x-8 gap-y-8 sm:px-6 sm:py-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0">
        {video === undefined ? (
          <Skeleton className="aspect-video max-h-[calc(100dvh-9rem)] w-full rounded-none sm:rounded-2xl" />
        ) : (
          <PlayerOfVideo video={video} startAt={t} onTime={onTime} remote={player} />
        )}
        <div className="px-4 sm:px-0">
          {video === undefined ? (
            <HeadSkeleton />
          ) : (
            <Head video={video} time={time} now={() => player.current?.now() ?? 0} />
          )}
          <ChapterList id={id} time={time} onChoose={(seconds) => player.current?.goTo(seconds)} />
        </div>
      </div>
      <div className="px-4 pb-8 sm:px-0">
        <MoreVideos than={id} />
      </div>
    </div>
  );
}

type HeadProps = { video: Video; time: number; now: () => number };

function Head({ video, time, now }: HeadProps) {
  const heading = useHeadingFocus();
  return (
    <>
      <div className="mt-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1
            ref={heading}
            tabIndex={-1}
            data-page-heading
            dir="auto"
            className="text-xl font-semibold tracking-tight text-pretty break-words sm:text-2xl"
          >
            {video.title}
          </h1>
          <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-muted">
            <time dateTime={video.createdAt} title={formatDateTime(video.createdAt)}>
              {formatRelative(video.createdAt)}
            </time>
            {video.visibility !== "public" && (
              <Badge>{strings.library.badges[video.visibility]}</Badge>
            )}
          </p>
        </div>
        <div className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
          <EditButton video={video} />
          <PosterButton video={video} now={now} />
          <ShareButton video={video} time={time} />
          <DownloadButton video={video} />
        </div>
      </div>
      <StageNotice video={video} />
      <Description video={video} />
    </>
  );
}

function HeadSkeleton() {
  return (
    <div className="mt-4 grid gap-3" role="status" aria-label={strings.watch.loading}>
      <Skeleton className="h-8 w-2/3" />
      <Skeleton className="h-4 w-32" />
      <Skeleton className="mt-3 h-24 rounded-xl" />
    </div>
  );
}

function NotThere() {
  const state = useSession();
  usePageTitle(strings.watch.notThere);
  return (
    <EmptyState
      heading="h1"
      className="min-h-[70dvh] content-center"
      icon={VideoOff}
      title={strings.watch.notThere}
      text={
        state.kind === "signed-out"
          ? `${strings.watch.notThereText} ${strings.watch.signInForPrivate}`
          : strings.watch.notThereText
      }
    >
      {state.kind === "signed-out" && (
        <Button asChild variant="primary">
          <Link to="/login" search={{ next: location.pathname + location.search }}>
            {strings.nav.signIn}
          </Link>
        </Button>
      )}
      <Button asChild>
        <Link to="/">{strings.actions.goHome}</Link>
      </Button>
    </EmptyState>
  );
}
