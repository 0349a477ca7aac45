// Every page at three widths, light and dark, and what it looks like when it is empty, waits or fails:
// screenshots.mjs BASE_URL [KEY_FILE] [FOLDER] [WHICH,WHICH]
//
// WHICH is a page, a width, or both: home, 390, home-390.
//
// A cluster with hardly anything in it is first filled with a few films, which stay there. Besides the pictures it
// prints what can be measured: what scrolls sideways, what is too small for a finger, what is too pale to be read.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { faultsOf } from "./faults.mjs";
import { clipOf, fill, filmOf } from "./library.mjs";
import { pagesOf } from "./screens.mjs";

const [base, keyFile = "data/admin.key", folder = "screenshots", only = ""] = process.argv.slice(2);
if (!base) {
  console.error("usage: npm run screenshots -- BASE_URL [KEY_FILE] [FOLDER] [WHICH,WHICH]");
  process.exit(2);
}
const WIDTHS = [390, 820, 1440];
const HEIGHTS = { 390: 844, 820: 1180, 1440: 900 };
const SCHEMES = ["light", "dark"];
const MOST_TALL = 2400;
const SETTLED_MILLIS = 500;
const PATIENCE_MILLIS = 8000;
const key = readFileSync(keyFile, "utf8").trim();
const username = `screens-${Date.now().toString(36)}`;
const password = "a password for pictures";

async function call(method, path, body) {
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
  return response.status === 204 ? null : response.json();
}

/** So that there is something among the user's videos, and something deleted. */
async function uploadSome(user, clip) {
  const scopes = ["read", "write", "upload"];
  const made = await call("POST", "/auth/keys", { name: "screenshots", scopes, user: user.id });
  const titles = [
    "A walk along the sea, with a title that is so long that it does not fit on one line of a phone",
    "Lake at dawn",
    "<b>Markup</b> stays text",
    "Thrown away",
  ];
  for (const title of titles) {
    const visibility = title.startsWith("Lake") ? "private" : "public";
    const response = await fetch(
      `${base}/api/v1/videos?${new URLSearchParams({ title, visibility, tags: "sea,2026" })}`,
      {
        method: "POST",
        headers: { Authorization: `Bearer ${made.key}`, "Content-Type": "video/mp4" },
        body: clip,
      },
    );
    const { id } = await response.json();
    if (title === titles.at(-1)) {
      await call("DELETE", `/videos/${id}`);
    }
  }
}

async function measure(page, name, width, scheme) {
  // Colours are the same at every width, and sizes in every colour.
  const pale = width === WIDTHS.at(-1);
  const small = width === WIDTHS[0] && scheme === SCHEMES[0];
  for (const fault of await faultsOf(page, { pale, small })) {
    console.log(`${name}-${width}-${scheme}: ${fault}`);
  }
}

/** In the page: nothing of it is on its way any more. */
function hasCome() {
  const here =
    document.querySelector("h1, [role=alert], main [role=status], [data-player]") !== null;
  const awaited = document.querySelector(".animate-pulse, [aria-busy]") !== null;
  return (
    here &&
    !awaited &&
    [...document.images].every((image) => image.complete || image.loading === "lazy")
  );
}

/** In the page: it has its colours, and nothing moves. */
async function stands() {
  const dark = document.documentElement.classList.contains("dark");
  if (dark !== matchMedia("(prefers-color-scheme: dark)").matches) {
    return false;
  }
  await new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 250));
  const moving = document
    .getAnimations()
    .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
  for (const animation of moving) {
    animation.finish();
  }
  return moving.length === 0;
}

/** In the page, when it is opened: what those before it left, which is not to be in its picture. */
function forget() {
  if (sessionStorage.getItem("opened") === null) {
    sessionStorage.setItem("opened", "");
    localStorage.removeItem("tritontube.uploads");
    localStorage.removeItem("tritontube.positions");
  }
}

async function shoot(context, name, width, { at, act, full, server = [] }) {
  const page = await context.newPage();
  await page.addInitScript(forget);
  page.on("dialog", (dialog) => void dialog.accept());
  for (const [address, answer] of server) {
    await page.route(address, answer);
  }
  try {
    await page.goto(base + at, { waitUntil: "load" });
    if (!name.endsWith("-loading")) {
      await page.waitForFunction(hasCome, null, { timeout: PATIENCE_MILLIS });
    }
    await page.waitForTimeout(SETTLED_MILLIS);
    await act?.(page);
    await page.waitForTimeout(300);
  } catch (failure) {
    console.log(`${name}-${width}: ${failure.message.split("\n")[0]}`);
  }
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme });
    await page
      .waitForFunction(stands)
      .catch(() => console.log(`${name}-${width}: does not stand still`));
    // Before a picture of all of it is taken, which forgets that the screen is touched.
    await measure(page, name, width, scheme).catch(({ message }) =>
      console.log(`${name}: ${message}`),
    );
    const path = join(folder, `${name}-${width}-${scheme}.png`);
    await page.screenshot({
      path,
      animations: "disabled",
      ...(full ? await whole(page, width) : {}),
    });
  }
  await page.close();
}

async function whole(page, width) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  return { fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, MOST_TALL) } };
}

async function signedIn(context) {
  const page = await context.newPage();
  await page.goto(`${base}/login`);
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${base}/`);
  await page.close();
}

function wanted(name, { widths }, width) {
  const which = only === "" ? [name] : only.split(",");
  const named = [name, `${width}`, `${name}-${width}`].some((each) => which.includes(each));
  return named && (widths?.includes(width) ?? true);
}

async function shootAll(browser, pages, width) {
  const chosen = Object.entries(pages).filter(([name, page]) => wanted(name, page, width));
  if (chosen.length === 0) {
    return;
  }
  const options = {
    viewport: { width, height: HEIGHTS[width] },
    reducedMotion: "reduce",
    isMobile: width === WIDTHS[0],
    hasTouch: width === WIDTHS[0],
  };
  const context = await browser.newContext(options);
  const nobody = await browser.newContext(options);
  for (const each of [context, nobody]) {
    each.setDefaultTimeout(PATIENCE_MILLIS);
  }
  await signedIn(context);
  for (const [name, page] of chosen) {
    await shoot(page.nobody ? nobody : context, name, width, page);
  }
  await context.close();
  await nobody.close();
}

mkdirSync(folder, { recursive: true });
await fill(call, base, key);
const clip = await clipOf(call, base);
const user = await call("POST", "/users", { username, password, role: "admin" });
const browser = await launch();
try {
  await uploadSome(user, clip);
  const pages = pagesOf((await filmOf(call)).id, clip);
  await Promise.all(WIDTHS.map((width) => shootAll(browser, pages, width)));
} finally {
  await browser.close();
  await call("DELETE", `/users/${user.id}`);
}
