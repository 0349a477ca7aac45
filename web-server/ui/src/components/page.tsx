import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "@/lib/cn";
import { strings } from "@/strings";

/** The title of the window while a page is shown; as long as it is not known, what it was. */
export function usePageTitle(title: string | null): void {
  useEffect(() => {
    if (title !== null) {
      document.title = `${title} - ${strings.name}`;
    }
  }, [title]);
}

let first = true;

/** The heading takes the focus when one came to the page from another one, as a page load would. */
export function useHeadingFocus() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!first) {
      heading.current?.focus({ preventScroll: true });
    }
    first = false;
  }, []);
  return heading;
}

type Props = {
  title: string;
  text?: ReactNode;
  actions?: ReactNode;
  /** How wide it becomes at most: forms are narrow. */
  width?: "narrow" | "wide" | "full";
  children: ReactNode;
};

/** A page with its heading. */
export function Page({ title, text, actions, width = "wide", children }: Props) {
  usePageTitle(title);
  const heading = useHeadingFocus();
  return (
    <div
      className={cn(
        "mx-auto w-full px-4 py-6 sm:px-6 sm:py-8",
        { narrow: "max-w-3xl", wide: "max-w-7xl", full: "max-w-screen-2xl" }[width],
      )}
    >
      <div className="mb-6 flex flex-wrap items-end justify-between gap-4 sm:flex-nowrap">
        <div className="min-w-0">
          <h1
            ref={heading}
            tabIndex={-1}
            data-page-heading
            className="text-2xl font-semibold tracking-tight"
          >
            {title}
          </h1>
          {text && <p className="mt-1 text-sm text-pretty text-muted">{text}</p>}
        </div>
        {actions && <div className="flex shrink-0 flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
