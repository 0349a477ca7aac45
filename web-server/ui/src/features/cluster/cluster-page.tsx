import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useCallback, useState } from "react";
import type { ClusterChange } from "@/api/types";
import { Page } from "@/components/page";
import { ErrorState } from "@/components/states";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { formatNumber } from "@/lib/format";
import { strings } from "@/strings";
import { ChangeCard } from "./change-card";
import { NodeList } from "./node-list";
import { type Intent, PlanDialog } from "./plan-dialog";
import { RingDrawing } from "./ring-drawing";
import { changeQuery, useCluster, useClusterEvents } from "./use-cluster";
import { WorkerList } from "./worker-list";

const words = strings.cluster;

export function ClusterPage() {
  const { nodes, ring, status } = useCluster();
  const [intent, setIntent] = useState<Intent | null>(null);
  const [changeId, setChangeId] = useState<string | null>(null);
  const follow = useCallback((change: ClusterChange) => setChangeId(change.id), []);
  useClusterEvents(follow);
  const running = ring.data?.change?.id ?? null;
  const change = useQuery(changeQuery(changeId ?? running)).data ?? ring.data?.change;
  const busy = change !== undefined && change !== null && change.finishedAt === null;
  return (
    <Page
      title={words.title}
      actions={
        <Button variant="primary" disabled={busy} onClick={() => setIntent({ action: "add" })}>
          <Plus aria-hidden /> {words.add}
        </Button>
      }
    >
      <div className="grid grid-cols-1 gap-6">
        {!status.isError && <Health status={status.data} />}
        {change && <ChangeCard change={change} onHide={() => setChangeId(null)} />}
        <section aria-labelledby="nodes" className="grid grid-cols-1 gap-3">
          <h2 id="nodes" className="font-semibold">
            {words.nodes}
          </h2>
          {nodes.data !== undefined ? (
            <NodeList nodes={nodes.data} busy={busy} onIntent={setIntent} />
          ) : nodes.isError ? (
            <ErrorState error={nodes.error} onRetry={nodes.refetch} />
          ) : (
            <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3" aria-busy>
              {["a", "b", "c"].map((each) => (
                <Skeleton key={each} className="h-44 rounded-2xl" />
              ))}
            </div>
          )}
        </section>
        <section aria-labelledby="workers" className="grid grid-cols-1 gap-3">
          <h2 id="workers" className="font-semibold">
            {words.workers}
          </h2>
          {status.data !== undefined ? (
            <WorkerList workers={status.data.workers} />
          ) : status.isError ? (
            <ErrorState error={status.error} onRetry={status.refetch} />
          ) : (
            <Skeleton className="h-24" />
          )}
        </section>
        <Card className="grid grid-cols-1 gap-4" aria-labelledby="ring">
          <div>
            <CardTitle id="ring">{words.ring}</CardTitle>
            {ring.data && (
              <p className="mt-0.5 text-sm text-pretty text-muted">
                {words.ringText(formatNumber(ring.data.arcs), ring.data.replicas)}{" "}
                {ring.data.joint && words.ringMoving}
              </p>
            )}
          </div>
          {ring.data !== undefined ? (
            <RingDrawing ring={ring.data} />
          ) : ring.isError ? (
            <ErrorState error={ring.error} onRetry={ring.refetch} />
          ) : (
            <Skeleton className="h-80" />
          )}
        </Card>
      </div>
      {intent !== null && (
        <PlanDialog intent={intent} onClose={() => setIntent(null)} onBegun={follow} />
      )}
    </Page>
  );
}

type Status = NonNullable<ReturnType<typeof useCluster>["status"]["data"]>;

/** Keeps its height while nothing is known. */
function Health({ status }: { status: Status | undefined }) {
  if (status === undefined) {
    return <Skeleton className="h-6 w-64" />;
  }
  const tone = { OK: "success", DEGRADED: "warning", DOWN: "danger" } as const;
  return (
    <p
      role="status"
      className="-my-0.5 flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-sm"
    >
      <Badge tone={tone[status.health]}>{words.health[status.health]}</Badge>
      <span>{words.epoch(status.epoch)}</span>
      <span className="text-muted">
        {status.underReplicated === 0
          ? words.complete
          : words.missing(formatNumber(status.underReplicated))}
      </span>
    </p>
  );
}
