import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

export function Card({ className, ...rest }: ComponentProps<"section">) {
  return (
    <section className={cn("rounded-2xl border bg-surface p-5 sm:p-6", className)} {...rest} />
  );
}

export function CardTitle({ className, children, ...rest }: ComponentProps<"h2">) {
  return (
    <h2 className={cn("text-base font-semibold", className)} {...rest}>
      {children}
    </h2>
  );
}
