import { getRouteApi, Link } from "@tanstack/react-router";
import { Clapperboard, SearchX, Upload } from "lucide-react";
import { useCallback, useEffect } from "react";
import { mayUpload, useUser } from "@/auth/use-session";
import { Page } from "@/components/page";
import { EmptyState, ErrorState } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { strings } from "@/strings";
import { FilterBar } from "./filter-bar";
import { countFilters, type Filters } from "./filters";
import { Grid, GridSkeleton } from "./grid";
import { useLibrary } from "./use-library";
import { VideoCard } from "./video-card";

const route = getRouteApi("/");
const { library } = strings;

export function HomePage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const change = (part: Partial<Filters>) =>
    void navigate({
      search: (before) => ({ ...before, ...part }),
      replace: true,
      resetScroll: false,
    });

  return (
    <Page title={titleOf(filters)} width="full">
      <FilterBar filters={filters} onChange={change} />
      <div className="mt-5">
        <Results filters={filters} />
      </div>
    </Page>
  );
}

function titleOf({ q, tag }: Filters): string {
  if (q !== undefined) {
    return library.resultsFor(q);
  }
  return tag === undefined ? library.title : library.ofTag(tag);
}

function Results({ filters }: { filters: Filters }) {
  const query = useLibrary(filters);
  const { data, error, hasNextPage, isFetching, fetchNextPage, isFetchNextPageError } = query;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const more = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);
  // A page may have nothing in it, and another one after it.
  useEffect(() => {
    if (items.length === 0) {
      more();
    }
  }, [items.length, more]);

  if (error !== null && data === undefined) {
    return (
      <ErrorState title={library.failedTitle} error={error} onRetry={() => void query.refetch()} />
    );
  }
  if (data === undefined || (items.length === 0 && hasNextPage)) {
    return (
      <div role="status" aria-label={library.loading}>
        <GridSkeleton card={<CardSkeleton />} />
      </div>
    );
  }
  if (items.length === 0) {
    return <Nothing filters={filters} />;
  }
  return (
    <div className={cn("transition-opacity", query.isPlaceholderData && "opacity-90")}>
      <Grid
        items={items}
        keyOf={(video) => video.id}
        label={library.list}
        render={(video) => <VideoCard video={video} />}
        onNearEnd={more}
      />
      <div role="status" className="grid min-h-16 place-items-center text-sm text-muted">
        {query.isFetchingNextPage && library.loadingMore}
        {isFetchNextPageError && (
          <span className="flex items-center gap-3">
            {library.moreFailed}
            <Button size="sm" onClick={() => void fetchNextPage()}>
              {strings.actions.retry}
            </Button>
          </span>
        )}
        {!hasNextPage && items.length > 24 && library.end}
      </div>
    </div>
  );
}

function CardSkeleton() {
  return (
    <div className="grid gap-2.5">
      <Skeleton className="aspect-video rounded-xl" />
      <div className="grid h-[66px] content-start gap-2">
        <Skeleton className="h-4 w-4/5" />
        <Skeleton className="h-3.5 w-2/5" />
      </div>
    </div>
  );
}

function Nothing({ filters }: { filters: Filters }) {
  const user = useUser();
  if (filters.q !== undefined || countFilters(filters) > 0) {
    return (
      <EmptyState icon={SearchX} title={library.nothingTitle} text={library.nothingText}>
        <Button asChild>
          <Link to="/" search={{}}>
            {library.clear}
          </Link>
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Clapperboard} title={library.emptyTitle} text={library.emptyText}>
      {user === null ? (
        <Button asChild variant="primary">
          <Link to="/register">{strings.account.createOne}</Link>
        </Button>
      ) : (
        mayUpload(user) && (
          <Button asChild variant="primary">
            <Link to="/upload">
              <Upload aria-hidden /> {library.emptyAction}
            </Link>
          </Button>
        )
      )}
    </EmptyState>
  );
}
