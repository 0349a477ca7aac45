import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { Role, User } from "@/api/types";
import { toast } from "@/components/ui/toast";
import { strings } from "@/strings";

const PAGE = 50;

export function useUsers() {
  return useInfiniteQuery({
    queryKey: ["users"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      answer(
        api.GET("/api/v1/users", {
          params: { query: { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useAudit() {
  return useInfiniteQuery({
    queryKey: ["audit"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      answer(
        api.GET("/api/v1/admin/audit", {
          params: { query: { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

type Change = { user: User; role?: Role; disabled?: boolean };

export function useChangeUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ user, ...body }: Change) =>
      answer(api.PATCH("/api/v1/users/{id}", { params: { path: { id: user.id } }, body })),
    onSuccess: (user) => toast.success(strings.users.changed(user.username)),
    onSettled: () => queries.invalidateQueries({ queryKey: ["users"] }),
  });
}

/** Of a token that is shown once. */
export type Reset = { user: User; token: string; expiresAt: string };

export async function makeReset(user: User): Promise<Reset> {
  const reset = await answer(
    api.POST("/api/v1/users/{id}/password-reset", { params: { path: { id: user.id } } }),
  );
  return { user, ...reset };
}
