import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { answer, api } from "@/api/client";
import { followStream } from "@/api/stream";
import type { ClusterChange, StorageNode } from "@/api/types";

const NODES_MILLIS = 5000;
const STATUS_MILLIS = 15_000;
const CHANGE_MILLIS = 2000;
const PATH = "/api/v1/cluster/events";

export const nodesQuery = queryOptions({
  queryKey: ["cluster", "nodes"],
  queryFn: async ({ signal }) =>
    (await answer(api.GET("/api/v1/cluster/nodes", { signal }))).nodes as StorageNode[],
  // What events do not bring, because none arrive.
  refetchInterval: NODES_MILLIS,
});

const ringQuery = queryOptions({
  queryKey: ["cluster", "ring"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/cluster/ring", { signal })),
  staleTime: 60_000,
});

const statusQuery = queryOptions({
  queryKey: ["cluster", "status"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/cluster/status", { signal })),
  refetchInterval: STATUS_MILLIS,
});

export const changeQuery = (id: string | null) =>
  queryOptions({
    queryKey: ["cluster", "change", id],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/cluster/changes/{id}", { params: { path: { id: id ?? "" } }, signal }),
      ),
    enabled: id !== null,
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && data.finishedAt !== null ? false : CHANGE_MILLIS,
    meta: { quiet: true },
  });

/** Nodes, ring and status, as they are now. */
export function useCluster() {
  return { nodes: useQuery(nodesQuery), ring: useQuery(ringQuery), status: useQuery(statusQuery) };
}

/** Keeps what is known of the cluster as it is, and tells of changes of the ring. */
export function useClusterEvents(onChange: (change: ClusterChange) => void): void {
  const queries = useQueryClient();
  useEffect(() => {
    const takeChange = (change: ClusterChange) => {
      queries.setQueryData(changeQuery(change.id).queryKey, change);
      onChange(change);
      if (change.finishedAt !== null) {
        void queries.invalidateQueries({ queryKey: ["cluster"] });
      }
    };
    return followStream({
      path: PATH,
      types: ["state", "layout", "nodes", "change"],
      onMessage: (type, message) => {
        const data = JSON.parse(message.data);
        switch (type) {
          case "state":
            queries.setQueryData(nodesQuery.queryKey, data.nodes);
            void queries.invalidateQueries({ queryKey: ringQuery.queryKey });
            if (data.change !== null) {
              takeChange(data.change);
            }
            break;
          case "layout":
            void queries.invalidateQueries({ queryKey: ringQuery.queryKey });
            void queries.invalidateQueries({ queryKey: statusQuery.queryKey });
            break;
          case "nodes":
            queries.setQueryData(nodesQuery.queryKey, data.nodes);
            break;
          case "change":
            takeChange(data);
            break;
        }
      },
    });
  }, [queries, onChange]);
}
