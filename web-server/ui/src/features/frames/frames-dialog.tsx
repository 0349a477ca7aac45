import { Download, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Frames, Video } from "@/api/types";
import { ErrorState, FormError, wordsOf } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { formatBytes, formatRelative } from "@/lib/format";
import { strings } from "@/strings";
import { addressOf, useDeleteFrames, useFrames, useTakeFrames } from "./use-frames";
import { KINDS, type Kind, NOTHING_TYPED, wishOf } from "./wish";

const words = strings.frames;

type Props = { video: Pick<Video, "id" | "title">; onClose: () => void };

/** Asks for frames of a video, tells how far they are, and hands them out. */
export function FramesDialog({ video, onClose }: Props) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.titleOf(video.title)}
      description={words.text}
    >
      <WishForm video={video.id} />
      <Sets video={video.id} />
    </Dialog>
  );
}

function WishForm({ video }: { video: string }) {
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const take = useTakeFrames(video);
  const wish = wishOf(typed);
  const change = (changes: Partial<typeof typed>) =>
    setTyped((before) => ({ ...before, ...changes }));
  return (
    <form
      className="grid gap-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (wish !== null) {
          take.mutate(wish);
        }
      }}
    >
      <Field label={words.which}>
        {(control) => (
          <Select
            {...control}
            value={typed.kind}
            onChange={(event) => change({ kind: event.target.value as Kind, value: "" })}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {words.kinds[kind]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={words[typed.kind]} hint={typed.kind === "times" ? words.timesHint : undefined}>
        {(control) => (
          <Input
            {...control}
            required
            inputMode={typed.kind === "times" ? "text" : "decimal"}
            value={typed.value}
            onChange={(event) => change({ value: event.target.value })}
          />
        )}
      </Field>
      <Field label={words.format}>
        {(control) => (
          <Select
            {...control}
            value={typed.format}
            onChange={(event) => change({ format: event.target.value === "png" ? "png" : "jpg" })}
          >
            <option value="jpg">{words.formats.jpg}</option>
            <option value="png">{words.formats.png}</option>
          </Select>
        )}
      </Field>
      <Field label={words.width} hint={words.widthHint} optional>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            value={typed.width}
            onChange={(event) => change({ width: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-3 sm:col-span-2">
        <FormError error={take.error} />
        <Button
          type="submit"
          variant="primary"
          className="justify-self-end"
          busy={take.isPending}
          disabled={wish === null}
        >
          {words.take}
        </Button>
      </div>
    </form>
  );
}

function Sets({ video }: { video: string }) {
  const { data, error, refetch } = useFrames(video);
  if (data === undefined) {
    return error === null ? (
      <Skeleton className="h-16" role="status" aria-label={words.loading} />
    ) : (
      <ErrorState
        title={words.failedToLoad}
        error={error}
        onRetry={() => void refetch()}
        className="py-4"
      />
    );
  }
  if (data.length === 0) {
    return <p className="text-sm text-muted">{words.none}</p>;
  }
  return (
    <ul className="grid gap-2" aria-label={words.list}>
      {data.map((frames) => (
        <OneSet key={frames.id} video={video} frames={frames} />
      ))}
    </ul>
  );
}

function OneSet({ video, frames }: { video: string; frames: Frames }) {
  const what = words.what(frames.count, frames.format, frames.width, frames.height);
  const remove = useDeleteFrames(video);
  return (
    <li className="flex items-center gap-2 rounded-xl border p-3">
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium">{what}</p>
        <State frames={frames} what={what} />
      </div>
      {frames.status === "COMPLETED" && (
        <Button
          size="icon-sm"
          variant="ghost"
          aria-label={words.downloadOf(what)}
          onClick={() => void download(video, frames.id)}
        >
          <Download aria-hidden />
        </Button>
      )}
      <Button
        size="icon-sm"
        variant="ghost"
        aria-label={words.removeOf(what)}
        busy={remove.isPending}
        onClick={() =>
          remove.mutate(frames.id, {
            onError: (problem) => toast.error(words.removeFailed, { detail: wordsOf(problem) }),
          })
        }
      >
        <Trash2 aria-hidden />
      </Button>
    </li>
  );
}

function State({ frames, what }: { frames: Frames; what: string }) {
  switch (frames.status) {
    case "QUEUED":
      return <p className="text-muted">{words.waiting}</p>;
    case "RUNNING":
      return (
        <>
          <p className="text-muted tabular-nums">{words.taking(frames.percent)}</p>
          <Progress value={frames.percent} label={what} className="mt-1.5" />
        </>
      );
    case "COMPLETED":
      return (
        <p className="text-muted">
          {words.ready(formatBytes(frames.bytes ?? 0), formatRelative(frames.expiresAt))}
        </p>
      );
    case "FAILED":
      return (
        <p className="break-words text-danger">
          {frames.error?.detail} <span className="font-mono">({frames.error?.code})</span>
        </p>
      );
  }
}

async function download(video: string, framesId: string): Promise<void> {
  try {
    location.assign(await addressOf(video, framesId));
  } catch (problem) {
    toast.error(words.downloadFailed, { detail: wordsOf(problem) });
  }
}
