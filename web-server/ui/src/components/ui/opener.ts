import { useRef } from "react";

const OVER_THE_PAGE = "[role=menu], [role=dialog], [role=alertdialog]";

let last: HTMLElement | null = null;

document.addEventListener("focusin", ({ target }) => {
  if (target instanceof HTMLElement && target.closest(OVER_THE_PAGE) === null) {
    last = target;
  }
});

/**
 * Gives the focus back to where it was on the page before a dialog came over it, also when that was asked for in
 * a menu, which is gone by then; to the content when it is not there any more.
 */
export function useOpener() {
  const opener = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      opener.current = last;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      const back = opener.current?.isConnected
        ? opener.current
        : document.getElementById("content");
      back?.focus({ preventScroll: true });
    },
  };
}
