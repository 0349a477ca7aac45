import { Cog, TriangleAlert } from "lucide-react";
import type { Video } from "@/api/types";
import { Progress } from "@/components/ui/progress";
import { formatTimeLeft } from "@/lib/format";
import { strings } from "@/strings";
import { isFinal } from "./use-video";

/** What is still to come of a video that can be watched already, or what will not. */
export function StageNotice({ video }: { video: Video }) {
  if (!video.playable) {
    return null;
  }
  if (video.status === "FAILED") {
    return (
      <p className="mt-4 flex gap-3 rounded-xl bg-warning-soft p-4 text-sm text-on-warning-soft">
        <TriangleAlert className="mt-0.5 size-4.5 shrink-0" aria-hidden />
        <span className="min-w-0 break-words">
          <strong className="font-semibold">{strings.watch.partly}.</strong> {video.error?.detail}
        </span>
      </p>
    );
  }
  if (isFinal(video)) {
    return null;
  }
  const { percent, etaSeconds, reason } = video.progress;
  const left = etaSeconds === null ? null : formatTimeLeft(etaSeconds);
  return (
    <div className="mt-4 rounded-xl border bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Cog className="size-4.5 animate-spin text-primary [animation-duration:4s]" aria-hidden />
        <strong className="font-semibold">{strings.watch.encoding}</strong>
        <span className="text-muted tabular-nums sm:ml-auto">
          {strings.watch.percentLeft(percent ?? 0, left)}
        </span>
      </div>
      <Progress value={percent} label={strings.watch.encodingLabel} className="mt-3" />
      <p className="mt-2 text-sm text-pretty text-muted">
        {reason?.detail ?? strings.watch.encodingNote}
      </p>
    </div>
  );
}
