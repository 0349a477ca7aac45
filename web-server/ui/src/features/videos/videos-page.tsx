import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, Clapperboard, SearchX, Trash2, Upload } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from "react";
import type { User, Video } from "@/api/types";
import { mayUpload, useUser } from "@/auth/use-session";
import { Page } from "@/components/page";
import { EmptyState, ErrorState, wordsOf } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Input, Select } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { FramesDialog } from "@/features/frames/frames-dialog";
import { cn } from "@/lib/cn";
import { useWide } from "@/lib/use-wide";
import { strings } from "@/strings";
import { BatchBar } from "./batch-bar";
import { EditDialog } from "./edit-dialog";
import {
  type Column,
  directionOf,
  type OwnFilters,
  SORTS,
  STATUSES,
  sortedBy,
  VISIBILITIES,
} from "./own-filters";
import { useBatch, useDelete, useOwnVideos } from "./use-own-videos";
import { type RowPlace, useRows } from "./use-rows";
import { useVideoEvents } from "./use-video-events";
import { type RowActions, type RowProps, VideoItem, VideoRow } from "./video-row";

const route = getRouteApi("/_signed-in/videos");
const words = strings.videos;
const SEARCH_MILLIS = 300;
const COLUMNS = 8;

/** In pixels, about. */
const TABLE_ROW = { height: 79, gap: 0 };
const CARD_ROW = { height: 124, gap: 10 };

export function VideosPage() {
  const user = useUser();
  return user === null ? null : <OwnVideos user={user} />;
}

function OwnVideos({ user }: { user: User }) {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const change = (changes: Partial<OwnFilters>) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const list = useOwnVideos(filters, user.id);
  useVideoEvents();
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);
  return (
    <Page
      title={words.title}
      text={filters.view === "deleted" ? words.deletedText : undefined}
      actions={
        mayUpload(user) &&
        filters.view !== "deleted" && (
          // Where there is room for it, the frame has the same.
          <Button asChild className="sm:hidden">
            <Link to="/upload">
              <Upload aria-hidden /> {strings.nav.upload}
            </Link>
          </Button>
        )
      }
    >
      <Filters filters={filters} onChange={change} />
      {list.isPending ? (
        <Loading />
      ) : list.isError && list.data === undefined ? (
        <ErrorState title={strings.library.failedTitle} error={list.error} onRetry={list.refetch} />
      ) : list.videos.length === 0 && !list.hasNextPage ? (
        <Nothing filters={filters} uploads={mayUpload(user)} />
      ) : (
        // What is selected is of what is shown.
        <Listed
          key={JSON.stringify(filters)}
          videos={list.videos}
          filters={filters}
          onChange={change}
          onNearEnd={more}
        />
      )}
      <div role="status" className="mt-4 min-h-10 text-center text-sm text-muted">
        {list.isFetchingNextPage && words.loadingMore}
        {isFetchNextPageError && (
          <span className="inline-flex items-center gap-3">
            {words.moreFailed}
            <Button size="sm" onClick={() => void fetchNextPage()}>
              {strings.actions.retry}
            </Button>
          </span>
        )}
      </div>
    </Page>
  );
}

type FiltersProps = { filters: OwnFilters; onChange: (changes: Partial<OwnFilters>) => void };

function Filters({ filters, onChange }: FiltersProps) {
  const deleted = filters.view === "deleted";
  return (
    <div className="mb-4 grid gap-3">
      <nav aria-label={words.views} className="flex gap-1 border-b">
        <View to={undefined} on={!deleted} text={words.current} />
        <View to="deleted" on={deleted} text={words.deleted} />
      </nav>
      <search className="flex flex-wrap gap-2">
        <SearchField value={filters.q ?? ""} onChange={(q) => onChange({ q: q || undefined })} />
        <Choice
          label={words.filterStatus}
          value={filters.status}
          options={[
            ["", words.any.status],
            ...STATUSES.map((each) => [each, words.statuses[each]] as const),
          ]}
          onChange={(status) => onChange({ status: status as OwnFilters["status"] })}
        />
        {!deleted && (
          <Choice
            label={words.filterVisibility}
            value={filters.visibility}
            options={[
              ["", words.any.visibility],
              ...VISIBILITIES.map((each) => [each, strings.details.visibilities[each]] as const),
            ]}
            onChange={(visibility) =>
              onChange({ visibility: visibility as OwnFilters["visibility"] })
            }
          />
        )}
        <Choice
          label={words.sort}
          value={filters.sort ?? "-createdAt"}
          options={SORTS.map((each) => [each, words.sorts[each]] as const)}
          onChange={(sort) =>
            onChange({ sort: sort === "-createdAt" ? undefined : (sort as OwnFilters["sort"]) })
          }
        />
      </search>
    </div>
  );
}

