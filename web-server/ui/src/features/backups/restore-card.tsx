import { useQuery } from "@tanstack/react-query";
import { CopyButton } from "@/components/copy-button";
import { Card, CardTitle } from "@/components/ui/card";
import { nodesQuery } from "@/features/cluster/use-cluster";
import { strings } from "@/strings";

const words = strings.backups.restore;
const FOLDER = "./restored";

/** What to type when there is no such page any more. */
export function RestoreCard({ older = "ID" }: { older?: string | undefined }) {
  const { data: nodes } = useQuery({ ...nodesQuery, refetchInterval: false });
  const node = nodes?.find(({ health }) => health === "UP")?.address ?? "HOST:PORT";
  const restore = `./tritontube admin --key-file ${FOLDER}/admin.key restore`;
  const [stop, start, newest] = words.steps;
  return (
    <Card className="grid grid-cols-1 gap-4" aria-labelledby="restore">
      <div>
        <CardTitle id="restore">{words.title}</CardTitle>
        <p className="mt-1 text-sm text-pretty text-muted">{words.text}</p>
      </div>
      <ol className="grid list-decimal grid-cols-1 gap-4 pl-5 text-sm marker:text-muted">
        <li>{stop}</li>
        <li>
          {start}
          <Line command={`./tritontube web --data ${FOLDER} --nodes ${node}`} />
        </li>
        <li>
          {newest}
          <Line command={restore} />
          <p className="mt-3">{words.older}</p>
          <Line command={`${restore} --backup ${older}`} />
        </li>
      </ol>
      <p className="text-sm text-pretty text-muted">{words.after}</p>
    </Card>
  );
}

function Line({ command }: { command: string }) {
  return (
    <div className="mt-2 flex flex-wrap items-start gap-2">
      <code className="min-w-0 flex-1 basis-72 rounded-lg bg-surface-2 px-3 py-2.5 text-xs wrap-anywhere">
        {command}
      </code>
      <CopyButton text={command} label={words.copy} />
    </div>
  );
}
