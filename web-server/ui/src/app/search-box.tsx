import { useNavigate, useRouterState, useSearch } from "@tanstack/react-router";
import { Search, X } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { strings } from "@/strings";

/** Finds videos from every page. `/` goes to it. */
export function SearchBox() {
  const navigate = useNavigate();
  // Other pages have searches of their own, which are none of all videos.
  const home = useRouterState({ select: (router) => router.location.pathname === "/" });
  const sought = useSearch({
    strict: false,
    select: (search) => ("q" in search ? search.q : "") ?? "",
  });
  const asked = home ? sought : "";
  const [words, setWords] = useState(asked);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => setWords(asked), [asked]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement).closest(
        "input, textarea, select, [contenteditable]",
      );
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  function find(q: string) {
    void navigate({
      to: "/",
      search: (before) => ({ ...(home ? before : {}), q: q.trim() || undefined }),
    });
  }

  return (
    <search className="w-full max-w-xl">
      <form
        className="relative"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          find(words);
        }}
      >
        <Search
          className="pointer-events-none absolute top-1/2 left-3.5 size-4 -translate-y-1/2 text-muted"
          aria-hidden
        />
        <input
          ref={input}
          type="text"
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          aria-label={strings.search.label}
          placeholder={strings.search.placeholder}
          className="h-10 w-full rounded-full border bg-surface pr-3 pl-10 text-base not-placeholder-shown:pr-10 transition-colors placeholder:text-muted hover:border-border-strong/70 focus-visible:border-ring focus-visible:outline-offset-0 sm:text-sm"
        />
        {words !== "" && (
          <button
            type="button"
            aria-label={strings.search.clear}
            onClick={() => {
              setWords("");
              input.current?.focus();
              if (asked) {
                find("");
              }
            }}
            className="absolute inset-y-0 right-1 my-auto grid size-8 place-items-center rounded-full pointer-coarse:right-0 pointer-coarse:size-10 text-muted hover:text-foreground"
          >
            <X className="size-4" aria-hidden />
          </button>
        )}
      </form>
    </search>
  );
}
