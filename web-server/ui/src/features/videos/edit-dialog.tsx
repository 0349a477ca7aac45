import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import type { Video } from "@/api/types";
import { ErrorState, FormError } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { TracksSection } from "@/features/tracks/tracks-section";
import { formatDateTime } from "@/lib/format";
import { strings } from "@/strings";
import { changesOf, type Details } from "./details";
import { DetailsFields } from "./details-fields";
import { PosterPicker } from "./poster-picker";

const words = strings.videos.edit;

/** Words of a video, and the version that they are of. */
type Version = { words: Words; tag: string | null };
type Words = Details & { expiresAt: string | null };

async function load(id: string, signal?: AbortSignal): Promise<Version> {
  const call = api.GET("/api/v1/videos/{id}", {
    params: { path: { id } },
    ...(signal ? { signal } : {}),
  });
  const video = await answer(call);
  const { title, description, tags, visibility, expiresAt = null } = video;
  return {
    words: { title, description, tags, visibility, expiresAt },
    tag: (await call).response.headers.get("ETag"),
  };
}

type Props = { video: Pick<Video, "id" | "title">; onClose: () => void };

/** Changes what is said of a video; when somebody else did meanwhile, neither's words are lost. */
export function EditDialog({ video, onClose }: Props) {
  const query = useQuery({
    queryKey: ["videos", "edit", video.id],
    queryFn: ({ signal }) => load(video.id, signal),
    // What is being edited is not to change under the hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={words.titleOf(video.title)}>
      {query.data !== undefined ? (
        <>
          <PosterPicker id={video.id} />
          <EditForm id={video.id} version={query.data} onClose={onClose} />
          <TracksSection id={video.id} />
        </>
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={query.refetch} className="py-6" />
      ) : (
        <div className="grid gap-4" aria-busy>
          {["title", "description", "tags", "visibility"].map((each) => (
            <Skeleton key={each} className="h-16" />
          ))}
        </div>
      )}
    </Dialog>
  );
}

type FormProps = { id: string; version: Version; onClose: () => void };

function EditForm({ id, version, onClose }: FormProps) {
  const queries = useQueryClient();
  const [mine, setMine] = useState(version.words);
  const [base, setBase] = useState(version);
  const [conflict, setConflict] = useState<Words | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const past = mine.expiresAt !== null && Date.parse(mine.expiresAt) <= Date.now();
  const expiryChanged = mine.expiresAt !== base.words.expiresAt;
  const change = (changes: Partial<Words>) => setMine((before) => ({ ...before, ...changes }));

  async function save() {
    const changes = {
      ...changesOf(base.words, mine),
      ...(expiryChanged ? { expiresAt: mine.expiresAt } : {}),
    };
    if (mine.title.trim() === "" || (past && expiryChanged)) {
      return;
    }
    setBusy(true);
    setError(null);
    try {
      if (Object.keys(changes).length > 0) {
        await answer(
          api.PATCH("/api/v1/videos/{id}", {
            params: { path: { id }, header: base.tag === null ? {} : { "If-Match": base.tag } },
            body: changes,
          }),
        );
        void queries.invalidateQueries({ queryKey: ["videos"] });
        toast.success(words.saved);
      }
      onClose();
    } catch (failure) {
      await explain(failure);
    } finally {
      setBusy(false);
    }
  }

  async function explain(failure: unknown) {
    if (!(failure instanceof Problem && failure.code === "precondition_failed")) {
      setError(failure);
      return;
    }
    try {
      const now = await load(id);
      setBase(now);
      setConflict(now.words);
    } catch (other) {
      setError(other);
    }
  }

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {conflict !== null && (
        <Conflict
          theirs={conflict}
          onTake={() => {
            setMine(conflict);
            setConflict(null);
          }}
        />
      )}
      <DetailsFields details={mine} onChange={change} />
      <Field
        label={words.expiresAt}
        hint={words.expiresHint}
        error={past ? words.pastExpiry : null}
        optional
      >
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={mine.expiresAt === null ? "" : localOf(mine.expiresAt)}
            onChange={(event) =>
              change({
                expiresAt:
                  event.target.value === "" ? null : new Date(event.target.value).toISOString(),
              })
            }
          />
        )}
      </Field>
      <FormError error={error} />
      <DialogActions>
        <Button onClick={onClose}>{strings.actions.cancel}</Button>
        <Button type="submit" variant="primary" busy={busy}>
          {conflict === null ? strings.actions.save : words.conflictMine}
        </Button>
      </DialogActions>
    </form>
  );
}

/** What is stored now, beside the form that has what was typed. */
function Conflict({ theirs, onTake }: { theirs: Words; onTake: () => void }) {
  const rows: [string, string][] = [
    [strings.details.title, theirs.title],
    [strings.details.description, theirs.description || words.noDescription],
    [strings.details.tags, theirs.tags.join(", ") || words.noTags],
    [strings.details.visibility, strings.details.visibilities[theirs.visibility]],
    [words.expiresAt, theirs.expiresAt ? formatDateTime(theirs.expiresAt) : words.never],
  ];
  return (
    <div
      role="alert"
      className="grid gap-2 rounded-lg bg-warning-soft p-3 text-sm text-on-warning-soft"
    >
      <p className="font-medium">{words.conflictTitle}</p>
      <p>{words.conflictText}</p>
      <dl className="grid max-h-40 grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 overflow-y-auto">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt>{name}</dt>
            <dd dir="auto" className="font-medium break-words">
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <div>
        <Button size="sm" onClick={onTake}>
          {words.conflictTheirs}
        </Button>
      </div>
    </div>
  );
}

/** As a control for local times has it, to the minute. */
function localOf(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
