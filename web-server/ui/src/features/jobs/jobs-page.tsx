import { getRouteApi } from "@tanstack/react-router";
import { EllipsisVertical, Info, ListChecks, RefreshCw, RotateCcw, SearchX, X } from "lucide-react";
import { useState } from "react";
import type { Job, JobState } from "@/api/types";
import { Page } from "@/components/page";
import { EmptyState, ErrorState } from "@/components/states";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Select } from "@/components/ui/field";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { formatDateTime, formatFacts, formatRelative, formatTimeLeft } from "@/lib/format";
import { strings } from "@/strings";
import { EncodeDialog, JobDialog, titleOf } from "./job-dialogs";
import { STATES } from "./search";
import { hasEnded, useJobAction, useJobs } from "./use-jobs";

const route = getRouteApi("/_admin/jobs");
const words = strings.jobs;

const TONES: Record<JobState, Tone> = {
  WAITING: "neutral",
  RUNNING: "primary",
  RETRYING: "warning",
  DONE: "success",
  DEAD: "danger",
  CANCELLED: "neutral",
};

type Asked = { what: "show" | "cancel" | "encode"; job: Job };

export function JobsPage() {
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useJobs(state);
  const act = useJobAction();
  const [asked, setAsked] = useState<Asked | null>(null);
  const jobs = list.data?.pages.flatMap(({ items }) => items) ?? [];
  // What is shown of a job is what is known now.
  const job = asked && (jobs.find(({ id }) => id === asked.job.id) ?? asked.job);
  const close = () => setAsked(null);
  return (
    <Page
      title={words.title}
      text={words.text}
      actions={
        <Select
          aria-label={words.filter}
          className="w-auto"
          value={state ?? ""}
          onChange={(event) => {
            const chosen = STATES.find((each) => each === event.target.value);
            void navigate({ search: chosen === undefined ? {} : { state: chosen }, replace: true });
          }}
        >
          <option value="">{words.any}</option>
          {STATES.map((each) => (
            <option key={each} value={each}>
              {words.states[each]}
            </option>
          ))}
        </Select>
      }
    >
      {list.isPending ? (
        <div className="grid gap-2.5" aria-busy>
          <span className="sr-only">{words.loading}</span>
          {["a", "b", "c", "d"].map((each) => (
            <Skeleton key={each} className="h-20 rounded-2xl" />
          ))}
        </div>
      ) : list.isError && list.data === undefined ? (
        <ErrorState error={list.error} onRetry={list.refetch} />
      ) : jobs.length === 0 ? (
        state === undefined ? (
          <EmptyState icon={ListChecks} title={words.emptyTitle} text={words.emptyText} />
        ) : (
          <EmptyState icon={SearchX} title={words.noneTitle} text={words.noneText} />
        )
      ) : (
        <ul className="grid grid-cols-1 gap-2.5">
          {jobs.map((each) => (
            <JobItem
              key={each.id}
              job={each}
              onAsk={(what) => setAsked({ what, job: each })}
              onAct={(action) => act.mutate({ id: each.id, action })}
            />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className="mt-4 text-center">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {words.more}
          </Button>
        </div>
      )}
      {job && asked?.what === "show" && <JobDialog job={job} onClose={close} />}
      {job && asked?.what === "encode" && <EncodeDialog job={job} onClose={close} />}
      <ConfirmDialog
        open={asked?.what === "cancel"}
        onOpenChange={(open) => !open && close()}
        title={words.cancelTitle}
        description={words.cancelText}
        action={words.cancelAction}
        keep={words.keep}
        danger
        onConfirm={() => {
          if (job) {
            act.mutate({ id: job.id, action: "cancel" });
          }
          close();
        }}
      />
    </Page>
  );
}

type ItemProps = {
  job: Job;
  onAsk: (what: Asked["what"]) => void;
  onAct: (action: "retry" | "discard") => void;
};

function JobItem({ job, onAsk, onAct }: ItemProps) {
  const title = titleOf(job);
  return (
    <li className="rounded-2xl border bg-surface p-4">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h2 className="text-sm font-medium break-words">
            <button
              type="button"
              dir="auto"
              className="text-left underline-offset-4 hover:underline pointer-coarse:-my-2.5 pointer-coarse:min-w-10 pointer-coarse:py-2.5"
              aria-label={words.showOf(title)}
              onClick={() => onAsk("show")}
            >
              {title}
            </button>
            {job.videos.length > 1 && (
              <span className="font-normal text-muted"> {words.others(job.videos.length - 1)}</span>
            )}
          </h2>
          <p className="mt-1 text-sm leading-6 text-muted">
            <Badge tone={TONES[job.state]} className="mr-2">
              {words.states[job.state]}
            </Badge>
            <span title={formatDateTime(job.updatedAt)}>
              {formatFacts(
                words.kinds[job.kind],
                job.profile,
                words.attempts(job.attempts),
                words.updated(formatRelative(job.updatedAt)),
                job.nextAttemptAt !== null &&
                  job.state === "RETRYING" &&
                  words.again(formatRelative(job.nextAttemptAt)),
              )}
            </span>
          </p>
        </div>
        <JobMenu job={job} title={title} onAsk={onAsk} onAct={onAct} />
      </div>
      {job.progress && job.state === "RUNNING" && (
        <div className="mt-3 flex items-center gap-3">
          <Progress value={job.progress.percent} label={words.progressOf(title)} />
          <span className="shrink-0 text-sm text-muted tabular-nums">
            {job.progress.percent}%
            {job.progress.etaSeconds !== null && ` · ${formatTimeLeft(job.progress.etaSeconds)}`}
          </span>
        </div>
      )}
      {(job.reason ?? job.lastError) && (
        <p className="mt-2 line-clamp-2 text-sm break-words text-danger">
          {job.reason?.detail ?? job.lastError?.detail}
        </p>
      )}
    </li>
  );
}

function JobMenu({ job, title, onAsk, onAct }: ItemProps & { title: string }) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={words.actionsOf(title)}>
          <EllipsisVertical aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuItem onSelect={() => onAsk("show")}>
          <Info aria-hidden /> {words.show}
        </MenuItem>
        {(job.state === "DEAD" || job.state === "CANCELLED") && (
          <MenuItem onSelect={() => onAct("retry")}>
            <RotateCcw aria-hidden /> {words.retry}
          </MenuItem>
        )}
        {job.videos.length > 0 && job.state === "DONE" && (
          <MenuItem onSelect={() => onAsk("encode")}>
            <RefreshCw aria-hidden /> {words.encode}
          </MenuItem>
        )}
        <MenuSeparator />
        {hasEnded(job) ? (
          <MenuItem onSelect={() => onAct("discard")}>
            <X aria-hidden /> {words.discard}
          </MenuItem>
        ) : (
          <MenuItem danger onSelect={() => onAsk("cancel")}>
            <X aria-hidden /> {words.cancel}
          </MenuItem>
        )}
      </MenuContent>
    </Menu>
  );
}
