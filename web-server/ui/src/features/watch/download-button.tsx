import { Download } from "lucide-react";
import { useState } from "react";
import { answer, api } from "@/api/client";
import type { Video } from "@/api/types";
import { wordsOf } from "@/components/states";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { strings } from "@/strings";

/** The file as it was uploaded. */
export function DownloadButton({ video }: { video: Video }) {
  const [busy, setBusy] = useState(false);
  const content = (
    <>
      <Download aria-hidden /> {strings.watch.download}
    </>
  );
  if (video.visibility !== "private") {
    return (
      <Button asChild>
        <a href={video.links.original} download>
          {content}
        </a>
      </Button>
    );
  }
  return (
    <Button
      busy={busy}
      onClick={async () => {
        setBusy(true);
        try {
          const { url } = await answer(
            api.GET("/api/v1/videos/{id}/download-url", { params: { path: { id: video.id } } }),
          );
          location.assign(url);
        } catch (problem) {
          toast.error(strings.watch.downloadFailed, { detail: wordsOf(problem) });
        } finally {
          setBusy(false);
        }
      }}
    >
      {content}
    </Button>
  );
}
