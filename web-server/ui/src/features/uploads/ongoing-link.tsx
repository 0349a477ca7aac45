import { Link } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { strings } from "@/strings";
import { useOngoing } from "./ongoing";

const RADIUS = 15.5;

/** In the frame, while something uploads: how far it is, and the way there. As small as a button, for phones. */
export function OngoingLink() {
  const { count, percent, stuck } = useOngoing();
  if (count === 0) {
    return null;
  }
  const text = stuck
    ? strings.uploads.ongoingStuck(count)
    : strings.uploads.ongoing(count, percent);
  return (
    <Button asChild variant="ghost" size="icon" className="relative rounded-full">
      <Link to="/upload" title={text}>
        <Ring percent={percent} />
        {stuck ? (
          <TriangleAlert className="text-on-warning-soft" aria-hidden />
        ) : (
          <span className="text-[0.6875rem] font-semibold tabular-nums" aria-hidden>
            {percent}%
          </span>
        )}
        <span className="sr-only">{text}</span>
      </Link>
    </Button>
  );
}

function Ring({ percent }: { percent: number }) {
  return (
    <svg
      viewBox="0 0 40 40"
      fill="none"
      strokeWidth="3"
      className="absolute inset-0 size-full!"
      aria-hidden="true"
    >
      <circle cx="20" cy="20" r={RADIUS} className="stroke-border" />
      <circle
        cx="20"
        cy="20"
        r={RADIUS}
        pathLength="100"
        strokeDasharray={`${percent} 100`}
        transform="rotate(-90 20 20)"
        className="stroke-primary"
      />
    </svg>
  );
}
