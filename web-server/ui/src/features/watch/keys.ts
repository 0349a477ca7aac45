/** What a key means to the player; the same as on the sites that people know. */
export type Command =
  | { kind: "toggle" }
  | { kind: "seek"; by: number }
  | { kind: "seek-to"; share: number }
  | { kind: "volume"; by: number }
  | { kind: "mute" }
  | { kind: "fullscreen" }
  | { kind: "captions" }
  | { kind: "picture-in-picture" }
  | { kind: "rate"; by: 1 | -1 };

export const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

export function commandOf(pressed: Pressed): Command | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) {
    return null;
  }
  if (/^[0-9]$/.test(pressed.key)) {
    return { kind: "seek-to", share: Number(pressed.key) / 10 };
  }
  switch (pressed.key.toLowerCase()) {
    case " ":
    case "k":
      return { kind: "toggle" };
    case "arrowleft":
      return { kind: "seek", by: -5 };
    case "arrowright":
      return { kind: "seek", by: 5 };
    case "j":
      return { kind: "seek", by: -10 };
    case "l":
      return { kind: "seek", by: 10 };
    case "arrowup":
      return { kind: "volume", by: 0.05 };
    case "arrowdown":
      return { kind: "volume", by: -0.05 };
    case "home":
      return { kind: "seek-to", share: 0 };
    case "end":
      return { kind: "seek-to", share: 1 };
    case "m":
      return { kind: "mute" };
    case "f":
      return { kind: "fullscreen" };
    case "c":
      return { kind: "captions" };
    case "i":
      return { kind: "picture-in-picture" };
    case ">":
      return { kind: "rate", by: 1 };
    case "<":
      return { kind: "rate", by: -1 };
    default:
      return null;
  }
}

/** The next faster or slower rate that is offered. */
export function nextRate(rate: number, by: 1 | -1): number {
  const others =
    by > 0 ? RATES.filter((each) => each > rate) : RATES.filter((each) => each < rate).reverse();
  return others[0] ?? rate;
}

/** Whether a key belongs to what has the focus: to a field, a menu, a dialog, or a button that it presses. */
export function keyBelongsElsewhere(target: Element | null, key: string): boolean {
  if (target === null) {
    return false;
  }
  if (
    target.closest(
      "textarea, select, [contenteditable], [role=menu], [role=dialog], [role=alertdialog]",
    )
  ) {
    return true;
  }
  const input = target.closest("input");
  if (input !== null) {
    return input.type !== "range" || key.startsWith("Arrow") || key === "Home" || key === "End";
  }
  return key === " " && target.closest("button, a, summary, [role=button]") !== null;
}
