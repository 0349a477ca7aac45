import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { Job } from "@/api/types";
import { FormError } from "@/components/states";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Select } from "@/components/ui/field";
import { STANDARD } from "@/features/videos/details";
import { formatDateTime } from "@/lib/format";
import { strings } from "@/strings";
import { useEncode, useProfiles } from "./use-jobs";

const words = strings.jobs;

export function titleOf(job: Job): string {
  return job.videos[0]?.title ?? words.untitled;
}

/** All that is known of a job. */
export function JobDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { detail } = words;
  const rows: [string, ReactNode][] = [
    [detail.state, words.states[job.state]],
    [detail.kind, words.kinds[job.kind]],
    [detail.profile, job.profile],
    [detail.attempts, job.attempts],
    ...(job.progress ? ([[detail.stage, stageOf(job.progress)]] as [string, ReactNode][]) : []),
    ...timeRow(detail.created, job.createdAt),
    ...timeRow(detail.started, job.startedAt),
    ...timeRow(detail.next, job.nextAttemptAt),
    ...timeRow(detail.ended, job.endedAt),
    [detail.id, <code key="id">{job.id}</code>],
    [detail.asset, <code key="asset">{job.asset}</code>],
  ];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={detail.title(titleOf(job))}
      className="max-w-2xl"
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {job.reason && (
        <Remark title={detail.reason} text={`${job.reason.detail} (${job.reason.code})`} />
      )}
      {job.lastError && (
        <Remark
          title={`${detail.lastError}, ${formatDateTime(job.lastError.at)}`}
          text={job.lastError.detail}
        />
      )}
      {job.videos.length > 0 && (
        <section className="grid gap-1.5">
          <h3 className="text-sm font-semibold">{detail.videos}</h3>
          <ul className="grid gap-1 text-sm">
            {job.videos.map(({ id, title }) => (
              <li key={id} dir="auto" className="break-words">
                <Link
                  to="/watch/$id"
                  params={{ id }}
                  className="text-primary underline-offset-4 hover:underline"
                >
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {job.progress && <Runs runs={job.progress.runs} />}
    </Dialog>
  );
}

type Progress = NonNullable<Job["progress"]>;

function stageOf({ stage, percent }: Progress): string {
  return stage === "encoding" ? `${stage}, ${percent}%` : stage;
}

function timeRow(name: string, at: string | null): [string, ReactNode][] {
  return at === null ? [] : [[name, formatDateTime(at)]];
}

function Remark({ title, text }: { title: string; text: string }) {
  return (
    <section className="grid gap-1.5">
      <h3 className="text-sm font-semibold">{title}</h3>
      <pre className="rounded-lg bg-surface-2 p-3 text-xs break-words whitespace-pre-wrap">
        {text}
      </pre>
    </section>
  );
}

function Runs({ runs }: { runs: Progress["runs"] }) {
  const { detail } = words;
  return (
    <section className="grid gap-1.5">
      <h3 className="text-sm font-semibold">{detail.runs}</h3>
      {runs.length === 0 ? (
        <p className="text-sm text-muted">{detail.noRuns}</p>
      ) : (
        <div className="relative overflow-x-auto">
          <table className="w-full text-left text-sm">
            <thead className="text-xs text-muted">
              <tr>
                {[detail.worker, detail.representations, detail.segments].map((text) => (
                  <th key={text} scope="col" className="py-1.5 pr-4 font-medium">
                    {text}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {runs.map(({ worker, representations, first, end, urgent }) => (
                <tr key={`${worker} ${first} ${representations.join()}`} className="border-t">
                  <td className="py-1.5 pr-4 font-mono text-xs break-words">{worker}</td>
                  <td className="py-1.5 pr-4">{representations.join(", ")}</td>
                  <td className="py-1.5 pr-4 whitespace-nowrap tabular-nums">
                    {detail.range(first, end)}{" "}
                    {urgent && <Badge tone="warning">{detail.urgent}</Badge>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** Asks by which profile. */
export function EncodeDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const encode = useEncode();
  const profiles = useProfiles();
  const [profile, setProfile] = useState(STANDARD);
  const video = job.videos[0]?.id;
  const { encodeDialog } = words;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={encodeDialog.title(titleOf(job))}
      description={encodeDialog.text}
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (video !== undefined) {
            encode.mutate({ video, profile }, { onSuccess: onClose });
          }
        }}
      >
        <Field label={encodeDialog.profile}>
          {(control) => (
            <Select
              {...control}
              value={profile}
              onChange={(event) => setProfile(event.target.value)}
            >
              {(profiles.data ?? []).map(({ name, description }) => (
                <option key={name} value={name}>
                  {encodeDialog.choice(name, description)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <FormError error={profiles.error ?? encode.error} />
        <DialogActions>
          <Button onClick={onClose}>{strings.actions.cancel}</Button>
          <Button
            type="submit"
            variant="primary"
            busy={encode.isPending}
            disabled={!profiles.isSuccess}
          >
            {encodeDialog.action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
