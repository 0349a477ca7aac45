import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { Compass, ShieldAlert } from "lucide-react";
import { useEffect } from "react";
import { Page, usePageTitle } from "@/components/page";
import { EmptyState, ErrorState } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { strings } from "@/strings";

export function NotFoundPage() {
  usePageTitle(strings.states.notFoundTitle);
  return (
    <EmptyState
      heading="h1"
      className="min-h-[70dvh] content-center"
      icon={Compass}
      title={strings.states.notFoundTitle}
      text={strings.states.notFoundText}
    >
      <Button asChild variant="primary">
        <Link to="/">{strings.actions.goHome}</Link>
      </Button>
    </EmptyState>
  );
}

export function ForbiddenPage() {
  usePageTitle(strings.states.forbiddenTitle);
  return (
    <EmptyState
      heading="h1"
      className="min-h-[70dvh] content-center"
      icon={ShieldAlert}
      title={strings.states.forbiddenTitle}
      text={strings.states.forbiddenText}
    >
      <Button asChild variant="primary">
        <Link to="/">{strings.actions.goHome}</Link>
      </Button>
    </EmptyState>
  );
}

/** Of a page whose code is on its way. */
export function PendingPage() {
  return (
    <Page title={strings.states.loading}>
      <div className="grid gap-4" aria-busy>
        <Skeleton className="h-32" />
        <Skeleton className="h-32" />
        <Skeleton className="h-32" />
      </div>
    </Page>
  );
}

/** A page threw something: the frame stays, and one can try again. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  useEffect(() => console.error(error), [error]);
  return (
    <ErrorState
      heading="h1"
      className="min-h-[70dvh] content-center"
      title={strings.states.brokenTitle}
      error={error}
      onRetry={reset}
    />
  );
}
