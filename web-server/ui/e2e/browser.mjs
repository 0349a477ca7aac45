import { chromium } from "playwright-core";

/** Debian's Chromium, or the one that is named; as root it runs without its sandbox. */
export function launch(more = []) {
  return chromium.launch({
    executablePath: process.env.TRITONTUBE_CHROMIUM ?? "/usr/bin/chromium",
    chromiumSandbox: process.getuid?.() !== 0,
    // What is drawn is drawn with the scroll bars that people see.
    ignoreDefaultArgs: ["--hide-scrollbars"],
    args: ["--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required", ...more],
  });
}
