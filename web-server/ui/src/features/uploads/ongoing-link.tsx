import { Link } from "@tanstack/react-router";
import { CloudUpload, TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { strings } from "@/strings";
import { useOngoing } from "./ongoing";

/** In the frame, while something uploads: how far it is, and the way there. */
export function OngoingLink() {
  const { count, percent, stuck } = useOngoing();
  if (count === 0) {
    return null;
  }
  const text = stuck
    ? strings.uploads.ongoingStuck(count)
    : strings.uploads.ongoing(count, percent);
  return (
    <Button asChild variant="ghost" className="px-2 tabular-nums">
      <Link to="/upload" title={text}>
        {stuck ? <TriangleAlert aria-hidden /> : <CloudUpload aria-hidden />}
        <span className="w-[4ch] text-right" aria-hidden>
          {percent}%
        </span>
        <span className="sr-only">{text}</span>
      </Link>
    </Button>
  );
}
