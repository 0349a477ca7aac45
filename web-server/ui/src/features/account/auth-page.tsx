import type { ReactNode } from "react";
import icon from "@/assets/icon.svg";
import { useHeadingFocus, usePageTitle } from "@/components/page";
import { Card } from "@/components/ui/card";

type Props = { title: string; text: string; footer?: ReactNode; children: ReactNode };

/** A form in the middle of an otherwise empty page. */
export function AuthPage({ title, text, footer, children }: Props) {
  usePageTitle(title);
  const heading = useHeadingFocus();
  return (
    <div className="mx-auto grid w-full max-w-md content-start gap-6 px-4 py-10 sm:py-16">
      <div className="text-center">
        <img src={icon} alt="" width={48} height={48} className="mx-auto" />
        <h1
          ref={heading}
          tabIndex={-1}
          data-page-heading
          className="mt-4 text-2xl font-semibold tracking-tight"
        >
          {title}
        </h1>
        <p className="mt-1 text-sm text-muted">{text}</p>
      </div>
      <Card>{children}</Card>
      {footer && <div className="text-center text-sm text-muted">{footer}</div>}
    </div>
  );
}
