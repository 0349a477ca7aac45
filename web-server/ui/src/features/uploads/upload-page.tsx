import { CloudUpload, ShieldAlert } from "lucide-react";
import { type DragEvent, type ReactNode, useState } from "react";
import type { User } from "@/api/types";
import { mayUpload, useUser } from "@/auth/use-session";
import { Page } from "@/components/page";
import { EmptyState } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { toast } from "@/components/ui/toast";
import { STANDARD } from "@/features/videos/details";
import { useVideoEvents } from "@/features/videos/use-video-events";
import { cn } from "@/lib/cn";
import { formatBytes, formatFacts, formatTimeLeft } from "@/lib/format";
import { strings } from "@/strings";
import { FilePicker } from "./file-picker";
import { fingerprint } from "./fingerprint";
import { ProfileChoice } from "./profile-choice";
import { UploadCard } from "./upload-card";
import type { Item } from "./upload-queue";
import { totals, uploads, useUploads } from "./uploads";

const words = strings.uploads;

export function UploadPage() {
  const user = useUser();
  if (user === null || !mayUpload(user)) {
    return (
      <Page title={words.title} width="narrow">
        <EmptyState icon={ShieldAlert} title={words.forbiddenTitle} text={words.forbiddenText} />
      </Page>
    );
  }
  return <Uploading user={user} />;
}

function Uploading({ user }: { user: User }) {
  const items = useUploads();
  useVideoEvents(items.some(({ video }) => video !== null));
  const unfinished = items.filter(({ state }) => state === "missing");
  const others = items.filter(({ state }) => state !== "missing");
  const [profile, setProfile] = useState(STANDARD);
  const add = (files: File[]) => void addAll(files, user, profile);
  return (
    <Page title={words.title} text={words.text} width="narrow">
      <DropZone
        small={items.length > 0}
        onFiles={add}
        choice={<ProfileChoice user={user} profile={profile} onChange={setProfile} />}
      >
        {others.length > 0 && (
          <section aria-labelledby="uploads" className="grid grid-cols-1 gap-4">
            <h2 id="uploads" className="sr-only">
              {words.list}
            </h2>
            <Summary items={others} />
            <Cards items={others} />
          </section>
        )}
        {unfinished.length > 0 && (
          <section aria-labelledby="unfinished" className="grid grid-cols-1 gap-4">
            <div>
              <h2 id="unfinished" className="font-semibold">
                {words.unfinishedTitle}
              </h2>
              <p className="text-sm text-pretty text-muted">{words.unfinishedText}</p>
            </div>
            <Cards items={unfinished} />
          </section>
        )}
      </DropZone>
    </Page>
  );
}

function Cards({ items }: { items: readonly Item[] }) {
  return (
    <ul className="grid grid-cols-1 gap-3">
      {items.map((item) => (
        <UploadCard
          key={item.id}
          item={item}
          open={items.length === 1 && item.state !== "missing"}
          onFile={(file) => void provide(item, file)}
        />
      ))}
    </ul>
  );
}

/** All at once, so that those that came together look alike. */
async function addAll(files: File[], user: User, profile: string): Promise<void> {
  const read = await Promise.allSettled(files.map(fingerprint));
  files.forEach((file, i) => {
    const outcome = read[i];
    if (file.size === 0) {
      toast.error(words.empty(file.name), { detail: words.emptyDetail });
    } else if (outcome?.status === "fulfilled") {
      uploads.add(file, outcome.value, user.id, "public", profile);
    } else {
      toast.error(words.unreadable(file.name), { detail: words.unreadableDetail });
    }
  });
}

async function provide(item: Item, file: File): Promise<void> {
  const same = await fingerprint(file).catch(() => "");
  if (!uploads.provide(item.id, file, same)) {
    toast.error(words.otherFile, { detail: words.otherFileDetail(item.name) });
  }
}

type DropProps = {
  small: boolean;
  onFiles: (files: File[]) => void;
  /** What is to be chosen before. */
  choice: ReactNode;
  children: ReactNode;
};

/** Files can be dropped anywhere on it. */
function DropZone({ small, onFiles, choice, children }: DropProps) {
  const [depth, setDepth] = useState(0);
  const over = depth > 0;
  const withFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button within does the same
    <div
      data-drop-zone
      className="grid min-h-[60dvh] grid-cols-1 content-start gap-6"
      onDragEnter={(event) => withFiles(event) && setDepth(depth + 1)}
      onDragLeave={(event) => withFiles(event) && setDepth(Math.max(0, depth - 1))}
      onDragOver={(event) => withFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        setDepth(0);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <div
        className={cn(
          "grid place-items-center rounded-2xl border-2 border-dashed px-4 text-center transition-colors",
          small ? "gap-2 py-6" : "gap-3 py-16 sm:py-24",
          over ? "border-primary bg-primary-soft" : "border-border-strong/60",
        )}
      >
        <CloudUpload
          className={cn("text-primary", small ? "size-8" : "size-12")}
          strokeWidth={1.5}
          aria-hidden
        />
        <p className="font-medium">
          <span className="pointer-coarse:hidden">{over ? words.dropNow : words.drop}</span>
          <span className="hidden pointer-coarse:inline">{words.pick}</span>
        </p>
        <FilePicker
          many
          variant="primary"
          size={small ? "md" : "lg"}
          text={words.choose}
          onFiles={onFiles}
        />
        <p className="max-w-sm text-sm text-pretty text-muted">{words.kinds}</p>
        {choice}
      </div>
      {children}
    </div>
  );
}

/** All of them together. */
function Summary({ items }: { items: readonly Item[] }) {
  const taken = items.filter(({ state }) => state !== "refused");
  const open = taken.filter(({ state }) => state !== "sent");
  const { sent, size, bytesPerSecond } = totals(taken);
  const going = open.filter(({ state }) => state !== "paused");
  const resting = open.filter(({ state }) => state === "paused");
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="flex-1 basis-48 text-sm tabular-nums">
          <span className="font-semibold">{words.all(open.length, taken.length)}</span>{" "}
          <span className="text-muted">
            {formatFacts(
              open.length > 0 && words.sentOf(formatBytes(sent), formatBytes(size)),
              bytesPerSecond > 0 && `${formatBytes(bytesPerSecond)}/s`,
              bytesPerSecond > 0 && words.left(formatTimeLeft((size - sent) / bytesPerSecond)),
            )}
          </span>
        </p>
        <div className="flex gap-2">
          {going.length > 0 && (
            <Button size="sm" onClick={() => going.forEach(({ id }) => void uploads.pause(id))}>
              {words.pauseAll}
            </Button>
          )}
          {resting.length > 0 && (
            <Button size="sm" onClick={() => resting.forEach(({ id }) => void uploads.resume(id))}>
              {words.resumeAll}
            </Button>
          )}
          {open.length < taken.length && (
            <Button
              size="sm"
              variant="ghost"
              onClick={() => {
                for (const { id, state, saving } of items) {
                  if (state === "sent" && saving === "saved") {
                    uploads.remove(id);
                  }
                }
              }}
            >
              {words.clear}
            </Button>
          )}
        </div>
      </div>
      {items.length > 1 && (
        <Progress value={size === 0 ? 0 : (sent / size) * 100} label={words.allProgress} />
      )}
    </div>
  );
}
