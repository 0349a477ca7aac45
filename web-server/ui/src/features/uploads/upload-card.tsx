import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronDown, FileVideo, Pause, Play, RotateCw, Trash2, X } from "lucide-react";
import { useEffect, useId, useState } from "react";
import type { Video } from "@/api/types";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Progress } from "@/components/ui/progress";
import { Tooltip } from "@/components/ui/tooltip";
import { DetailsFields } from "@/features/videos/details-fields";
import { isFinal, videoQuery } from "@/features/watch/use-video";
import { cn } from "@/lib/cn";
import { formatBytes, formatFacts, formatTimeLeft } from "@/lib/format";
import { strings } from "@/strings";
import { FilePicker } from "./file-picker";
import type { Item, State } from "./upload-queue";
import { uploads } from "./uploads";

const words = strings.uploads;
const PLAYABLE_SOON_MILLIS = 1000;
const ENCODING_MILLIS = 5000;

const TONES: Record<State, Tone> = {
  queued: "neutral",
  sending: "primary",
  paused: "warning",
  waiting: "warning",
  refused: "danger",
  missing: "warning",
  sent: "success",
};

type Props = { item: Item; open: boolean; onFile: (file: File) => void };

/** One upload: how far it is, what one can do with it, and what is to be said of the video. */
export function UploadCard({ item, open: openAtFirst, onFile }: Props) {
  const [open, setOpen] = useState(openAtFirst);
  const panel = useId();
  const { data: video } = useQuery({
    ...videoQuery(item.video ?? ""),
    enabled: item.video !== null,
    // What events do not bring, because none arrive.
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isFinal(data)
        ? false
        : data?.playable
          ? ENCODING_MILLIS
          : PLAYABLE_SOON_MILLIS,
    meta: { quiet: true },
  });
  return (
    <li className="rounded-2xl border bg-surface p-4 sm:p-5" data-upload={item.state}>
      <div className="flex items-start gap-3">
        <div className="hidden size-10 shrink-0 place-items-center rounded-xl bg-primary-soft text-on-primary-soft sm:grid">
          <FileVideo className="size-5" aria-hidden />
        </div>
        <div className="min-w-0 flex-1">
          <h3 dir="auto" className="truncate font-medium">
            {item.details.title || item.name}
          </h3>
          <p dir="auto" className="truncate text-sm text-muted">
            {item.name} · {formatBytes(item.size)}
          </p>
        </div>
        <Actions item={item} playable={video?.playable ?? false} />
      </div>
      {item.video === null ? (
        <Sending item={item} />
      ) : (
        <Processing video={video} name={item.details.title} />
      )}
      {item.state === "missing" && (
        <FilePicker
          className="mt-3"
          size="sm"
          label={words.sameFileOf(item.name)}
          text={words.sameFile}
          onFiles={([file]) => file && onFile(file)}
        />
      )}
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button
          variant="ghost"
          size="sm"
          className="-ml-3"
          aria-expanded={open}
          aria-controls={panel}
          aria-label={words.detailsOf(item.details.title || item.name)}
          onClick={() => setOpen(!open)}
        >
          <ChevronDown className={cn("transition-transform", open && "rotate-180")} aria-hidden />
          {words.details}
        </Button>
        <Saved item={item} />
      </div>
      <div id={panel} hidden={!open} className="mt-2 grid gap-4">
        {open && (
          <DetailsFields
            details={item.details}
            onChange={(changes) => uploads.edit(item.id, changes)}
          />
        )}
      </div>
    </li>
  );
}

function Saved({ item }: { item: Item }) {
  const beforehand = item.video === null && item.saving === "changed";
  const failed = item.saving === "failed";
  return (
    <span role="status" className={cn("text-sm", failed ? "text-danger" : "text-muted")}>
      {item.video === null && item.saving === "saved"
        ? null
        : beforehand
          ? words.saving.later
          : words.saving[item.saving]}
      {failed && (
        <>
          {item.problem && `: ${item.problem.detail}`}{" "}
          <Button variant="link" onClick={() => uploads.save(item.id)}>
            {words.saveAgain}
          </Button>
        </>
      )}
    </span>
  );
}

