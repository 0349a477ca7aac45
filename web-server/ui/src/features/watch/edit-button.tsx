import { Pencil } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Video } from "@/api/types";
import { Button } from "@/components/ui/button";
import { useMayChange } from "@/features/videos/use-own-videos";
import { strings } from "@/strings";

const EditDialog = lazy(async () => ({
  default: (await import("@/features/videos/edit-dialog")).EditDialog,
}));

/** Lets who may change a video say something else of it, where one watches it. */
export function EditButton({ video }: { video: Video }) {
  const [editing, setEditing] = useState(false);
  const mayChange = useMayChange(video);
  if (!mayChange) {
    return null;
  }
  return (
    <>
      <Button onClick={() => setEditing(true)}>
        <Pencil aria-hidden /> {strings.actions.edit}
      </Button>
      {editing && (
        <Suspense>
          <EditDialog video={video} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </>
  );
}