function View({ to, on, text }: { to: OwnFilters["view"]; on: boolean; text: string }) {
  return (
    <Link
      to="/videos"
      search={{ view: to }}
      aria-current={on ? "page" : undefined}
      className={cn(
        "-mb-px border-b-2 border-transparent px-3 py-2 text-sm font-medium pointer-coarse:py-2.5 text-muted hover:text-foreground",
        on && "border-primary text-foreground",
      )}
    >
      {text}
    </Link>
  );
}

/** Waits until one paused with typing. */
function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const id = useId();
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed.trim() === value) {
      return;
    }
    const timer = setTimeout(() => onChange(typed.trim()), SEARCH_MILLIS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <div className="w-full sm:w-64">
      <label htmlFor={id} className="sr-only">
        {words.search}
      </label>
      <Input
        id={id}
        type="search"
        placeholder={words.search}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  );
}

type ChoiceProps = {
  label: string;
  value: string | undefined;
  options: readonly (readonly [value: string, text: string])[];
  onChange: (value: string | undefined) => void;
};

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      className="w-auto flex-1 sm:flex-none"
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      {options.map(([each, text]) => (
        <option key={each} value={each}>
          {text}
        </option>
      ))}
    </Select>
  );
}

type ListedProps = FiltersProps & { videos: Video[]; onNearEnd: () => void };

function Listed({ videos, filters, onChange, onNearEnd }: ListedProps) {
  const wide = useWide();
  const deleted = filters.view === "deleted";
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<Video | null>(null);
  const [framing, setFraming] = useState<Video | null>(null);
  const [purging, setPurging] = useState<readonly Video[]>([]);
  const batch = useBatch();
  const remove = useDelete();
  const chosen = videos.filter(({ id }) => selected.has(id));

  /** What failed is told, and stays selected. */
  function attempt(work: Promise<unknown>): void {
    work.then(
      () => setSelected(new Set()),
      (problem) => toast.error(wordsOf(problem)),
    );
  }

  async function restore(some: readonly Video[]) {
    const done = await batch(
      { action: "restore" },
      some.map(({ id }) => id),
    );
    if (done.length > 0) {
      toast.success(words.restoredMany(done.length));
    }
  }

  async function purge(some: readonly Video[]) {
    const done = await batch(
      { action: "delete", purge: true },
      some.map(({ id }) => id),
    );
    if (done.length > 0) {
      toast.success(words.purgedMany(done.length));
    }
  }

  const on: RowActions = {
    edit: setEditing,
    frames: setFraming,
    remove: (video) => attempt(remove([video])),
    restore: (video) => attempt(restore([video])),
    purge: (video) => setPurging([video]),
  };
  const select = (video: Video) => (wanted: boolean) => {
    const next = new Set(selected);
    if (wanted) {
      next.add(video.id);
    } else {
      next.delete(video.id);
    }
    setSelected(next);
  };
  const rowOf: RowOf = (video, place) => ({
    video,
    on,
    place,
    selected: selected.has(video.id),
    onSelect: select(video),
  });
  const all = (
    <Checkbox
      aria-label={words.selectAll}
      checked={
        chosen.length === 0 ? false : chosen.length === videos.length ? true : "indeterminate"
      }
      onCheckedChange={(wanted) =>
        setSelected(new Set(wanted === true ? videos.map(({ id }) => id) : []))
      }
    />
  );

  return (
    <>
      {wide ? (
        <Table
          videos={videos}
          rowOf={rowOf}
          all={all}
          filters={filters}
          onChange={onChange}
          onNearEnd={onNearEnd}
        />
      ) : (
        <Cards videos={videos} rowOf={rowOf} all={all} onNearEnd={onNearEnd} />
      )}
      {chosen.length > 0 && (
        <BatchBar
          count={chosen.length}
          deleted={deleted}
          onClear={() => setSelected(new Set())}
          onDelete={() => attempt(remove(chosen))}
          onRestore={() => attempt(restore(chosen))}
          onPurge={() => setPurging(chosen)}
          onApply={async (action) => {
            const done = await batch(
              action,
              chosen.map(({ id }) => id),
            );
            if (done.length > 0) {
              toast.success(words.changedMany(done.length));
            }
          }}
        />
      )}
      {editing !== null && <EditDialog video={editing} onClose={() => setEditing(null)} />}
      {framing !== null && <FramesDialog video={framing} onClose={() => setFraming(null)} />}
      <ConfirmDialog
        open={purging.length > 0}
        onOpenChange={(open) => !open && setPurging([])}
        title={words.purgeTitle(purging.length)}
        description={words.purgeText}
        action={words.purge}
        danger
        onConfirm={() => {
          attempt(purge(purging));
          setPurging([]);
        }}
      />
    </>
  );
}

type RowOf = (video: Video, place: RowPlace) => RowProps;
type CardsProps = { videos: Video[]; rowOf: RowOf; all: ReactNode; onNearEnd: () => void };

