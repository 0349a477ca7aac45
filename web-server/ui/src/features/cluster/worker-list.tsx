import { Badge } from "@/components/ui/badge";
import { strings } from "@/strings";
import type { useCluster } from "./use-cluster";

const words = strings.cluster;

type Status = NonNullable<ReturnType<typeof useCluster>["status"]["data"]>;
type Worker = Status["workers"][number];

const TONES = { WHOLE: "success", PARTIAL: "warning", NONE: "danger" } as const;

/** The processes that encode, and what confines ffmpeg in each. */
export function WorkerList({ workers }: { workers: Worker[] }) {
  if (workers.length === 0) {
    return <p className="text-sm text-muted">{words.noWorkers}</p>;
  }
  return (
    <ul className="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
      {workers.map((worker) => (
        <li
          key={worker.id}
          className="grid grid-cols-1 content-start gap-2 rounded-2xl border bg-surface p-4"
        >
          <div className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <h3 className="font-medium break-all">{worker.host}</h3>
              <p className="truncate text-sm text-muted">{worker.id}</p>
            </div>
            <Badge tone={TONES[worker.sandbox.degree]}>
              {words.sandbox[worker.sandbox.degree]}
            </Badge>
          </div>
          <p className="text-sm break-words text-muted">{details(worker.sandbox)}</p>
        </li>
      ))}
    </ul>
  );
}

function details(sandbox: Worker["sandbox"]) {
  const offered = [
    ...(sandbox.landlock > 0 ? [words.landlock(sandbox.landlock)] : []),
    ...(sandbox.parts.calls ? [words.seccomp] : []),
    sandbox.limits ? words.limits : words.noLimits,
  ].join(" · ");
  const open = (["files", "ports", "signals", "calls"] as const)
    .filter((part) => !sandbox.parts[part])
    .map((part) => words.parts[part]);
  if (sandbox.reason !== null) {
    return `${offered} · ${sandbox.reason}`;
  }
  return open.length === 0 ? offered : `${offered} · ${words.open(open.join(", "))}`;
}
