import { CircleAlert, type LucideIcon, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Problem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { strings } from "@/strings";

/** What people are told of a failure. */
export function wordsOf(error: unknown): string {
  if (error instanceof Problem) {
    const known: Record<string, string> = strings.problems;
    return known[error.code] ?? error.detail;
  }
  return error instanceof Error && error.message ? error.message : strings.problems.unknown;
}

type EmptyProps = {
  icon: LucideIcon;
  title: string;
  text?: ReactNode;
  children?: ReactNode;
  className?: string;
  /** `h1` where this is the whole page. */
  heading?: "h1" | "h2";
};

/** There is nothing here, and what one may do about it. */
export function EmptyState(props: EmptyProps) {
  const { icon: Icon, title, text, children, className, heading: Heading = "h2" } = props;
  return (
    <div className={cn("grid place-items-center px-4 py-16 text-center", className)}>
      <div className="grid size-14 place-items-center rounded-2xl bg-primary-soft text-on-primary-soft">
        <Icon className="size-7" aria-hidden />
      </div>
      <Heading className="mt-4 text-lg font-semibold text-balance">{title}</Heading>
      {text && <p className="mt-1 max-w-md text-sm text-pretty text-muted">{text}</p>}
      {children && <div className="mt-5 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}

type ErrorProps = {
  error: unknown;
  title?: string;
  onRetry?: () => void;
  className?: string;
  /** `h1` where this is the whole page. */
  heading?: "h1" | "h2";
};

/** Something could not be shown: why, and a way to try again. */
export function ErrorState(props: ErrorProps) {
  const { error, title, onRetry, className, heading: Heading = "h2" } = props;
  const request = error instanceof Problem ? error.requestId : null;
  return (
    <div role="alert" className={cn("grid place-items-center px-4 py-16 text-center", className)}>
      <div className="grid size-14 place-items-center rounded-2xl bg-danger-soft text-on-danger-soft">
        <CircleAlert className="size-7" aria-hidden />
      </div>
      <Heading className="mt-4 text-lg font-semibold text-balance">
        {title ?? strings.states.failed}
      </Heading>
      <p className="mt-1 max-w-md text-sm break-words text-pretty text-muted">{wordsOf(error)}</p>
      {request && error instanceof Problem && error.status >= 500 && (
        <p className="mt-1 text-xs text-muted">{strings.states.request(request)}</p>
      )}
      {onRetry && (
        <Button className="mt-5" onClick={onRetry}>
          <RotateCw aria-hidden /> {strings.actions.retry}
        </Button>
      )}
    </div>
  );
}

/** In a form, above its button: what went wrong when it was sent. */
export function FormError({ error }: { error: unknown }) {
  if (!error) {
    return null;
  }
  return (
    <p role="alert" className="rounded-lg bg-danger-soft px-3 py-2.5 text-sm text-on-danger-soft">
      {wordsOf(error)}
    </p>
  );
}
