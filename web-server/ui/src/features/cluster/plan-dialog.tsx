import { useMutation } from "@tanstack/react-query";
import { LoaderCircle } from "lucide-react";
import { useEffect, useState } from "react";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import type { ClusterChange, ClusterPlan, ClusterWish } from "@/api/types";
import { wordsOf } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { formatBytes, formatNumber } from "@/lib/format";
import { strings } from "@/strings";
import { Warnings } from "./change-card";

const words = strings.cluster.plan;

/** A change that somebody thinks of. */
export type Intent =
  | { action: "add" }
  | { action: "drain" | "remove" | "force"; id: string; address: string };

type Props = {
  intent: Intent;
  onClose: () => void;
  onBegun: (change: ClusterChange) => void;
};

/** What a change would do, shown before it is done; and done as shown or not at all. */
export function PlanDialog({ intent, onClose, onBegun }: Props) {
  const [wish, setWish] = useState<ClusterWish | null>(
    intent.action === "add" ? null : wishOf(intent),
  );
  const [stale, setStale] = useState(false);
  const plan = useMutation({
    mutationFn: (body: ClusterWish) => answer(api.POST("/api/v1/cluster/ring/plan", { body })),
    meta: { quiet: true },
  });
  const { mutate: draw } = plan;
  useEffect(() => {
    if (wish !== null) {
      draw(wish);
    }
  }, [wish, draw]);
  const apply = useMutation({
    mutationFn: ({ body, epoch }: { body: ClusterWish; epoch: number }) =>
      answer(api.POST("/api/v1/cluster/ring/apply", { body: { ...body, ifEpoch: epoch } })),
    meta: { quiet: true },
    onSuccess: (change) => {
      toast.success(words.begun);
      onBegun(change);
      onClose();
    },
    onError: (problem) => {
      if (problem instanceof Problem && problem.code === "epoch_changed" && wish !== null) {
        setStale(true);
        draw(wish);
      }
    },
  });
  const refused =
    apply.error instanceof Problem && apply.error.code === "epoch_changed" ? null : apply.error;

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={titleOf(intent)}
      description={textOf(intent)}
      className="max-w-2xl"
    >
      {wish === null || (intent.action === "add" && plan.data === undefined) ? (
        <AddForm
          busy={plan.isPending}
          error={plan.error}
          onWish={(next) => {
            plan.reset();
            setWish(next);
          }}
        />
      ) : (
        <div className="grid gap-4">
          {stale && (
            <p
              role="alert"
              className="rounded-lg bg-warning-soft px-3 py-2 text-sm text-on-warning-soft"
            >
              {words.again}
            </p>
          )}
          {plan.isPending && (
            <p role="status" className="flex items-center gap-2 py-10 text-sm text-muted">
              <LoaderCircle className="size-4 animate-spin" aria-hidden /> {words.planning}
            </p>
          )}
          {plan.data !== undefined && <PlanView plan={plan.data} />}
          <Refusal error={plan.error ?? refused} />
          <DialogActions>
            {intent.action === "add" ? (
              <Button
                onClick={() => {
                  plan.reset();
                  setWish(null);
                }}
              >
                {words.back}
              </Button>
            ) : (
              <Button onClick={onClose}>{strings.actions.cancel}</Button>
            )}
            {plan.isError ? (
              <Button variant="primary" onClick={() => draw(wish)}>
                {strings.actions.retry}
              </Button>
            ) : (
              <Button
                variant={intent.action === "force" ? "danger" : "primary"}
                busy={apply.isPending}
                disabled={plan.data === undefined}
                onClick={() => plan.data && apply.mutate({ body: wish, epoch: plan.data.epoch })}
              >
                {words.apply}
              </Button>
            )}
          </DialogActions>
        </div>
      )}
    </Dialog>
  );
}

function wishOf(intent: Exclude<Intent, { action: "add" }>): ClusterWish {
  return intent.action === "drain"
    ? { action: "drain", node: intent.id }
    : { action: "remove", node: intent.id, force: intent.action === "force" };
}

function titleOf(intent: Intent): string {
  return intent.action === "add" ? words.titles.add : words.titles[intent.action](intent.address);
}

