import { useRef } from "react";
import { Button } from "@/components/ui/button";

const ACCEPTED = "video/*,audio/*,.mkv,.mxf,.flv,.ts,.m2ts,.vob,.wmv,.asf";

type Props = {
  text: string;
  /** What it is for, where the text alone does not say. */
  label?: string;
  many?: boolean;
  /** Which files are offered; media if it is not said. */
  accept?: string;
  variant?: "primary" | "secondary";
  size?: "sm" | "md" | "lg";
  className?: string;
  onFiles: (files: File[]) => void;
};

/** A button that asks for files. */
export function FilePicker({
  text,
  label,
  many,
  accept = ACCEPTED,
  variant,
  size,
  className,
  onFiles,
}: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple={many}
        accept={accept}
        aria-label={label ?? text}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file again is a choice, too.
          event.target.value = "";
        }}
      />
      <Button
        {...(variant === undefined ? {} : { variant })}
        {...(size === undefined ? {} : { size })}
        className={className}
        aria-label={label}
        onClick={() => input.current?.click()}
      >
        {text}
      </Button>
    </>
  );
}
