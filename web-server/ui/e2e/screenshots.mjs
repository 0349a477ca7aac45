// Every page at three widths, light and dark, and what it looks like when it is empty, waits or fails:
// screenshots.mjs BASE_URL [KEY_FILE] [FOLDER] [PAGE,PAGE]
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";

const [base, keyFile = "data/admin.key", folder = "screenshots", only = ""] = process.argv.slice(2);
if (!base) {
  console.error("usage: npm run screenshots -- BASE_URL [KEY_FILE] [FOLDER] [PAGE,PAGE]");
  process.exit(2);
}
const WIDTHS = [390, 820, 1440];
const SETTLED_MILLIS = 900;
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

const { items } = await call("GET", "/videos?limit=1&status=COMPLETED&visibility=public");
const film = items[0]?.id ?? "none";

/** What the server would say in states that are hard to bring about. */
const HELD = (route) => new Promise((resolve) => setTimeout(() => resolve(route.abort()), 20_000));
// A status that is not asked for again.
const REFUSED = (route) =>
  route.fulfill({
    status: 507,
    json: { code: "internal", detail: "It failed", requestId: "01jd8z4m6q2v" },
  });
const EMPTY = (route) => route.fulfill({ json: { items: [], nextCursor: null } });
const changed = (change) => async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, json: change(await response.json()) });
};
const VIDEOS = /\/api\/v1\/videos\?/;
const VIDEO = /\/api\/v1\/videos\/[a-z0-9]{20}$/;
const JOBS = /\/api\/v1\/jobs\?/;
const NODES = /\/api\/v1\/cluster\/(nodes|events)/;
const BACKUPS = /\/api\/v1\/cluster\/backups$/;

const ENCODING = {
  status: "PROCESSING",
  playable: true,
  progress: { stage: "encoding", percent: 43, etaSeconds: 95 },
};
const WAITING = {
  status: "PENDING",
  playable: false,
  progress: { stage: "waiting", percent: 0, etaSeconds: null },
};
const FAILED = {
  status: "FAILED",
  playable: false,
  progress: { stage: "failed", percent: 0, etaSeconds: null },
  error: {
    code: "invalid_media",
    detail: "The file ends in the middle of a picture: it was cut off, or was never written whole.",
  },
};
const states = [ENCODING, WAITING, FAILED];
const BACKUP = {
  id: "20260131T120000Z-0a1b2c3d",
  state: "DONE",
  bytes: 34_182_117,
  rows: 2_401_332,
  epoch: 7,
  createdAt: "2026-01-31T12:00:00Z",
};

const click = (role, name) => (page) => page.getByRole(role, { name }).first().click();
const inTurn =
  (...acts) =>
  async (page) => {
    for (const act of acts) {
      await act(page);
    }
  };
const player = async (page) => {
  const begun = () => document.querySelector("video")?.currentTime > 1;
  await page.waitForFunction(begun, null, { timeout: 15_000 }).catch(() => {});
  await page
    .locator("[data-player]")
    .hover()
    .catch(() => {});
};

