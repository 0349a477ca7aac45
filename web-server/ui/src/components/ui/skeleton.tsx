import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

/** Holds the place of what is still on its way. */
export function Skeleton({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div aria-hidden className={cn("animate-pulse rounded-md bg-border/60", className)} {...rest} />
  );
}
