import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import type { Backup } from "@/api/types";

const WRITING_MILLIS = 1000;
const QUIET_MILLIS = 30_000;

const listQuery = queryOptions({
  queryKey: ["backups"],
  queryFn: async ({ signal }) =>
    (await answer(api.GET("/api/v1/cluster/backups", { signal }))).items,
  // Others make copies, too: the clock, other administrators, the command line.
  refetchInterval: ({ state: { data } }) =>
    data?.some(({ state }) => state === "WRITING") ? WRITING_MILLIS : QUIET_MILLIS,
});

/** Copies of the catalog, the newest first. */
export function useBackups() {
  return useQuery(listQuery);
}

/** How the copy ended that was asked for here; null as long as nobody knows. */
export type Outcome = { made: Backup | null };

/** Makes a copy, and tells what became of it: of one that fails nothing is left. */
export function useBackup() {
  const queries = useQueryClient();
  const begin = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/cluster/backups")),
    onSuccess: () => queries.invalidateQueries(listQuery),
  });
  const id = begin.data?.id;
  const { data: outcome } = useQuery({
    queryKey: ["backup", id],
    queryFn: ({ signal }) => outcomeOf(id ?? "", signal),
    enabled: id !== undefined,
    refetchInterval: ({ state: { data } }) => (data ? false : WRITING_MILLIS),
    meta: { quiet: true },
  });
  useEffect(() => {
    if (outcome) {
      void queries.invalidateQueries(listQuery);
    }
  }, [outcome, queries]);
  const writing = begin.isPending || (id !== undefined && !outcome);
  return { begin: () => begin.mutate(), writing, outcome: outcome ?? null };
}

async function outcomeOf(id: string, signal: AbortSignal): Promise<Outcome | null> {
  try {
    const copy = await answer(
      api.GET("/api/v1/cluster/backups/{id}", { params: { path: { id } }, signal }),
    );
    return copy.state === "DONE" ? { made: copy } : null;
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) {
      return { made: null };
    }
    throw problem;
  }
}
