import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { answer, api } from "@/api/client";
import type { ApiKey } from "@/api/types";
import { Page } from "@/components/page";
import { EmptyState, ErrorState } from "@/components/states";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { formatDate, formatRelative } from "@/lib/format";
import { strings } from "@/strings";
import { AccountTabs } from "./account-tabs";
import { CreateKeyDialog } from "./create-key";

const { keys } = strings;
const QUERY = ["keys"];

export function KeysPage() {
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <Page
      title={strings.account.title}
      width="narrow"
      actions={
        <Button variant="primary" onClick={() => setCreating(true)}>
          <Plus aria-hidden /> {keys.create}
        </Button>
      }
    >
      <AccountTabs />
      <p className="mt-4 text-sm text-muted">{keys.text}</p>
      <Keys onRevoke={setRevoking} onCreate={() => setCreating(true)} />
      <CreateKeyDialog open={creating} onOpenChange={setCreating} />
      <RevokeDialog apiKey={revoking} onClose={() => setRevoking(null)} />
    </Page>
  );
}

function Keys({ onRevoke, onCreate }: { onRevoke: (key: ApiKey) => void; onCreate: () => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: QUERY,
    queryFn: ({ signal }) => answer(api.GET("/api/v1/auth/keys", { signal })),
  });
  if (error !== null && data === undefined) {
    return <ErrorState title={keys.failed} error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return (
      <div className="mt-4 grid gap-3" role="status" aria-label={strings.states.loading}>
        <Skeleton className="h-20 rounded-xl" />
        <Skeleton className="h-20 rounded-xl" />
      </div>
    );
  }
  if (data.items.length === 0) {
    return (
      <EmptyState icon={KeyRound} title={keys.emptyTitle} text={keys.emptyText}>
        <Button onClick={onCreate}>{keys.create}</Button>
      </EmptyState>
    );
  }
  return (
    <ul aria-label={keys.list} className="mt-4 grid gap-3">
      {data.items.map((key) => (
        <KeyCard key={key.id} apiKey={key} onRevoke={() => onRevoke(key)} />
      ))}
    </ul>
  );
}

function KeyCard({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { name, scopes, createdAt, lastUsedAt, expiresAt } = apiKey;
  const expired = expiresAt !== null && Date.parse(expiresAt) < Date.now();
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 rounded-xl border bg-surface p-4">
      <div className="min-w-0 flex-1 basis-60">
        <h2 dir="auto" className="font-medium break-words">
          {name}
        </h2>
        <div className="mt-1.5 flex flex-wrap gap-1">
          {scopes.map((scope) => (
            <Badge key={scope} tone="primary">
              {keys.scopeNames[scope][0]}
            </Badge>
          ))}
          {expired && <Badge tone="danger">{keys.expired}</Badge>}
        </div>
        <dl className="mt-2.5 flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted">
          <Fact name={keys.columns.created} value={formatDate(createdAt)} />
          <Fact
            name={keys.columns.used}
            value={lastUsedAt === null ? keys.neverUsed : formatRelative(lastUsedAt)}
          />
          <Fact
            name={keys.columns.expires}
            value={expiresAt === null ? keys.never : formatDate(expiresAt)}
          />
        </dl>
      </div>
      <Button size="sm" className="text-danger" aria-label={keys.revokeOf(name)} onClick={onRevoke}>
        {keys.revoke}
      </Button>
    </li>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex gap-1.5">
      <dt>{name}:</dt>
      <dd className="text-foreground">{value}</dd>
    </div>
  );
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/v1/auth/keys/{id}", { params: { path: { id } } })),
    onSuccess: () => {
      toast.success(keys.revoked);
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: QUERY }),
  });
  return (
    <ConfirmDialog
      open={apiKey !== null}
      onOpenChange={(open) => !open && onClose()}
      title={keys.revokeTitle}
      description={keys.revokeText(apiKey?.name ?? "")}
      action={keys.revoke}
      danger
      busy={revoke.isPending}
      onConfirm={() => apiKey !== null && revoke.mutate(apiKey.id)}
    />
  );
}
