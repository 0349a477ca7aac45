import { CircleCheck, DatabaseBackup, LoaderCircle, TriangleAlert } from "lucide-react";
import type { Backup } from "@/api/types";
import { Page } from "@/components/page";
import { EmptyState, ErrorState } from "@/components/states";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { formatBytes, formatDateTime, formatNumber, formatRelative } from "@/lib/format";
import { strings } from "@/strings";
import { RestoreCard } from "./restore-card";
import { type Outcome, useBackup, useBackups } from "./use-backups";

const words = strings.backups;

export function BackupsPage() {
  const list = useBackups();
  const { begin, writing, outcome } = useBackup();
  return (
    <Page
      title={words.title}
      text={words.text}
      actions={
        <Button variant="primary" busy={writing} onClick={begin}>
          {!writing && <DatabaseBackup aria-hidden />} {words.create}
        </Button>
      }
    >
      <div className="grid grid-cols-1 gap-6">
        <div role="status" className="empty:hidden">
          {writing ? <Writing /> : outcome && <Ended outcome={outcome} />}
        </div>
        {list.data !== undefined ? (
          <Copies copies={list.data} />
        ) : list.isError ? (
          <ErrorState
            title={words.failedTitle}
            error={list.error}
            onRetry={() => void list.refetch()}
          />
        ) : (
          <div className="grid gap-2.5" aria-busy>
            <span className="sr-only">{words.loading}</span>
            <Skeleton className="h-48 rounded-2xl" />
          </div>
        )}
        {/* Not before it is known how long the list above it is, or it would move. */}
        {!list.isPending && <RestoreCard older={list.data?.[1]?.id} />}
      </div>
    </Page>
  );
}

function Writing() {
  return (
    <p className="flex items-start gap-3 rounded-2xl bg-primary-soft p-4 text-sm text-on-primary-soft">
      <LoaderCircle className="mt-0.5 size-4 shrink-0 animate-spin" aria-hidden />
      <span>
        <span className="font-medium">{words.making}</span> {words.makingText}
      </span>
    </p>
  );
}

function Ended({ outcome: { made } }: { outcome: Outcome }) {
  return made === null ? (
    <p className="flex items-start gap-3 rounded-2xl bg-danger-soft p-4 text-sm text-on-danger-soft">
      <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span>
        <span className="font-medium">{words.broken}</span> {words.brokenText}
      </span>
    </p>
  ) : (
    <p className="flex items-start gap-3 rounded-2xl bg-success-soft p-4 text-sm text-on-success-soft">
      <CircleCheck className="mt-0.5 size-4 shrink-0" aria-hidden />
      {words.made(formatBytes(made.bytes), formatNumber(made.rows))}
    </p>
  );
}

function Copies({ copies }: { copies: Backup[] }) {
  if (copies.length === 0) {
    return <EmptyState icon={DatabaseBackup} title={words.emptyTitle} text={words.emptyText} />;
  }
  return (
    <ul aria-label={words.list} className="divide-y rounded-2xl border bg-surface">
      {copies.map((copy) => (
        <Copy key={copy.id} copy={copy} />
      ))}
    </ul>
  );
}

function Copy({ copy }: { copy: Backup }) {
  const whole = copy.state === "DONE";
  const facts: [string, string][] = [
    [words.facts.size, whole ? formatBytes(copy.bytes) : "–"],
    [words.facts.rows, whole ? formatNumber(copy.rows) : "–"],
    [words.facts.epoch, formatNumber(copy.epoch)],
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <h2 className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <time dateTime={copy.createdAt}>{formatDateTime(copy.createdAt)}</time>
          <span className="font-normal text-muted">{formatRelative(copy.createdAt)}</span>
          <Badge tone={whole ? "success" : "primary"}>{words.states[copy.state]}</Badge>
        </h2>
        <p className="mt-0.5 font-mono text-xs break-all text-muted">{copy.id}</p>
      </div>
      <dl className="flex gap-4 text-sm tabular-nums">
        {facts.map(([name, value]) => (
          <div key={name} className="w-20">
            <dt className="text-xs text-muted">{name}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
