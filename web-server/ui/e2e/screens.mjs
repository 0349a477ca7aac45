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
const UPLOADS = /\/api\/v1\/uploads/;
const AUDIT = /\/admin\/audit/;
const FRAMES = /\/frames\?/;
const RING = /\/api\/v1\/cluster\/ring$/;
const CHANGE = /\/api\/v1\/cluster\/changes\//;
const SESSION = /\/api\/v1\/auth\/refresh$/;
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
const PARTLY = { ...FAILED, playable: true };
const PRIVATE = { visibility: "private" };
const states = [ENCODING, WAITING, FAILED];
const BACKUP = {
  id: "20260131T120000Z-0a1b2c3d",
  state: "DONE",
  bytes: 34_182_117,
  rows: 2_401_332,
  epoch: 7,
  createdAt: "2026-01-31T12:00:00Z",
};

const CHANGING = {
  id: "0123456789abcdef",
  kind: "drain",
  node: "0123456789abcdef",
  address: "10.0.0.7:9101",
  force: false,
  phase: "COPY",
  step: 1,
  steps: 4,
  epoch: 8,
  arcsDone: 2_411,
  arcsTotal: 8_192,
  movedReplicas: 8_192,
  minimumReplicas: 8_190,
  movedBlobs: 18_302,
  movedBytes: 48_318_382_080,
  seconds: 312,
  etaSeconds: 740,
  warnings: ["Afterwards 2 zones are left for 3 replicas: two of them share one."],
  waiting: "10.0.0.9:9101 has not answered for 12 s",
  createdAt: "2026-01-31T12:00:00Z",
  finishedAt: null,
};
const CHANGED = {
  ...CHANGING,
  phase: "DONE",
  arcsDone: 8_192,
  etaSeconds: null,
  warnings: [],
  waiting: null,
  finishedAt: "2026-01-31T12:18:00Z",
};
const duringChange = (change) => [
  [RING, changed((ring) => ({ ...ring, change }))],
  [CHANGE, (route) => route.fulfill({ json: change })],
  [/\/cluster\/events/, (route) => route.abort()],
];
const PLAN = {
  epoch: 7,
  movedReplicas: 8_192,
  minimumReplicas: 8_190,
  estimatedBytes: 48_318_382_080,
  steps: 4,
  nodes: [1, 2, 3, 4].map((n) => ({
    id: `${n}`.repeat(16),
    address: `10.0.0.${n}:9101`,
    zone: `rack-${n}`,
    arcsBefore: n === 1 ? 8_192 : 13_653,
    arcsAfter: n === 1 ? 0 : 16_384,
  })),
  warnings: CHANGING.warnings,
};
const planned = [[/\/ring\/plan$/, (route) => route.fulfill({ json: PLAN })]];
const frames = (id, more) => ({
  id: id.padEnd(20, "a"),
  status: "COMPLETED",
  error: null,
  percent: 100,
  count: 24,
  done: 24,
  format: "jpg",
  width: 1280,
  height: 720,
  bytes: 4_183_201,
  links: { self: "", zip: "" },
  createdAt: new Date().toISOString(),
  endedAt: new Date().toISOString(),
  expiresAt: new Date(Date.now() + 6.9 * 86_400_000).toISOString(),
  ...more,
});
const SETS = [
  frames("q", { status: "QUEUED", percent: 0, bytes: null }),
  frames("r", { status: "RUNNING", percent: 41, bytes: null, count: 1800 }),
  frames("c", { format: "png" }),
  frames("f", {
    status: "FAILED",
    bytes: null,
    error: { code: "frames_too_large", detail: "The archive would be larger than 2 GB." },
  }),
];
const AUDITED = [
  ["anna", "user.role", "user/01jd8z4m6q2v3w5x7y9z (viewer to uploader)"],
  ["key of the office", "cluster.drain", "node/127.0.0.1:9103"],
  ["somebody.with.a.long.name@example.org", "video.purge", "video/01jd8z4m6q2v3w5x7y9z"],
].map(([actorName, action, target], i) => ({
  at: new Date(Date.now() - i * 5_000_000).toISOString(),
  actor: `user:${i}`,
  actorName,
  action,
  target,
  requestId: `01jd8z4m6q2${i}`,
}));
const asRole = (role) => (tokens) => ({ ...tokens, user: { ...tokens.user, role } });
const PEOPLE = [
  ["anna", "admin", "active"],
  ["somebody.with.a.long.name@example.org", "uploader", "active"],
  ["karim", "viewer", "disabled"],
].map(([username, role, state], i) => ({
  id: `${i}`.padEnd(20, "a"),
  username,
  role,
  state,
  createdAt: "2026-01-31T12:00:00Z",
  updatedAt: "2026-01-31T12:00:00Z",
}));

