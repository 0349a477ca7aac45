import { Download } from "lucide-react";
import { useState } from "react";
import { answer, api } from "@/api/client";
import type { Video } from "@/api/types";
import { wordsOf } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { strings } from "@/strings";

const words = strings.watch;

/** The file as it was uploaded, or one of its renditions when all of it is made. */
export function DownloadButton({ video }: { video: Video }) {
  const [busy, setBusy] = useState(false);
  const isPrivate = video.visibility === "private";
  /** By an address that opens by itself: what browsers download, they ask for without headers. */
  const open = async (representation?: string) => {
    setBusy(true);
    try {
      const query = representation === undefined ? {} : { representation };
      const { url } = await answer(
        api.GET("/api/v1/videos/{id}/download-url", {
          params: { path: { id: video.id }, query },
        }),
      );
      location.assign(url);
    } catch (problem) {
      toast.error(words.downloadFailed, { detail: wordsOf(problem) });
    } finally {
      setBusy(false);
    }
  };
  const item = (name: string, address: string, representation?: string) =>
    isPrivate ? (
      <MenuItem key={name} onSelect={() => void open(representation)}>
        {name}
      </MenuItem>
    ) : (
      <MenuItem key={name} asChild>
        <a href={address} download>
          {name}
        </a>
      </MenuItem>
    );
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button busy={busy}>
          <Download aria-hidden /> {words.download}
        </Button>
      </MenuTrigger>
      <MenuContent>
        {item(words.downloadOriginal, video.links.original)}
        {video.status === "COMPLETED" && (
          <>
            <MenuSeparator />
            {[...video.renditions]
              .reverse()
              .map(({ name, width, height }) =>
                item(
                  words.downloadRendition(name, width ?? undefined, height ?? undefined),
                  `${video.links.self}/download?representation=${encodeURIComponent(name)}`,
                  name,
                ),
              )}
          </>
        )}
      </MenuContent>
    </Menu>
  );
}
