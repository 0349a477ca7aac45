import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps, MouseEvent } from "react";
import { cn } from "@/lib/cn";

export const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-lg font-medium whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:opacity-55 aria-busy:cursor-progress [&_svg]:size-[1.15em] [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-primary text-on-primary hover:bg-primary-hover",
        secondary: "border bg-surface text-foreground hover:bg-surface-2",
        ghost: "text-foreground hover:bg-surface-2",
        danger: "bg-danger text-white hover:brightness-95 dark:text-on-primary",
        link: "text-primary underline-offset-4 hover:underline",
      },
      size: {
        sm: "h-8 px-3 text-sm pointer-coarse:h-10",
        md: "h-10 px-4 text-sm",
        lg: "h-11 px-5 text-base",
        icon: "size-10 text-lg",
        "icon-sm": "size-8 text-base pointer-coarse:size-10",
      },
    },
    compoundVariants: [
      {
        variant: "link",
        class: "h-auto px-0 pointer-coarse:-my-2.5 pointer-coarse:h-auto pointer-coarse:py-2.5",
      },
    ],
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type Props = ComponentProps<"button"> &
  VariantProps<typeof buttonVariants> & {
    /** The only child is the element, such as a link. */
    asChild?: boolean;
    /** Something is under way: shown by a spinner, and it cannot be pressed again. */
    busy?: boolean;
  };

/** A double click sends a form once, also where the answer to the first click is there already. */
function once(event: MouseEvent<HTMLButtonElement>) {
  if (event.currentTarget.type === "submit" && event.detail > 1) {
    event.preventDefault();
  }
}

export function Button({ className, variant, size, asChild, busy, children, ...rest }: Props) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      onClick={once}
      className={classes}
      {...rest}
      aria-busy={busy || undefined}
      disabled={busy || rest.disabled}
    >
      {busy && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  );
}