/** Where, what is done there, what the server is to say, and whether nobody is signed in. */
const PAGES = {
  home: { at: "/" },
  "home-nobody": { at: "/", nobody: true },
  "home-loading": { at: "/", server: [[VIDEOS, HELD]] },
  "home-empty": { at: "/", server: [[VIDEOS, EMPTY]] },
  "home-failed": { at: "/", server: [[VIDEOS, REFUSED]] },
  "home-states": {
    at: "/",
    server: [
      [
        VIDEOS,
        changed((list) => ({
          ...list,
          items: list.items.map((video, index) => ({ ...video, ...states[index % 4] })),
        })),
      ],
      [VIDEO, HELD],
    ],
  },
  "home-filtered": { at: "/?tag=sea&sort=title&length=short" },
  search: { at: "/?q=nothing+like+this" },
  offline: {
    at: "/",
    act: async (page) => {
      await page.route("**/api/**", (route) => route.abort());
      await page.getByRole("combobox").first().selectOption("title");
      await page.waitForTimeout(900);
    },
  },
  menu: { at: "/", act: click("button", /^Account of/) },
  "menu-narrow": { at: "/", act: click("button", "Menu"), widths: [390, 820] },
  "menu-administration": { at: "/", act: click("button", "Administration"), widths: [1440] },
  watch: { at: `/watch/${film}`, act: player },
  "watch-below": {
    at: `/watch/${film}`,
    act: inTurn(
      (page) => page.locator("summary").click(),
      (page) => page.mouse.wheel(0, 700),
    ),
  },
  "watch-settings": { at: `/watch/${film}`, act: inTurn(player, click("button", "Settings")) },
  "watch-quality": {
    at: `/watch/${film}`,
    act: inTurn(player, click("button", "Settings"), click("menuitem", /Quality/)),
  },
  "watch-paused": {
    at: `/watch/${film}`,
    act: inTurn(player, (page) => page.keyboard.press("k")),
  },
  "watch-encoding": {
    at: `/watch/${film}`,
    server: [[VIDEO, changed((video) => ({ ...video, ...ENCODING }))]],
    act: player,
  },
  "watch-waiting": {
    at: `/watch/${film}`,
    server: [[VIDEO, changed((video) => ({ ...video, ...WAITING }))]],
  },
  "watch-failed": {
    at: `/watch/${film}`,
    server: [[VIDEO, changed((video) => ({ ...video, ...FAILED }))]],
  },
  "watch-loading": { at: `/watch/${film}`, server: [[VIDEO, HELD]] },
  "watch-refused": { at: `/watch/${film}`, server: [[VIDEO, REFUSED]] },
  "watch-none": { at: "/watch/aaaaaaaaaaaaaaaaaaaa", nobody: true },
  share: { at: `/watch/${film}`, act: click("button", "Share") },
  embed: { at: `/embed/${film}`, act: player },
  "embed-failed": {
    at: `/embed/${film}`,
    server: [[VIDEO, changed((video) => ({ ...video, ...FAILED }))]],
  },
  "not-found": { at: "/nothing-here" },
  login: { at: "/login", nobody: true },
  "login-refused": {
    at: "/login",
    nobody: true,
    act: async (page) => {
      await page.getByLabel("Username").fill("somebody");
      await page.getByLabel("Password", { exact: true }).fill("wrong");
      await page.keyboard.press("Enter");
    },
  },
  register: { at: "/register", nobody: true },
  reset: { at: "/reset-password", nobody: true },
  account: { at: "/account" },
  "account-delete": { at: "/account", act: click("button", "Delete account …") },
  keys: { at: "/account/keys" },
  "keys-empty": { at: "/account/keys", server: [[/auth\/keys$/, EMPTY]] },
  "new-key": { at: "/account/keys", act: click("button", "Create a key") },
  upload: { at: "/upload" },
  uploading: { at: "/upload", act: dropSome },
  videos: { at: "/videos" },
  "videos-loading": { at: "/videos", server: [[VIDEOS, HELD]] },
  "videos-empty": { at: "/videos", server: [[VIDEOS, EMPTY]] },
  "videos-failed": { at: "/videos", server: [[VIDEOS, REFUSED]] },
  "videos-none": { at: "/videos?q=nothing+like+this" },
  "videos-states": {
    at: "/videos",
    server: [
      [
        VIDEOS,
        changed((list) => ({
          ...list,
          items: list.items.map((video, index) => ({ ...video, ...states[index % 4] })),
        })),
      ],
    ],
  },
  "videos-selected": { at: "/videos", act: click("checkbox", /Select all/) },
  "videos-menu": { at: "/videos", act: click("button", /^Actions for/) },
  "videos-tags": {
    at: "/videos",
    act: inTurn(click("checkbox", /Select all/), click("button", "Tags")),
  },
  "edit-video": {
    at: "/videos",
    act: inTurn(click("button", /^Actions for/), click("menuitem", "Edit")),
  },
  deleted: { at: "/videos?view=deleted" },
  "delete-for-good": {
    at: "/videos?view=deleted",
    act: inTurn(click("button", /^Actions for/), click("menuitem", "Delete for good")),
  },
  cluster: { at: "/cluster" },
  "cluster-below": { at: "/cluster", act: (page) => page.mouse.wheel(0, 5000) },
  "cluster-loading": { at: "/cluster", server: [[/\/api\/v1\/cluster\//, HELD]] },
  "cluster-failed": { at: "/cluster", server: [[/\/api\/v1\/cluster\//, REFUSED]] },
  "cluster-down": {
    at: "/cluster",
    server: [
      [
        NODES,
        (route) =>
          route.request().url().includes("events")
            ? route.abort()
            : changed(({ nodes }) => ({
                nodes: nodes.map((node, index) => ({ ...node, ...NODE_STATES[index % 3] })),
              }))(route),
      ],
    ],
  },
  "add-node": { at: "/cluster", act: click("button", "Add a node") },
  plan: {
    at: "/cluster",
    act: inTurn(click("button", /^Actions for/), click("menuitem", "Drain")),
  },
  jobs: { at: "/jobs" },
  "jobs-states": {
    at: "/jobs",
    server: [
      [
        JOBS,
        changed((list) => ({
          ...list,
          items: list.items.map((job, index) => ({ ...job, ...JOB_STATES[index % 4] })),
        })),
      ],
    ],
  },
  "jobs-empty": { at: "/jobs", server: [[JOBS, EMPTY]] },
  "jobs-failed": { at: "/jobs", server: [[JOBS, REFUSED]] },
  job: { at: "/jobs", act: click("button", /^Show details/) },
  "job-menu": { at: "/jobs", act: click("button", /^Actions for/) },
  "encode-again": {
    at: "/jobs",
    act: inTurn(click("button", /^Actions for/), click("menuitem", /^Encode again/)),
  },
  users: { at: "/users" },
  "users-menu": { at: "/users", act: click("button", /^Actions for/) },
  "users-role": {
    at: "/users",
    act: (page) =>
      page.locator("main select:not([disabled])").first().selectOption({ label: "Administrator" }),
  },
  "delete-user": {
    at: "/users",
    act: inTurn(
      (page) => page.locator("main li:has(select:not([disabled])) button").first().click(),
      click("menuitem", "Delete"),
    ),
  },
  "new-user": { at: "/users", act: click("button", "Create a user") },
  audit: { at: "/users?view=audit" },
  backups: { at: "/backups", server: [[BACKUPS, changed(() => ({ items: COPIES }))]] },
  "backups-empty": { at: "/backups", server: [[BACKUPS, EMPTY]] },
  "backups-failed": { at: "/backups", server: [[BACKUPS, REFUSED]] },
  backup: { at: "/backups", act: click("button", "Make a copy now") },
  "session-ended": {
    at: "/account/keys",
    act: async (page) => {
      await page.route("**/api/v1/auth/**", (route) =>
        route.fulfill({ status: 401, json: { code: "unauthorized", detail: "It ended" } }),
      );
      await page.getByRole("button", { name: "Create a key" }).first().click();
      await page.getByLabel("Name").fill("typed before");
      await page.getByRole("dialog").getByRole("button", { name: "Create a key" }).click();
    },
  },
};

const NODE_STATES = [
  {},
  { health: "DOWN", detail: "It does not answer: connection refused", latencyMillis: null },
  { health: "SYNCING", state: "DRAINING" },
];
const JOB_STATES = [
  {
    state: "RUNNING",
    progress: { stage: "encoding", percent: 61, etaSeconds: 42, runs: [] },
  },
  { state: "WAITING", attempts: 0 },
  {
    state: "RETRYING",
    attempts: 3,
    nextAttemptAt: new Date(Date.now() + 90_000).toISOString(),
    lastError: {
      at: new Date().toISOString(),
      detail: "Too few storage nodes answered: 1 of 2 that are needed for a write.",
    },
  },
  { state: "DEAD", reason: { code: "invalid_media", detail: FAILED.error.detail } },
];
const COPIES = [
  { ...BACKUP, id: "20260131T130000Z-9f8e7d6c", state: "WRITING", bytes: 0, rows: 0 },
  BACKUP,
  { ...BACKUP, id: "20260131T110000Z-55aa55aa", bytes: 33_902_004, rows: 2_398_110 },
];

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

async function shoot(context, name, { at, act, server = [] }) {
  const page = await context.newPage();
  for (const [address, answer] of server) {
    await page.route(address, answer);
  }
  try {
    await page.goto(base + at, { waitUntil: "load" });
    await page.waitForTimeout(SETTLED_MILLIS);
    await act?.(page);
    await page.waitForTimeout(300);
  } catch (failure) {
    console.log(`${name}: ${failure.message.split("\n")[0]}`);
  }
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
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
      context.setDefaultTimeout(PATIENCE_MILLIS);
      const page = await context.newPage();
      await page.goto(`${base}/login`);
      await page.getByLabel("Username").fill(username);
      await page.getByLabel("Password", { exact: true }).fill(password);
      await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL(`${base}/`);
      await page.close();
      for (const name of wanted.filter((each) => PAGES[each].widths?.includes(width) ?? true)) {
        await shoot(
          PAGES[name].nobody ? nobody : context,
          `${name}-${width}-${scheme}`,
          PAGES[name],
        );
      }
      await context.close();
      await nobody.close();
    }
  }
} finally {
  await browser.close();
  await call("DELETE", `/users/${user.id}`);
}
