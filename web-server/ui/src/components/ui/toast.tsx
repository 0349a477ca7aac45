import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { type ReactNode, useSyncExternalStore } from "react";
import { cn } from "@/lib/cn";
import { strings } from "@/strings";

type Kind = "success" | "error" | "info";
type ToastAction = { label: string; run: () => void };
type More = { detail?: string; action?: ToastAction; picture?: ReactNode };
type Toast = More & { id: number; kind: Kind; text: string };

const MAX_TOASTS = 4;
const MILLIS = { success: 5000, info: 6000, error: 12_000 };
const ICONS = { success: CircleCheck, error: CircleAlert, info: Info };

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) {
    listener();
  }
}

function show(kind: Kind, text: string, more: More = {}): void {
  // The same again is the same.
  const others = toasts.filter((each) => each.text !== text || each.detail !== more.detail);
  change([...others, { id: ++lastId, kind, text, ...more }].slice(-MAX_TOASTS));
}

/** Short words on what was done or went wrong, which go away by themselves. */
export const toast = {
  success: (text: string, more?: More) => show("success", text, more),
  info: (text: string, more?: More) => show("info", text, more),
  error: (text: string, more?: More) => show("error", text, more),
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toaster() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <Radix.Provider swipeDirection="right" label={strings.toasts.label}>
      {shown.map((each) => (
        <ToastCard key={each.id} {...each} />
      ))}
      <Radix.Viewport
        label={strings.toasts.region}
        className="fixed right-0 bottom-0 z-60 grid w-full max-w-sm gap-2 p-4 outline-none max-sm:[:root:has([data-offline])_&]:bottom-16"
      />
    </Radix.Provider>
  );
}

function ToastCard({ id, kind, text, detail, action, picture }: Toast) {
  const Icon = ICONS[kind];
  return (
    <Radix.Root
      type={kind === "error" ? "foreground" : "background"}
      duration={MILLIS[kind]}
      onOpenChange={(open) => !open && change(toasts.filter((each) => each.id !== id))}
      className="flex items-start gap-3 rounded-xl border bg-surface p-3.5 shadow-pop data-[state=open]:animate-slide-in data-[state=closed]:animate-fade-out data-[swipe=move]:translate-x-(--radix-toast-swipe-move-x)"
    >
      <Icon
        aria-hidden
        className={cn(
          "mt-0.5 size-4.5 shrink-0",
          kind === "error" ? "text-danger" : "text-primary",
        )}
      />
      <div className="min-w-0 flex-1 text-sm">
        <Radix.Title className="font-medium break-words">{text}</Radix.Title>
        {detail && (
          <Radix.Description className="mt-0.5 break-words text-muted">{detail}</Radix.Description>
        )}
        {action && (
          <Radix.Action altText={action.label} asChild>
            <button
              type="button"
              onClick={action.run}
              className="mt-1.5 font-medium text-primary underline-offset-4 hover:underline pointer-coarse:-mb-2.5 pointer-coarse:mt-0 pointer-coarse:min-w-10 pointer-coarse:py-2.5 text-left"
            >
              {action.label}
            </button>
          </Radix.Action>
        )}
      </div>
      {picture}
      <Radix.Close
        aria-label={strings.actions.close}
        className="-m-1.5 grid size-7 place-items-center rounded-md text-muted hover:text-foreground pointer-coarse:-m-2.5 pointer-coarse:size-10"
      >
        <X className="size-4" aria-hidden />
      </Radix.Close>
    </Radix.Root>
  );
}
