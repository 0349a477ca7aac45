import { X } from "lucide-react";
import { AlertDialog as Alert, Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { strings } from "@/strings";
import { Button } from "./button";
import { useOpener } from "./opener";

const OVERLAY =
  "fixed inset-0 z-50 bg-black/50 backdrop-blur-[2px] data-[state=open]:animate-fade-in";
const PANEL =
  "fixed inset-x-4 top-1/2 z-50 mx-auto grid max-h-[calc(100dvh-2rem)] max-w-lg -translate-y-1/2 gap-4 overflow-y-auto rounded-2xl border bg-surface p-6 shadow-pop outline-none data-[state=open]:animate-fade-in";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  /** Where its size is to be another one. */
  className?: string;
  children?: ReactNode;
};

/** The second press of a double click beside a dialog that shrank would take a key that is shown once. */
function stay(event: Event) {
  event.preventDefault();
}

/** A modal dialog. It closes by Escape and by its cross, and gives the focus back. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  className,
  children,
}: DialogProps) {
  const opener = useOpener();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content
          className={cn(PANEL, className)}
          onPointerDownOutside={stay}
          {...opener}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <div className="pr-8">
            <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
            {description && (
              <Radix.Description className="mt-1 text-sm text-muted">
                {description}
              </Radix.Description>
            )}
          </div>
          {children}
          <Radix.Close asChild>
            <Button
              variant="ghost"
              size="icon-sm"
              className="absolute top-4 right-4"
              aria-label={strings.actions.close}
            >
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2 pt-2">{children}</div>;
}

type ConfirmProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  /** What the button that does it says. */
  action: string;
  /** What the way out says, where “Cancel” could be taken for the other one. */
  keep?: string;
  danger?: boolean;
  busy?: boolean;
  /** The dialog stays open until who opened it closes it. */
  onConfirm: () => void;
  children?: ReactNode;
};

/** Asks before something is done. The focus is on the way out. */
export function ConfirmDialog(props: ConfirmProps) {
  const opener = useOpener();
  return (
    <Alert.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Alert.Portal>
        <Alert.Overlay className={OVERLAY} />
        <Alert.Content className={PANEL} {...opener}>
          <div>
            <Alert.Title className="text-lg font-semibold">{props.title}</Alert.Title>
            <Alert.Description asChild>
              <div className="mt-1 text-sm text-muted">{props.description}</div>
            </Alert.Description>
          </div>
          {props.children}
          <DialogActions>
            <Alert.Cancel asChild>
              <Button>{props.keep ?? strings.actions.cancel}</Button>
            </Alert.Cancel>
            <Button
              variant={props.danger ? "danger" : "primary"}
              busy={props.busy ?? false}
              onClick={props.onConfirm}
            >
              {props.action}
            </Button>
          </DialogActions>
        </Alert.Content>
      </Alert.Portal>
    </Alert.Root>
  );
}