const PEOPLED = [
  [/\/users\?/, changed((list) => ({ ...list, items: [...list.items, ...PEOPLE] }))],
];

const click = (role, name) => (page) => page.getByRole(role, { name }).first().click();
const inTurn =
  (...acts) =>
  async (page) => {
    for (const act of acts) {
      await act(page);
    }
  };
const tab = (times) => async (page) => {
  for (let i = 0; i < times; i++) {
    await page.keyboard.press("Tab");
  }
};
const drop =
  (...files) =>
  (page) =>
    page
      .locator("[data-drop-zone] input[type=file]")
      .setInputFiles(files.map(([name, buffer]) => ({ name, mimeType: "video/mp4", buffer })));
const reload = (page) => page.reload();
const settle = (millis) => (page) => page.waitForTimeout(millis);
const HOLIDAY = ["A holiday by the sea, all of it (2026).mp4", Buffer.alloc(3_000_000, 7)];
const NOTES = ["notes.mp4", Buffer.from("Not a film. ".repeat(9))];

/** As on a poor connection, so that an upload can be seen. */
const slowly = async (page) => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 20,
    downloadThroughput: -1,
    uploadThroughput: 150_000,
  });
};
const player = async (page) => {
  const begun = () => document.querySelector("video")?.currentTime > 1;
  await page.waitForFunction(begun, null, { timeout: 15_000 }).catch(() => {});
  await page
    .locator("[data-player]")
    .hover()
    .catch(() => {});
};

