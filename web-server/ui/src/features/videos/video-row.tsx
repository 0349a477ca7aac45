import { Link } from "@tanstack/react-router";
import { Download, EllipsisVertical, Images, Pencil, Play, RotateCcw, Trash2 } from "lucide-react";
import { answer, api } from "@/api/client";
import type { Video } from "@/api/types";
import { wordsOf } from "@/components/states";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { cn } from "@/lib/cn";
import {
  formatBytes,
  formatDate,
  formatDateTime,
  formatDuration,
  formatFacts,
  formatRelative,
} from "@/lib/format";
import { strings } from "@/strings";
import { Poster } from "./poster";
import type { RowPlace } from "./use-rows";

const words = strings.videos;

export type RowProps = {
  video: Video;
  selected: boolean;
  onSelect: (selected: boolean) => void;
  on: RowActions;
  place: RowPlace;
};

export type RowActions = {
  edit: (video: Video) => void;
  frames: (video: Video) => void;
  remove: (video: Video) => void;
  restore: (video: Video) => void;
  purge: (video: Video) => void;
};

/** A video as a row of the table. */
export function VideoRow({ video, selected, onSelect, on, place }: RowProps) {
  const when = video.deletedAt ?? video.createdAt;
  return (
    <tr
      {...place}
      aria-rowindex={place["data-index"] + 2}
      className={cn("border-t align-middle", selected && "bg-primary-soft/40")}
    >
      <td className="py-3 pl-4">
        <Select video={video} selected={selected} onSelect={onSelect} />
      </td>
      <td className="max-w-0 py-3 pr-4 pl-3">
        <div className="flex items-center gap-3">
          <Poster video={video} className="w-24" />
          <Words video={video} />
        </div>
      </td>
      <td className="py-3 pr-4">
        <StatusBadge video={video} />
      </td>
      <td className="py-3 pr-4 text-sm whitespace-nowrap">
        {strings.details.visibilities[video.visibility]}
      </td>
      <td className="py-3 pr-4 text-right text-sm whitespace-nowrap tabular-nums">
        {video.durationSeconds === null ? "–" : formatDuration(video.durationSeconds)}
      </td>
      <td className="py-3 pr-4 text-right text-sm whitespace-nowrap tabular-nums">
        {formatBytes(video.sizeBytes)}
      </td>
      <td className="py-3 pr-4 text-sm whitespace-nowrap">
        <time dateTime={when} title={formatDateTime(when)}>
          {formatDate(when)}
        </time>
      </td>
      <td className="py-3 pr-3 text-right">
        <RowMenu video={video} on={on} />
      </td>
    </tr>
  );
}

/** The same where there is room for one column alone. */
export function VideoItem({ video, selected, onSelect, on, place }: RowProps) {
  const when = video.deletedAt ?? video.createdAt;
  return (
    <li
      {...place}
      className={cn("rounded-2xl border bg-surface p-3", selected && "bg-primary-soft/40")}
    >
      <div className="flex items-start gap-3">
        <Poster video={video} className="w-28" />
        <Words video={video} />
        <RowMenu video={video} on={on} />
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm text-muted">
        <Select video={video} selected={selected} onSelect={onSelect} />
        <StatusBadge video={video} />
        <span className="min-w-0 tabular-nums">
          {formatFacts(
            strings.details.visibilities[video.visibility],
            video.durationSeconds !== null && formatDuration(video.durationSeconds),
            formatBytes(video.sizeBytes),
            formatDate(when),
          )}
        </span>
      </div>
    </li>
  );
}

function Select({ video, selected, onSelect }: Pick<RowProps, "video" | "selected" | "onSelect">) {
  return (
    <Checkbox
      checked={selected}
      aria-label={words.select(video.title)}
      onCheckedChange={(checked) => onSelect(checked === true)}
    />
  );
}

function Words({ video }: { video: Video }) {
  return (
    <div className="min-w-0 flex-1">
      <p dir="auto" className="line-clamp-2 text-sm font-medium break-words">
        {video.playable && video.deletedAt === undefined ? (
          <Link
            to="/watch/$id"
            params={{ id: video.id }}
            className="underline-offset-4 hover:underline"
          >
            {video.title}
          </Link>
        ) : (
          video.title
        )}
      </p>
      {video.tags.length > 0 && (
        <p dir="auto" className="truncate text-xs text-muted">
          {video.tags.map((tag) => `#${tag}`).join(" ")}
        </p>
      )}
      {video.error && (
        <p className="mt-0.5 line-clamp-3 text-xs break-words text-danger">
          {video.error.detail} <span className="font-mono">({video.error.code})</span>
        </p>
      )}
      {video.notes?.map((note) => (
        <p key={note.detail} className="mt-0.5 line-clamp-3 text-xs break-words text-muted">
          {note.detail}
        </p>
      ))}
      {video.expiresAt && (
        <p className="text-xs text-muted" title={formatDateTime(video.expiresAt)}>
          {words.expires(formatRelative(video.expiresAt))}
        </p>
      )}
    </div>
  );
}

function StatusBadge({ video }: { video: Video }) {
  switch (video.status) {
    case "COMPLETED":
      return <Badge tone="success">{words.statuses.COMPLETED}</Badge>;
    case "PROCESSING":
      return (
        <Badge tone="primary" className="tabular-nums">
          {words.encoding(video.progress.percent ?? 0)}
        </Badge>
      );
    case "FAILED":
      return <Badge tone="danger">{words.statuses.FAILED}</Badge>;
    case "PENDING":
      return <Badge>{words.statuses.PENDING}</Badge>;
  }
}

function RowMenu({ video, on }: { video: Video; on: RowActions }) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={words.actionsOf(video.title)}>
          <EllipsisVertical aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        {video.deletedAt === undefined ? (
          <>
            {video.playable && (
              <MenuItem asChild>
                <Link to="/watch/$id" params={{ id: video.id }}>
                  <Play aria-hidden /> {words.watch}
                </Link>
              </MenuItem>
            )}
            <MenuItem onSelect={() => on.edit(video)}>
              <Pencil aria-hidden /> {words.edit.title}
            </MenuItem>
            <MenuItem onSelect={() => void download(video)}>
              <Download aria-hidden /> {words.download}
            </MenuItem>
            {video.playable && video.width !== null && (
              <MenuItem onSelect={() => on.frames(video)}>
                <Images aria-hidden /> {strings.frames.title}
              </MenuItem>
            )}
            <MenuSeparator />
            <MenuItem danger onSelect={() => on.remove(video)}>
              <Trash2 aria-hidden /> {strings.actions.delete}
            </MenuItem>
          </>
        ) : (
          <>
            <MenuItem onSelect={() => on.restore(video)}>
              <RotateCcw aria-hidden /> {words.restore}
            </MenuItem>
            <MenuSeparator />
            <MenuItem danger onSelect={() => on.purge(video)}>
              <Trash2 aria-hidden /> {words.purge}
            </MenuItem>
          </>
        )}
      </MenuContent>
    </Menu>
  );
}

/** By an address that opens by itself for an hour: what browsers download, they ask for without headers. */
async function download(video: Video): Promise<void> {
  try {
    const { url } = await answer(
      api.GET("/api/v1/videos/{id}/download-url", { params: { path: { id: video.id } } }),
    );
    location.assign(url);
  } catch (problem) {
    toast.error(words.downloadFailed, { detail: wordsOf(problem) });
  }
}
