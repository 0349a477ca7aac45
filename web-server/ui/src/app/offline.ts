import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Problem } from "@/api/problem";

/** Whether the last that was heard of the server is that it cannot be reached. */
export function useOffline(): boolean {
  const cache = useQueryClient().getQueryCache();
  const [offline, setOffline] = useState(false);
  useEffect(
    () =>
      cache.subscribe((event) => {
        if (event.type !== "updated") {
          return;
        }
        const { action } = event;
        if (action.type === "success" && !action.manual) {
          setOffline(false);
        } else if (action.type === "failed" || action.type === "error") {
          setOffline(action.error instanceof Problem && action.error.status === 0);
        }
      }),
    [cache],
  );
  return offline;
}
