import { ScrollText } from "lucide-react";
import { EmptyState, ErrorState } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { formatDateTime } from "@/lib/format";
import { strings } from "@/strings";
import { useAudit } from "./use-users";

const words = strings.users;

/** What administrators changed. */
export function AuditList() {
  const list = useAudit();
  const entries = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.isPending) {
    return <Skeleton className="h-96 rounded-2xl" />;
  }
  if (list.isError && list.data === undefined) {
    return <ErrorState error={list.error} onRetry={list.refetch} />;
  }
  if (entries.length === 0) {
    return (
      <EmptyState icon={ScrollText} title={words.auditEmptyTitle} text={words.auditEmptyText} />
    );
  }
  const { auditColumns: columns } = words;
  return (
    <>
      <ul className="divide-y overflow-hidden rounded-2xl border bg-surface text-sm">
        {entries.map(({ at, actor, actorName, action, target, requestId }) => (
          <li
            key={`${requestId} ${at} ${action} ${target}`}
            className="grid gap-x-4 gap-y-0.5 px-4 py-3 md:grid-cols-[11rem_minmax(0,3fr)_minmax(0,2fr)_minmax(0,3fr)]"
          >
            <Part name={columns.at}>
              <time dateTime={at} className="text-muted tabular-nums">
                {formatDateTime(at)}
              </time>
            </Part>
            <Part name={columns.actor}>
              <span title={actor} className="wrap-anywhere">
                {actorName}
              </span>
            </Part>
            <Part name={columns.action}>
              <span className="font-medium wrap-anywhere">{action}</span>
            </Part>
            <Part name={columns.target}>
              <span
                className="font-mono text-xs break-all"
                title={`${columns.request}: ${requestId}`}
              >
                {target}
              </span>
            </Part>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="mt-4 text-center">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {words.more}
          </Button>
        </div>
      )}
    </>
  );
}

function Part({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <span className="sr-only">{name}: </span>
      {children}
    </div>
  );
}