function textOf(intent: Intent): string {
  return {
    add: words.addText,
    drain: words.drainText,
    remove: words.removeText,
    force: words.forceText,
  }[intent.action];
}

function Refusal({ error }: { error: unknown }) {
  if (!error) {
    return null;
  }
  const known = error instanceof Problem ? strings.cluster.problems[error.code] : undefined;
  return (
    <div role="alert" className="rounded-lg bg-danger-soft px-3 py-2.5 text-sm text-on-danger-soft">
      <p>{known ?? wordsOf(error)}</p>
      {known && error instanceof Problem && <p className="mt-0.5 break-words">{error.detail}</p>}
    </div>
  );
}

type AddProps = { busy: boolean; error: unknown; onWish: (wish: ClusterWish) => void };

function AddForm({ busy, error, onWish }: AddProps) {
  const [address, setAddress] = useState("");
  const [zone, setZone] = useState("");
  const [weight, setWeight] = useState("");
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onWish({
          action: "add",
          address: address.trim(),
          ...(zone.trim() === "" ? {} : { zone: zone.trim() }),
          ...(weight === "" ? {} : { weight: Number(weight) }),
        });
      }}
    >
      <Field label={words.address} hint={words.addressHint}>
        {(control) => (
          <Input
            {...control}
            required
            autoCapitalize="none"
            spellCheck={false}
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
        )}
      </Field>
      <Field label={words.zone} hint={words.zoneHint} optional>
        {(control) => (
          <Input
            {...control}
            maxLength={255}
            value={zone}
            onChange={(event) => setZone(event.target.value)}
          />
        )}
      </Field>
      <Field label={words.weight} hint={words.weightHint} optional>
        {(control) => (
          <Input
            {...control}
            type="number"
            min={1}
            max={Number.MAX_SAFE_INTEGER}
            value={weight}
            onChange={(event) => setWeight(event.target.value)}
          />
        )}
      </Field>
      <Refusal error={error} />
      <DialogActions>
        <Button type="submit" variant="primary" busy={busy}>
          {words.show}
        </Button>
      </DialogActions>
    </form>
  );
}

function PlanView({ plan }: { plan: ClusterPlan }) {
  const { columns } = strings.cluster;
  const facts: [string, string, string?][] = [
    [
      words.moves,
      formatNumber(plan.movedReplicas),
      words.minimum(formatNumber(plan.minimumReplicas)),
    ],
    [words.bytes, formatBytes(plan.estimatedBytes)],
    [words.steps, formatNumber(plan.steps)],
  ];
  return (
    <section aria-label={words.heading} className="grid gap-4">
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        {facts.map(([name, value, more]) => (
          <div key={name} className="rounded-xl bg-surface-2 p-3 max-sm:first:col-span-2">
            <dt className="text-xs text-muted">{name}</dt>
            <dd className="text-lg font-semibold tabular-nums">{value}</dd>
            {more && <dd className="text-xs text-muted">{more}</dd>}
          </div>
        ))}
      </dl>
      {plan.movedReplicas === 0 && <p className="text-sm">{words.nothing}</p>}
      <Warnings warnings={plan.warnings} />
      <div className="relative max-h-64 overflow-auto pr-2">
        <table className="w-full text-left text-sm">
          <caption className="sr-only">{columns.arcs}</caption>
          <thead className="text-xs text-muted">
            <tr>
              <th scope="col" className="py-2 pr-2 font-medium sm:pr-4">
                {columns.node}
              </th>
              {[columns.before, columns.after, columns.difference].map((text) => (
                <th key={text} scope="col" className="py-2 pl-2 text-right sm:pl-4 font-medium">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {plan.nodes.map(({ id, address, arcsBefore, arcsAfter }) => (
              <tr key={id} className="border-t">
                <th scope="row" className="py-2 pr-2 font-medium wrap-anywhere sm:pr-4">
                  {address}
                </th>
                <td className="py-2 pl-2 text-right sm:pl-4">{formatNumber(arcsBefore)}</td>
                <td className="py-2 pl-2 text-right sm:pl-4">{formatNumber(arcsAfter)}</td>
                <td className="py-2 pl-2 text-right sm:pl-4">
                  {arcsAfter > arcsBefore ? "+" : ""}
                  {formatNumber(arcsAfter - arcsBefore)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
