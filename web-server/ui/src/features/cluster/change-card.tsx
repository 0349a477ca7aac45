import { CircleCheck, TriangleAlert } from "lucide-react";
import type { ClusterChange } from "@/api/types";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { formatBytes, formatNumber, formatTimeLeft } from "@/lib/format";
import { strings } from "@/strings";

const words = strings.cluster.change;

type Props = { change: ClusterChange; onHide: () => void };

/** How far a change of the ring is, and in the end what it took. */
export function ChangeCard({ change, onHide }: Props) {
  const over = change.finishedAt !== null;
  const kind = (over ? words.doneKinds : words.kinds)[change.kind];
  const percent = over
    ? 100
    : change.arcsTotal === 0
      ? null
      : (change.arcsDone / change.arcsTotal) * 100;
  const facts: [string, string][] = [
    [words.arcs, words.ofArcs(formatNumber(change.arcsDone), formatNumber(change.arcsTotal))],
    [
      words.moved,
      words.movedWords(formatNumber(change.movedBlobs), formatBytes(change.movedBytes)),
    ],
    [words.took, formatTimeLeft(change.seconds)],
    ...(!over && change.etaSeconds !== null
      ? ([[words.eta, formatTimeLeft(change.etaSeconds)]] as [string, string][])
      : []),
  ];
  return (
    <Card className="grid gap-4" aria-labelledby="change">
      <div className="flex flex-wrap items-center gap-2">
        {over && <CircleCheck className="size-5 text-primary" aria-hidden />}
        <CardTitle id="change" className="mr-auto min-w-0 break-all">
          {words.titleOf(kind, change.address)}
        </CardTitle>
        <span role="status" className="flex items-center gap-2">
          <Badge tone={over ? "success" : "primary"}>{words.phases[change.phase]}</Badge>
          {change.steps > 1 && !over && (
            <span className="text-sm text-muted">{words.step(change.step + 1, change.steps)}</span>
          )}
        </span>
        {over && (
          <Button size="sm" variant="ghost" onClick={onHide}>
            {words.dismiss}
          </Button>
        )}
      </div>
      <Progress value={percent} label={words.progress} />
      <dl className="flex flex-wrap gap-x-8 gap-y-3 text-sm tabular-nums">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-xs text-muted">{name}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-muted">
        {words.replicas(formatNumber(change.movedReplicas), formatNumber(change.minimumReplicas))}
        {". "}
        {!over && words.unattended}
      </p>
      {change.waiting !== null && (
        <p className="rounded-lg bg-warning-soft px-3 py-2 text-sm text-on-warning-soft">
          {words.waiting(change.waiting)}
        </p>
      )}
      <Warnings warnings={change.warnings} />
    </Card>
  );
}

export function Warnings({ warnings }: { warnings: string[] }) {
  if (warnings.length === 0) {
    return null;
  }
  return (
    <ul className="grid gap-1 rounded-lg bg-warning-soft px-3 py-2 text-sm text-on-warning-soft">
      {warnings.map((warning) => (
        <li key={warning} className="flex gap-2">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          <span className="min-w-0 break-words">{warning}</span>
        </li>
      ))}
    </ul>
  );
}