function Actions({ item, playable }: { item: Item; playable: boolean }) {
  const [asking, setAsking] = useState(false);
  const name = item.details.title || item.name;
  const over = item.state === "sent" || item.url === null;
  const paused = item.state === "paused";
  return (
    <div className="flex shrink-0 gap-1">
      {playable && item.video !== null && (
        <Button asChild variant="primary" size="sm">
          <Link to="/watch/$id" params={{ id: item.video }}>
            <Play aria-hidden /> {words.watch}
          </Link>
        </Button>
      )}
      {(paused || ["queued", "sending", "waiting"].includes(item.state)) && (
        // One button, which keeps the focus.
        <IconButton
          label={paused ? words.resume(name) : words.pause(name)}
          icon={paused ? Play : Pause}
          onClick={() => (paused ? uploads.resume(item.id) : uploads.pause(item.id))}
        />
      )}
      {["refused", "waiting"].includes(item.state) && (
        <IconButton
          label={words.retry(name)}
          icon={RotateCw}
          onClick={() => uploads.resume(item.id)}
        />
      )}
      <IconButton
        label={item.state === "sent" ? words.remove(name) : words.cancel(name)}
        icon={item.state === "sent" ? X : Trash2}
        onClick={() => (over ? uploads.remove(item.id) : setAsking(true))}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={words.cancelTitle}
        description={words.cancelText(name, formatBytes(item.offset))}
        action={words.cancelAction}
        keep={words.keep}
        danger
        onConfirm={() => uploads.remove(item.id)}
      />
    </div>
  );
}

type IconButtonProps = { label: string; icon: typeof X; onClick: () => void };

function IconButton({ label, icon: Icon, onClick }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <Button variant="ghost" size="icon-sm" aria-label={label} onClick={onClick}>
        <Icon aria-hidden />
      </Button>
    </Tooltip>
  );
}

function Sending({ item }: { item: Item }) {
  const percent = item.size === 0 ? 0 : (item.offset / item.size) * 100;
  const left =
    item.bytesPerSecond === null || item.bytesPerSecond <= 0
      ? null
      : (item.size - item.offset) / item.bytesPerSecond;
  return (
    <div className="mt-4 grid gap-2">
      <Progress value={percent} label={words.progressOf(item.name)} />
      <p className="text-sm leading-6 text-muted tabular-nums">
        <Badge tone={TONES[item.state]} className="mr-2">
          {words.states[item.state]}
        </Badge>
        <span>
          {formatFacts(
            words.sentOf(formatBytes(item.offset), formatBytes(item.size)),
            item.bytesPerSecond !== null && `${formatBytes(item.bytesPerSecond)}/s`,
            left !== null && words.left(formatTimeLeft(left)),
          )}
        </span>
      </p>
      <Trouble item={item} />
    </div>
  );
}

/** Why it does not go on, and what to do about it. */
function Trouble({ item }: { item: Item }) {
  const seconds = useSecondsTo(item.retryAt);
  const { problem } = item;
  if (problem === null || (item.state !== "waiting" && item.state !== "refused")) {
    return null;
  }
  const advice = words.advice[problem.code] ?? words.adviceByStatus[problem.status];
  return (
    <div
      role="alert"
      className={cn(
        "rounded-lg px-3 py-2 text-sm break-words",
        item.state === "refused"
          ? "bg-danger-soft text-on-danger-soft"
          : "bg-warning-soft text-on-warning-soft",
      )}
    >
      <p>{advice ?? problem.detail}</p>
      {advice && problem.status > 0 && <p className="mt-0.5">{problem.detail}</p>}
      {item.state === "waiting" && (
        <p className="mt-0.5">
          {problem.status === 401 ? words.waitingForSignIn : words.waitingFor(seconds)}
        </p>
      )}
    </div>
  );
}

function useSecondsTo(at: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (at === null) {
      return;
    }
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [at]);
  return at === null ? 0 : Math.max(0, Math.ceil((at - now) / 1000));
}

/** From the last byte to the last quality. */
function Processing({ video, name }: { video: Video | undefined; name: string }) {
  const failed = video?.status === "FAILED";
  const done = video?.status === "COMPLETED";
  const { stage, percent, etaSeconds, reason } = video?.progress ?? {
    stage: "waiting" as const,
    percent: null,
    etaSeconds: null,
    reason: undefined,
  };
  return (
    <div className="mt-4 grid gap-2">
      <Progress
        value={done ? 100 : failed ? 0 : stage === "encoding" ? percent : null}
        label={words.progressOf(name)}
      />
      <p role="status" className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
        <Badge tone={failed ? "danger" : done ? "success" : "primary"}>{words.stages[stage]}</Badge>
        {stage === "encoding" && (
          <span className="tabular-nums">
            {formatFacts(
              percent !== null && `${percent}%`,
              etaSeconds !== null && words.left(formatTimeLeft(etaSeconds)),
            )}
          </span>
        )}
        {video?.playable && !done && !failed && <span>{words.playsAlready}</span>}
      </p>
      {reason && <p className="text-sm break-words text-muted">{reason.detail}</p>}
      {video?.error && (
        <p
          role="alert"
          className="rounded-lg bg-danger-soft px-3 py-2 text-sm break-words text-on-danger-soft"
        >
          {video.error.detail}
        </p>
      )}
    </div>
  );
}
