import { EllipsisVertical, LogOut, Trash2, Unplug } from "lucide-react";
import type { StorageNode } from "@/api/types";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { Progress } from "@/components/ui/progress";
import { formatBytes, formatNumber } from "@/lib/format";
import { strings } from "@/strings";
import type { Intent } from "./plan-dialog";

const words = strings.cluster;

const TONES: Record<StorageNode["health"], Tone> = {
  UP: "success",
  SYNCING: "warning",
  FULL: "warning",
  DOWN: "danger",
  REFUSED: "danger",
  FAILED: "danger",
};

type Props = { nodes: StorageNode[]; busy: boolean; onIntent: (intent: Intent) => void };

/** The storage nodes, how they do, and what can be done with them. */
export function NodeList({ nodes, busy, onIntent }: Props) {
  return (
    <ul className="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
      {nodes.map((node) => (
        <li
          key={node.id}
          className="grid grid-cols-1 content-start gap-3 rounded-2xl border bg-surface p-4"
        >
          <div className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <h3 className="font-medium break-all">{node.address}</h3>
              <p className="truncate text-sm text-muted">
                {words.columns.zone}: {node.zone}
              </p>
            </div>
            <div className="flex flex-wrap justify-end gap-1">
              {node.state !== "ACTIVE" && <Badge tone="warning">{words.states[node.state]}</Badge>}
              <Badge tone={TONES[node.health]}>{words.nodeHealth[node.health]}</Badge>
            </div>
            <NodeMenu node={node} busy={busy} onIntent={onIntent} />
          </div>
          {node.detail !== null && <p className="text-sm break-words text-danger">{node.detail}</p>}
          <div className="grid gap-1.5">
            <Progress
              value={
                node.capacityBytes === 0
                  ? 0
                  : Math.min(100, (node.bytes / node.capacityBytes) * 100)
              }
              label={words.capacityOf(node.address)}
            />
            <p className="text-sm text-muted tabular-nums">
              {words.usedOf(formatBytes(node.bytes), formatBytes(node.capacityBytes))}
            </p>
          </div>
          <dl className="flex gap-6 text-sm tabular-nums">
            <Fact name={words.columns.blobs} value={formatNumber(node.blobs)} />
            <Fact name={words.columns.latency} value={latencyOf(node)} />
            <Fact name={words.columns.arcs} value={formatNumber(node.replicas)} />
          </dl>
        </li>
      ))}
    </ul>
  );
}

function latencyOf({ latencyMillis: millis }: StorageNode): string {
  if (millis === null) {
    return "–";
  }
  return words.millis(millis < 0.1 ? "< 0.1" : millis.toFixed(millis < 10 ? 1 : 0));
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  );
}

function NodeMenu({ node, busy, onIntent }: Omit<Props, "nodes"> & { node: StorageNode }) {
  const intend = (action: "drain" | "remove" | "force") => () =>
    onIntent({ action, id: node.id, address: node.address });
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon-sm"
          className="-mt-1 -mr-2"
          aria-label={words.actionsOf(node.address)}
        >
          <EllipsisVertical aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        {node.state === "ACTIVE" && (
          <MenuItem disabled={busy} onSelect={intend("drain")}>
            <LogOut aria-hidden /> {words.drain}
          </MenuItem>
        )}
        <MenuItem disabled={busy} onSelect={intend("remove")}>
          <Trash2 aria-hidden /> {words.remove}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger disabled={busy} onSelect={intend("force")}>
          <Unplug aria-hidden /> {words.removeForce}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
