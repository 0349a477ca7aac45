import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { answer, api } from "@/api/client";
import type { TextKind, Track } from "@/api/types";
import { ErrorState, wordsOf } from "@/components/states";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { FilePicker } from "@/features/uploads/file-picker";
import { formatFacts } from "@/lib/format";
import { strings } from "@/strings";
import { languageOfFile } from "./language";
import { TrackForm, type Words } from "./track-form";
import { tracksQuery } from "./use-tracks";

const words = strings.tracks;

/** Of a language that nobody named (BCP 47). */
const UNKNOWN = "und";

/** As the server takes them, whatever the file is called. */
const ACCEPTED = ".vtt,.srt,text/vtt,application/x-subrip";

/** What can be heard and read with a video of one's own, and what one can do about it. */
export function TracksSection({ id }: { id: string }) {
  const query = useQuery(tracksQuery(id));
  const [file, setFile] = useState<File | null>(null);
  const refresh = useRefresh(id);
  return (
    <section aria-labelledby="tracks" className="grid gap-3 border-t pt-4">
      <h3 id="tracks" className="font-semibold">
        {words.title}
      </h3>
      {query.data === undefined ? (
        query.isError ? (
          <ErrorState error={query.error} onRetry={query.refetch} className="py-3" />
        ) : (
          <Skeleton className="h-12" role="status" aria-label={words.loading} />
        )
      ) : (
        <>
          {query.data.items.length === 0 && <p className="text-sm text-muted">{words.none}</p>}
          <ul className="grid gap-2">
            {query.data.items.map((track) => (
              <li key={track.id}>
                <TrackRow id={id} track={track} />
              </li>
            ))}
          </ul>
          {query.data.search === "pending" && <p className="text-sm text-muted">{words.pending}</p>}
          {query.data.skipped.map((each) => (
            <p key={`${each.language} ${each.label} ${each.codec}`} className="text-sm text-muted">
              {words.skipped(each.label, words.reasons[each.reason] ?? each.reason)}
            </p>
          ))}
        </>
      )}
      {file === null ? (
        <div className="grid justify-items-start gap-1">
          <FilePicker
            text={words.add}
            size="sm"
            accept={ACCEPTED}
            onFiles={([chosen]) => setFile(chosen ?? null)}
          />
          <p className="text-sm text-muted">{words.file}</p>
        </div>
      ) : (
        <div className="grid gap-2">
          <p className="text-sm font-medium break-words">{words.chosen(file.name)}</p>
          <TrackForm
            isNew
            start={{ ...NEW, language: languageOfFile(file.name) }}
            onCancel={() => setFile(null)}
            onSave={async (said) => {
              await add(id, file, said);
              setFile(null);
              refresh();
              toast.success(words.added);
            }}
          />
        </div>
      )}
    </section>
  );
}

const NEW: Words = { kind: "captions", language: "", label: "", default: false };

function useRefresh(id: string): () => void {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries(tracksQuery(id));
    void queries.invalidateQueries({ queryKey: ["videos", "chapters", id] });
  };
}

/** @throws Problem which says at which line what is wrong */
async function add(id: string, file: File, said: Words): Promise<void> {
  const { kind, language, label } = said;
  await answer(
    api.POST("/api/v1/videos/{id}/tracks", {
      params: {
        path: { id },
        query: {
          kind: kind as TextKind,
          default: said.default,
          ...(language === "" ? {} : { language }),
          ...(label.trim() === "" ? {} : { label: label.trim() }),
        },
      },
      headers: { "Content-Type": "application/octet-stream" },
      body: "",
      bodySerializer: () => file,
    }),
  );
}

function TrackRow({ id, track }: { id: string; track: Track }) {
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const refresh = useRefresh(id);
  const name = track.label || words.unnamed;
  const path = { id, track: track.id };

  async function during(work: () => Promise<void>) {
    setBusy(true);
    try {
      await work();
      refresh();
    } catch (failure) {
      toast.error(wordsOf(failure));
    } finally {
      setBusy(false);
    }
  }

  const remove = () =>
    during(async () => {
      await answer(api.DELETE("/api/v1/videos/{id}/tracks/{track}", { params: { path } }));
      toast.success(words.removed(name));
    });

  const replace = (file: File) =>
    during(async () => {
      await answer(
        api.PUT("/api/v1/videos/{id}/tracks/{track}/content", {
          params: { path },
          headers: { "Content-Type": "application/octet-stream" },
          body: "",
          bodySerializer: () => file,
        }),
      );
      toast.success(words.saved);
    });

  if (editing) {
    return (
      <TrackForm
        start={track}
        onCancel={() => setEditing(false)}
        onSave={async (said) => {
          await answer(
            api.PATCH("/api/v1/videos/{id}/tracks/{track}", {
              params: { path },
              body: changesOf(said),
            }),
          );
          setEditing(false);
          refresh();
          toast.success(words.saved);
        }}
      />
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border px-3 py-2">
      <div className="min-w-0 flex-1 basis-44">
        <p dir="auto" className="truncate font-medium">
          {name}
        </p>
        <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
          {formatFacts(words.kinds[track.kind], track.language !== UNKNOWN && track.language)}
          {track.default && <Badge>{words.isDefault}</Badge>}
          {track.origin === "file" && track.kind !== "audio" && <Badge>{words.fromFile}</Badge>}
        </p>
      </div>
      {track.links !== undefined && (
        <>
          <FilePicker
            text={words.replace}
            size="sm"
            accept={ACCEPTED}
            onFiles={([file]) => file && void replace(file)}
          />
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={words.download(name)}
            onClick={() => void download(id, track)}
          >
            <Download aria-hidden />
          </Button>
        </>
      )}
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={words.edit(name)}
        onClick={() => setEditing(true)}
      >
        <Pencil aria-hidden />
      </Button>
      {track.links !== undefined && (
        <Button
          variant="ghost"
          size="icon-sm"
          busy={busy}
          aria-label={words.remove(name)}
          onClick={() => void remove()}
        >
          <Trash2 aria-hidden />
        </Button>
      )}
    </div>
  );
}

/** What is left empty stays as it is. */
function changesOf({ language, label, default: preferred }: Words) {
  return {
    default: preferred,
    ...(language === "" ? {} : { language }),
    ...(label.trim() === "" ? {} : { label: label.trim() }),
  };
}

/** Of a private video, a plain link would not say who one is. */
async function download(id: string, track: Track): Promise<void> {
  try {
    const text = await answer(
      api.GET("/api/v1/videos/{id}/tracks/{track}/content", {
        params: { path: { id, track: track.id } },
        parseAs: "blob",
      }),
    );
    const link = document.createElement("a");
    link.href = URL.createObjectURL(text as unknown as Blob);
    link.download = `${track.kind}.${track.language}.vtt`;
    link.click();
    URL.revokeObjectURL(link.href);
  } catch {
    toast.error(words.downloadFailed);
  }
}
