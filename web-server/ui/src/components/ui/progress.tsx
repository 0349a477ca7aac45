import { Progress as Radix } from "radix-ui";
import { cn } from "@/lib/cn";

type Props = {
  /** 0 to 100; null when nobody can tell. */
  value: number | null;
  label: string;
  className?: string;
};

export function Progress({ value, label, className }: Props) {
  return (
    <Radix.Root
      value={value}
      aria-label={label}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-border", className)}
    >
      <Radix.Indicator
        className={cn(
          "h-full w-full origin-left rounded-full bg-primary transition-transform duration-500 ease-out",
          value === null && "animate-pulse",
        )}
        style={{ transform: `scaleX(${(value ?? 100) / 100})` }}
      />
    </Radix.Root>
  );
}
