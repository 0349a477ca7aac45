// Every page at three widths, light and dark: screenshots.mjs BASE_URL [KEY_FILE] [FOLDER] [ONLY,ONLY]
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";

const [base, keyFile = "data/admin.key", folder = "screenshots", only = ""] = process.argv.slice(2);
if (!base) {
  console.error("usage: npm run screenshots -- BASE_URL [KEY_FILE] [FOLDER] [PAGE,PAGE]");
  process.exit(2);
}
const WIDTHS = [390, 820, 1440];
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

const { items } = await call("GET", "/videos?limit=1&status=COMPLETED&visibility=public");
const film = items[0]?.id ?? "none";
const PAGES = {
  home: ["/"],
  search: ["/?q=nothing+like+this"],
  watch: [
    `/watch/${film}`,
    async (page) => {
      await page
        .waitForFunction(() => document.querySelector("video")?.currentTime > 1, null, {
          timeout: 15_000,
        })
        .catch(() => {});
      await page
        .locator("[data-player]")
        .hover()
        .catch(() => {});
    },
  ],
  share: [
    `/watch/${film}`,
    async (page) => {
      await page.getByRole("button", { name: "Share" }).click();
    },
  ],
  embed: [`/embed/${film}`],
  "not-found": ["/nothing-here"],
  login: ["/login", null, "nobody"],
  register: ["/register", null, "nobody"],
  reset: ["/reset-password", null, "nobody"],
  account: ["/account"],
  keys: ["/account/keys"],
  "new-key": [
    "/account/keys",
    (page) => page.getByRole("button", { name: "Create a key" }).first().click(),
  ],
  upload: ["/upload"],
  uploading: ["/upload", dropSome],
  videos: ["/videos"],
  "videos-selected": [
    "/videos",
    (page) => page.getByRole("checkbox", { name: "Select all" }).first().click(),
  ],
  "edit-video": [
    "/videos",
    async (page) => {
      await page
        .getByRole("button", { name: /^Actions for/ })
        .first()
        .click();
      await page.getByRole("menuitem", { name: "Edit" }).click();
    },
  ],
  deleted: ["/videos?view=deleted"],
  cluster: ["/cluster"],
  plan: [
    "/cluster",
    async (page) => {
      await page
        .getByRole("button", { name: /^Actions for/ })
        .first()
        .click();
      await page.getByRole("menuitem", { name: "Drain" }).click();
    },
  ],
  jobs: ["/jobs"],
  job: [
    "/jobs",
    (page) =>
      page
        .getByRole("button", { name: /^Show details/ })
        .first()
        .click(),
  ],
  users: ["/users"],
  "new-user": ["/users", (page) => page.getByRole("button", { name: "Create a user" }).click()],
  audit: ["/users?view=audit"],
  menu: [
    "/",
    async (page) => {
      await page
        .getByRole("button", { name: /^Account of|^Menu/ })
        .locator("visible=true")
        .first()
        .click();
    },
  ],
};

/** So that there is something among the user's videos, and something deleted. */
async function uploadSome() {
  if (film === "none") {
    return;
  }
  const scopes = ["read", "write", "upload"];
  const made = await call("POST", "/auth/keys", { name: "screenshots", scopes, user: user.id });
  const bytes = await (await fetch(`${base}/api/v1/videos/${film}/original`)).arrayBuffer();
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
        body: bytes,
      },
    );
    const { id } = await response.json();
    if (title === titles.at(-1)) {
      await call("DELETE", `/videos/${id}`);
    }
  }
}

/** Two that are not taken. */
async function dropSome(page) {
  await page.locator("[data-drop-zone] input[type=file]").setInputFiles([
    { name: "holiday.mp4", mimeType: "video/mp4", buffer: Buffer.alloc(3_000_000, 7) },
    { name: "notes.mp4", mimeType: "video/mp4", buffer: Buffer.from("Not a film. ".repeat(9)) },
  ]);
  await page.waitForTimeout(700);
}

mkdirSync(folder, { recursive: true });
const user = await call("POST", "/users", { username, password, role: "admin" });
await uploadSome();
const browser = await launch();
try {
  const wanted = only === "" ? Object.keys(PAGES) : only.split(",");
  for (const scheme of ["light", "dark"]) {
    for (const width of WIDTHS) {
      const context = await browser.newContext({
        viewport: { width, height: width === 390 ? 844 : width === 820 ? 1180 : 900 },
        colorScheme: scheme,
        reducedMotion: "reduce",
        isMobile: width === 390,
        hasTouch: width === 390,
      });
      const nobody = await browser.newContext({
        viewport: { width, height: width === 390 ? 844 : 900 },
        colorScheme: scheme,
        isMobile: width === 390,
      });
      const page = await context.newPage();
      await page.goto(`${base}/login`);
      await page.getByLabel("Username").fill(username);
      await page.getByLabel("Password", { exact: true }).fill(password);
      await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL(`${base}/`);
      for (const name of wanted) {
        const [path, act, who] = PAGES[name];
        const shown = who === "nobody" ? await nobody.newPage() : page;
        await shown.goto(base + path, { waitUntil: "load" });
        await shown.waitForTimeout(1200);
        await act?.(shown);
        await shown.waitForTimeout(300);
        await shown.screenshot({ path: join(folder, `${name}-${width}-${scheme}.png`) });
        if (shown !== page) {
          await shown.close();
        }
      }
      await context.close();
      await nobody.close();
    }
  }
} finally {
  await browser.close();
  await call("DELETE", `/users/${user.id}`);
}
