import { Share2 } from "lucide-react";
import { useState } from "react";
import type { Video } from "@/api/types";
import { CopyButton } from "@/components/copy-button";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Textarea } from "@/components/ui/field";
import { formatDuration } from "@/lib/format";
import { strings } from "@/strings";
import { embedCode, watchAddress } from "./addresses";

type Props = {
  video: Video;
  /** Where one is in it, in seconds. */
  time: number;
};

export function ShareButton({ video, time }: Props) {
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const [fromThere, setFromThere] = useState(false);
  const link = watchAddress(location.origin, video.id, fromThere ? at : 0);

  return (
    <>
      <Button
        onClick={() => {
          setAt(time);
          setFromThere(false);
          setOpen(true);
        }}
      >
        <Share2 aria-hidden /> {strings.watch.share}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={strings.watch.shareTitle}
        description={
          video.visibility === "private"
            ? strings.watch.privateShare
            : video.visibility === "unlisted"
              ? strings.watch.unlistedShare
              : undefined
        }
      >
        <Field label={strings.watch.link}>
          {(control) => (
            <div className="flex gap-2">
              <Input
                {...control}
                readOnly
                value={link}
                onFocus={(event) => event.target.select()}
              />
              <CopyButton text={link} label={strings.watch.copyLink} />
            </div>
          )}
        </Field>
        {at > 0 && (
          // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox within is the control
          <label className="flex items-center gap-2.5 text-sm">
            <Checkbox
              checked={fromThere}
              onCheckedChange={(checked) => setFromThere(checked === true)}
            />
            {strings.watch.startAt(formatDuration(at))}
          </label>
        )}
        {video.visibility !== "private" && (
          <Field label={strings.watch.embedCode}>
            {(control) => (
              <div className="grid gap-2">
                <Textarea
                  {...control}
                  readOnly
                  className="min-h-20 font-mono text-xs sm:text-xs"
                  value={embedCode(location.origin, video, fromThere ? at : 0)}
                  onFocus={(event) => event.target.select()}
                />
                <CopyButton
                  text={embedCode(location.origin, video, fromThere ? at : 0)}
                  label={strings.watch.copyCode}
                />
              </div>
            )}
          </Field>
        )}
        {"share" in navigator && (
          <Button
            onClick={() =>
              void navigator.share({ title: video.title, url: link }).catch(() => undefined)
            }
          >
            <Share2 aria-hidden /> {strings.watch.system}
          </Button>
        )}
      </Dialog>
    </>
  );
}
