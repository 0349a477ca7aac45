import { X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { ControlProps } from "@/components/ui/field";
import { Input } from "@/components/ui/field";
import { strings } from "@/strings";

const MAX_TAGS = 30;
const MAX_TAG = 50;

type Props = {
  control: ControlProps;
  tags: readonly string[];
  /** Where they are not to be added. */
  placeholder?: string;
  onChange: (tags: string[]) => void;
};

/** Tags, each a chip; Enter or a comma makes one of what was typed, Backspace takes the last one away. */
export function TagInput({ control, tags, placeholder, onChange }: Props) {
  const [typed, setTyped] = useState("");
  const afterPress = useAfterPress();

  function take(text: string) {
    const more = text
      .split(",")
      .map((tag) => tag.trim().slice(0, MAX_TAG))
      .filter((tag) => tag !== "");
    setTyped("");
    if (more.length > 0) {
      onChange([...new Set([...tags, ...more])].slice(0, MAX_TAGS));
    }
  }

  return (
    <div className="grid gap-2">
      {tags.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <li
              key={tag}
              className="inline-flex max-w-full items-center gap-1 rounded-full bg-primary-soft py-0.5 pr-1 pl-2.5 text-sm text-on-primary-soft"
            >
              <span dir="auto" className="truncate">
                {tag}
              </span>
              <button
                type="button"
                aria-label={strings.fields.removeTag(tag)}
                onClick={() => onChange(tags.filter((each) => each !== tag))}
                className="relative grid size-6 shrink-0 before:absolute before:-inset-2 place-items-center rounded-full hover:bg-surface/60"
              >
                <X className="size-3.5" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Input
        {...control}
        value={typed}
        disabled={tags.length >= MAX_TAGS}
        placeholder={placeholder ?? strings.fields.addTag}
        onChange={(event) => {
          const { value } = event.target;
          if (value.includes(",")) {
            take(value);
          } else {
            setTyped(value);
          }
        }}
        onBlur={() => afterPress(() => take(typed))}
        onKeyDown={(event) => {
          if (event.key === "Enter" && typed.trim() !== "") {
            event.preventDefault();
            take(typed);
          } else if (event.key === "Backspace" && typed === "") {
            onChange(tags.slice(0, -1));
          }
        }}
      />
    </div>
  );
}

/**
 * Does something once no button of the mouse is down, and before the click that follows: a tag more
 * moves what is below it, and what somebody presses must not move away under the pointer.
 */
function useAfterPress() {
  const pressed = useRef(false);
  useEffect(() => {
    const ended = new AbortController();
    const options = { capture: true, signal: ended.signal };
    const press = (event: Event) => {
      pressed.current = event.type === "mousedown";
    };
    window.addEventListener("mousedown", press, options);
    window.addEventListener("mouseup", press, options);
    return () => ended.abort();
  }, []);
  return (action: () => void) => {
    if (pressed.current) {
      window.addEventListener("mouseup", () => flushSync(action), { capture: true, once: true });
    } else {
      action();
    }
  };
}