const NODE_STATES = [
  {},
  { health: "DOWN", detail: "It does not answer: connection refused", latencyMillis: null },
  { health: "SYNCING", state: "DRAINING" },
];
const JOB_STATES = [
  {
    state: "RUNNING",
    progress: {
      stage: "encoding",
      percent: 61,
      etaSeconds: 42,
      runs: [
        { worker: "web-1", representations: ["1080p", "720p"], first: 4, end: 8, urgent: true },
        { worker: "worker-2", representations: ["360p"], first: 8, end: 9, urgent: false },
      ],
    },
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
const jobIn = (state) => (job) => ({ ...job, ...JOB_STATES[state % JOB_STATES.length] });
const COPIES = [
  { ...BACKUP, id: "20260131T130000Z-9f8e7d6c", state: "WRITING", bytes: 0, rows: 0 },
  BACKUP,
  { ...BACKUP, id: "20260131T110000Z-55aa55aa", bytes: 33_902_004, rows: 2_398_110 },
];

/**
 * Where, what is done there, what the server is to say, whether nobody is signed in, and whether it is taken as
 * long as the page is.
 *
 * @param film the id of a video with captions and chapters
 * @param clip what a short video is in bytes
 */
export const pagesOf = (film, clip) => ({
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
  "home-focus": { at: "/", act: tab(9) },
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
  "watch-captions": {
    at: `/watch/${film}`,
    act: inTurn(player, (page) => page.keyboard.press("c"), click("button", "Settings")),
  },
  "watch-chapters": { at: `/watch/${film}?t=9`, act: player, full: true },
  "watch-private": {
    at: `/watch/${film}`,
    server: [[VIDEO, changed((video) => ({ ...video, ...PRIVATE }))]],
    act: click("button", "Share"),
  },
  "watch-partly": {
    at: `/watch/${film}`,
    server: [[VIDEO, changed((video) => ({ ...video, ...PARTLY }))]],
    act: player,
  },
  "watch-download": { at: `/watch/${film}`, act: click("button", "Download") },
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
  "watch-resumed": {
    at: `/watch/${film}`,
    act: inTurn(player, (page) => page.keyboard.press("5"), settle(900), reload, player),
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
  "embed-none": { at: "/embed/aaaaaaaaaaaaaaaaaaaa" },
  "embed-waiting": {
    at: `/embed/${film}`,
    server: [[VIDEO, changed((video) => ({ ...video, ...WAITING }))]],
  },
  "embed-failed": {
    at: `/embed/${film}`,
    server: [[VIDEO, changed((video) => ({ ...video, ...FAILED }))]],
  },
  "not-found": { at: "/nothing-here" },
  forbidden: { at: "/cluster", server: [[SESSION, changed(asRole("viewer"))]] },
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
  "register-refused": {
    at: "/register",
    nobody: true,
    act: async (page) => {
      await page.getByLabel("Username").fill("admin");
      await page.getByLabel("Password", { exact: true }).fill("short");
      await page.keyboard.press("Enter");
    },
  },
  reset: { at: "/reset-password", nobody: true },
  "reset-refused": {
    at: "/reset-password#not-a-token",
    nobody: true,
    act: async (page) => {
      await page.getByLabel("New password", { exact: true }).fill("a password for pictures");
      await page.keyboard.press("Enter");
    },
  },
  account: { at: "/account", full: true },
  "account-delete": { at: "/account", act: click("button", "Delete account …") },
  keys: { at: "/account/keys" },
  "keys-empty": { at: "/account/keys", server: [[/auth\/keys$/, EMPTY]] },
  "new-key": { at: "/account/keys", act: click("button", "Create a key") },
  "key-made": {
    at: "/account/keys",
    server: [
      [
        /auth\/keys$/,
        (route) =>
          route.request().method() === "POST"
            ? route.fulfill({ status: 201, json: { key: `tt_${"a1b2c3d4".repeat(6)}` } })
            : route.continue(),
      ],
    ],
    act: inTurn(
      click("button", "Create a key"),
      (page) => page.getByLabel("Name").fill("backup of the office"),
      (page) => page.getByRole("dialog").getByRole("button", { name: "Create a key" }).click(),
    ),
  },
  "revoke-key": { at: "/account/keys", act: click("button", /^Revoke/) },
  upload: { at: "/upload" },
  "upload-forbidden": { at: "/upload", server: [[SESSION, changed(asRole("viewer"))]] },
  uploading: { at: "/upload", act: inTurn(slowly, drop(HOLIDAY, NOTES), settle(2500)) },
  "uploading-one": { at: "/upload", full: true, act: inTurn(slowly, drop(HOLIDAY), settle(2500)) },
  "uploading-elsewhere": {
    at: "/upload",
    act: inTurn(slowly, drop(HOLIDAY), settle(900), (page) =>
      page.getByRole("link", { name: "TritonTube" }).click(),
    ),
  },
  "upload-paused": {
    at: "/upload",
    act: inTurn(slowly, drop(HOLIDAY, NOTES), settle(900), click("button", "Pause all")),
  },
  "upload-cancel": {
    at: "/upload",
    act: inTurn(slowly, drop(HOLIDAY), settle(1500), click("button", /^Cancel/)),
  },
  "upload-done": { at: "/upload", act: inTurn(drop(["clip.mp4", clip], NOTES), settle(5000)) },
  "upload-refused": {
    at: "/upload",
    server: [
      [
        UPLOADS,
        (route) =>
          route.request().method() === "POST"
            ? route.fulfill({
                status: 413,
                json: { code: "quota_exceeded", detail: "10 GB of 10 GB are used." },
              })
            : route.continue(),
      ],
    ],
    act: inTurn(drop(HOLIDAY), settle(900)),
  },
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
  "edit-below": {
    at: "/videos",
    act: inTurn(click("button", /^Actions for/), click("menuitem", "Edit"), settle(900), (page) =>
      page.getByRole("dialog").evaluate((dialog) => dialog.scrollTo(0, 9999)),
    ),
  },
  "edit-track": {
    at: "/videos",
    act: inTurn(
      click("button", /^Actions for/),
      click("menuitem", "Edit"),
      settle(900),
      (page) =>
        page
          .locator("input[type=file][accept*=vtt]")
          .last()
          .setInputFiles({
            name: "harbour.en.vtt",
            mimeType: "text/vtt",
            buffer: Buffer.from("WEBVTT\n"),
          }),
      (page) => page.getByRole("dialog").evaluate((dialog) => dialog.scrollTo(0, 9999)),
    ),
  },
  frames: {
    at: "/videos",
    act: inTurn(click("button", /^Actions for/), click("menuitem", "Frames")),
  },
  "frames-sets": {
    at: "/videos",
    server: [[FRAMES, (route) => route.fulfill({ json: { items: SETS, nextCursor: null } })]],
    act: inTurn(click("button", /^Actions for/), click("menuitem", "Frames")),
  },
  "videos-toast": {
    at: "/videos",
    act: inTurn(
      (page) => page.route(VIDEO, REFUSED),
      click("button", /^Actions for/),
      click("menuitem", "Delete"),
    ),
  },
  "deleted-empty": { at: "/videos?view=deleted", server: [[VIDEOS, EMPTY]] },
  deleted: { at: "/videos?view=deleted" },
  "delete-for-good": {
    at: "/videos?view=deleted",
    act: inTurn(click("button", /^Actions for/), click("menuitem", "Delete for good")),
  },
  cluster: { at: "/cluster", full: true },
  "cluster-changing": { at: "/cluster", server: duringChange(CHANGING), full: true },
  "cluster-changed": { at: "/cluster", server: duringChange(CHANGED) },
  "node-menu": { at: "/cluster", act: click("button", /^Actions for/) },
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
  "add-node-refused": {
    at: "/cluster",
    server: [
      [
        /\/ring\/plan$/,
        (route) =>
          route.fulfill({
            status: 409,
            json: { code: "node_unreachable", detail: "127.0.0.1:9: connection refused" },
          }),
      ],
    ],
    act: inTurn(
      click("button", "Add a node"),
      (page) => page.getByLabel("Address").fill("127.0.0.1:9"),
      (page) => page.getByRole("dialog").getByRole("button", { name: "Show the plan" }).click(),
      settle(1500),
    ),
  },
  "plan-refused": {
    at: "/cluster",
    act: inTurn(click("button", /^Actions for/), click("menuitem", "Drain"), settle(600)),
  },
  "remove-lost": {
    at: "/cluster",
    server: planned,
    act: inTurn(click("button", /^Actions for/), click("menuitem", /lost/), settle(600)),
  },
  plan: {
    at: "/cluster",
    server: planned,
    act: inTurn(click("button", /^Actions for/), click("menuitem", "Drain")),
  },
  jobs: { at: "/jobs" },
  "jobs-none": { at: "/jobs?state=DEAD", server: [[JOBS, EMPTY]] },
  "cancel-job": {
    at: "/jobs",
    server: [[JOBS, changed((list) => ({ ...list, items: list.items.map(jobIn(0)) }))]],
    act: inTurn(click("button", /^Actions for/), click("menuitem", "Cancel")),
  },
  "jobs-states": {
    at: "/jobs",
    server: [
      [
        JOBS,
        changed((list) => ({
          ...list,
          items: list.items.map((job, index) => jobIn(index)(job)),
        })),
      ],
    ],
  },
  "jobs-empty": { at: "/jobs", server: [[JOBS, EMPTY]] },
  "jobs-failed": { at: "/jobs", server: [[JOBS, REFUSED]] },
  "job-running": {
    at: "/jobs",
    server: [[JOBS, changed((list) => ({ ...list, items: list.items.map(jobIn(0)) }))]],
    act: click("button", /^Show details/),
  },
  job: { at: "/jobs", act: click("button", /^Show details/) },
  "job-menu": { at: "/jobs", act: click("button", /^Actions for/) },
  "encode-again": {
    at: "/jobs",
    act: inTurn(click("button", /^Actions for/), click("menuitem", /^Encode again/)),
  },
  users: { at: "/users", server: PEOPLED },
  "users-loading": { at: "/users", server: [[/\/users\?/, HELD]] },
  "users-failed": { at: "/users", server: [[/\/users\?/, REFUSED]] },
  "reset-link": {
    at: "/users",
    server: [
      [
        /\/users\/[^/]+\/password-reset/,
        (route) =>
          route.fulfill({
            status: 201,
            json: { token: "a1b2c3d4".repeat(6), expiresAt: "2026-02-01T12:00:00Z" },
          }),
      ],
    ],
    act: inTurn(click("button", /^Actions for/), click("menuitem", /link/)),
  },
  "users-menu": { at: "/users", server: PEOPLED, act: click("button", /^Actions for/) },
  "users-role": {
    at: "/users",
    server: PEOPLED,
    act: (page) =>
      page.locator("main select:not([disabled])").first().selectOption({ label: "Administrator" }),
  },
  "delete-user": {
    at: "/users",
    server: PEOPLED,
    act: inTurn(
      (page) => page.locator("main li:has(select:not([disabled])) button").first().click(),
      click("menuitem", "Delete"),
    ),
  },
  "new-user": { at: "/users", act: click("button", "Create a user") },
  audit: {
    at: "/users?view=audit",
    server: [[AUDIT, (route) => route.fulfill({ json: { items: AUDITED, nextCursor: null } })]],
  },
  "audit-empty": { at: "/users?view=audit", server: [[AUDIT, EMPTY]] },
  backups: { at: "/backups", full: true, server: [[BACKUPS, changed(() => ({ items: COPIES }))]] },
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
});