function Cards({ videos, rowOf, all, onNearEnd }: CardsProps) {
  const list = useRef<HTMLUListElement>(null);
  const rows = useRows(list, { items: videos, ...CARD_ROW, onNearEnd });
  return (
    <>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is in it */}
      <label className="mb-1 flex min-h-10 w-fit items-center gap-2.5 px-3 text-sm text-muted">
        {all} {words.selectAll}
      </label>
      <ul
        ref={list}
        className="grid grid-cols-1"
        style={{ gap: CARD_ROW.gap, paddingTop: rows.before, paddingBottom: rows.after }}
      >
        {rows.shown.map(({ item, place }) => (
          <VideoItem key={item.id} {...rowOf(item, place)} />
        ))}
      </ul>
    </>
  );
}

/** Takes the place of rows that are not in the page. */
function Room({ height }: { height: number }) {
  return (
    height > 0 && (
      <tr aria-hidden>
        <td colSpan={COLUMNS} style={{ height, padding: 0 }} />
      </tr>
    )
  );
}

function Table({ videos, rowOf, all, onNearEnd, filters, onChange }: CardsProps & FiltersProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = useRows(body, { items: videos, ...TABLE_ROW, onNearEnd });
  const deleted = filters.view === "deleted";
  const head = (column: Column, text: string, width: string, right = false) => {
    const direction = directionOf(column, filters.sort);
    return (
      <th
        scope="col"
        aria-sort={direction}
        className={cn("py-2.5 pr-4", width, right && "text-right")}
      >
        <button
          type="button"
          className="inline-flex items-center gap-1 font-medium hover:text-foreground"
          onClick={() => {
            const sort = sortedBy(column, filters.sort);
            onChange({ sort: sort === "-createdAt" ? undefined : sort });
          }}
        >
          {text}
          {direction === "ascending" && <ArrowUp className="size-3.5" aria-hidden />}
          {direction === "descending" && <ArrowDown className="size-3.5" aria-hidden />}
        </button>
      </th>
    );
  };
  return (
    <div className="overflow-x-auto rounded-2xl border bg-surface">
      <table aria-rowcount={videos.length + 1} className="w-full table-fixed text-left">
        <thead className="text-xs text-muted">
          <tr aria-rowindex={1}>
            <th scope="col" className="w-10 py-2.5 pl-4">
              {all}
            </th>
            <th
              scope="col"
              aria-sort={directionOf("title", filters.sort)}
              className="py-2.5 pr-4 pl-3"
            >
              <button
                type="button"
                className="inline-flex items-center gap-1 font-medium hover:text-foreground"
                onClick={() => onChange({ sort: sortedBy("title", filters.sort) })}
              >
                {words.columns.title}
              </button>
            </th>
            <th scope="col" className="w-30 py-2.5 pr-4 font-medium">
              {words.columns.status}
            </th>
            <th scope="col" className="w-21 py-2.5 pr-4 font-medium">
              {words.columns.visibility}
            </th>
            {head("durationSeconds", words.columns.durationSeconds, "w-21", true)}
            {head("sizeBytes", words.columns.sizeBytes, "w-24", true)}
            {deleted ? (
              <th scope="col" className="w-30 py-2.5 pr-4 font-medium">
                {words.columns.deletedAt}
              </th>
            ) : (
              head("createdAt", words.columns.createdAt, "w-30")
            )}
            <th scope="col" className="w-13 py-2.5 pr-3">
              <span className="sr-only">{words.columns.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          <Room height={rows.before} />
          {rows.shown.map(({ item, place }) => (
            <VideoRow key={item.id} {...rowOf(item, place)} />
          ))}
          <Room height={rows.after} />
        </tbody>
      </table>
    </div>
  );
}

function Loading() {
  return (
    <div className="grid gap-2.5" aria-busy>
      <span className="sr-only">{words.loading}</span>
      {["a", "b", "c", "d", "e"].map((each) => (
        <Skeleton key={each} className="h-20 rounded-2xl" />
      ))}
    </div>
  );
}

function Nothing({ filters, uploads }: { filters: OwnFilters; uploads: boolean }) {
  const { view, sort: _, ...narrowing } = filters;
  if (Object.values(narrowing).some((value) => value !== undefined)) {
    return (
      <EmptyState icon={SearchX} title={words.noneTitle} text={words.noneText}>
        <Button asChild>
          <Link to="/videos" search={{ view }}>
            {words.clearFilters}
          </Link>
        </Button>
      </EmptyState>
    );
  }
  if (view === "deleted") {
    return <EmptyState icon={Trash2} title={words.noneDeletedTitle} text={words.noneDeletedText} />;
  }
  return (
    <EmptyState icon={Clapperboard} title={words.emptyTitle} text={words.emptyText}>
      {uploads && (
        <Button asChild variant="primary">
          <Link to="/upload">
            <Upload aria-hidden /> {strings.nav.upload}
          </Link>
        </Button>
      )}
    </EmptyState>
  );
}
