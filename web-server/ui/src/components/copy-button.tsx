import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { strings } from "@/strings";

const COPIED_MILLIS = 2000;

/** Copies a text, and says that it did. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <Button
      onClick={async () => {
        await copy(text);
        setCopied(true);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setCopied(false), COPIED_MILLIS);
      }}
    >
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span aria-live="polite">{copied ? strings.actions.copied : label}</span>
    </Button>
  );
}

/** Also where a page came without TLS, from another machine: there browsers have no clipboard. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = document.createElement("textarea");
  field.value = text;
  const dialog = document.querySelector("[role=dialog]") ?? document.body;
  dialog.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
