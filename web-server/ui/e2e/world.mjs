import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { slowWay } from "./slow-way.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Long enough for a machine that does other things, too; nothing waits that long when all is well. */
const PATIENCE_MILLIS = 60_000;

/** Of what is encoded in the background, which stands back for all that anybody waits for. */
export const BACKGROUND_MILLIS = 300_000;

/** Of phones and of desks. */
export const WIDTHS = [390, 1440];

/** From the top of a page to anywhere in it. */
const MOST_TABS = 60;

const MOST_ITEMS = 20;

/** What a page says when the network or a server is away, which some flows bring about. */
const OF_THE_NETWORK = /Failed to load resource|net::ERR|ERR_INCOMPLETE_CHUNKED/;

let people = 0;

/** What a flow has: a browser, a cluster, people in it. */
export class World {
  #contexts = [];
  #complaints = [];
  /** How to close what else was opened. */
  #servers = [];
  static PASSWORD = "correct horse battery";

  constructor({ browser, base, key, film, clip, ask }) {
    Object.assign(this, { browser, base, key, film, clip, ask });
  }

  /** A page of somebody with a browser of his own, who is not signed in. */
  async page(options = {}) {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 800 },
      baseURL: this.base,
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MILLIS);
    await context.addInitScript(() => {
      globalThis.shifted = 0;
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) {
          globalThis.shifted += shift.hadRecentInput ? 0 : shift.value;
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    this.#contexts.push(context);
    return this.tab(context);
  }

  /** Another page in the same browser. */
  async tab(context) {
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error" && !OF_THE_NETWORK.test(message.text())) {
        this.#complaints.push(message.text());
      }
    });
    page.on("pageerror", (error) => this.#complaints.push(String(error)));
    page.on("dialog", (dialog) => {
      this.#complaints.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    return page;
  }

  /** Scripts that failed, policies that were broken, dialogs that nobody asked for. */
  checkComplaints() {
    assert.deepEqual(this.#complaints.splice(0), []);
  }

  async picture(title) {
    const page = this.#contexts.at(-1)?.pages().at(-1);
    const path = join(tmpdir(), `tritontube-${title.replace(/\W+/g, "-")}.png`);
    await page?.screenshot({ path }).then(
      () => console.log(`picture: ${path}`),
      () => undefined,
    );
  }

  async closePages() {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
    for (const close of this.#servers.splice(0)) {
      close();
    }
  }

  /** A way to the cluster on which what is sent takes a while. */
  async slowWay(bytesPerSecond) {
    const way = await slowWay(this.base, bytesPerSecond);
    this.#servers.push(() => way.close());
    return way;
  }

  /** The address of a page of another site. */
  async otherSite(html) {
    const server = createServer((_, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end(`<!doctype html><title>Elsewhere</title>${html}`);
    });
    this.#servers.push(() => {
      server.close();
      server.closeAllConnections();
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${server.address().port}/`;
  }

  /** A call of the API as the administrator's key. */
  async api(method, path, body) {
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.key}`,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.ok(response.ok, `${method} ${path}: ${response.status}`);
    return response.status === 204 ? null : response.json();
  }

  /**
   * Uploads a file, the clip unless another one is named. The same bytes of the same owner are encoded once,
   * unless they are to be fresh: then others are put at the end, which players skip.
   */
  async upload(title, { key = this.key, file = this.clip, fresh = false, ...query } = {}) {
    const bytes = Buffer.concat([readFileSync(file), ...(fresh ? [freeBox()] : [])]);
    const response = await fetch(
      `${this.base}/api/v1/videos?${new URLSearchParams({ title, ...query })}`,
      {
        method: "POST",
        headers: { Authorization: `Bearer ${key}`, "Content-Type": "video/mp4" },
        body: bytes,
      },
    );
    assert.equal(response.status, 201);
    return response.json();
  }

  /** A byte that no other file is likely to be full of. */
  random() {
    return 1 + Math.floor(Math.random() * 255);
  }

  async completed(id) {
    let video;
    const standing = () => {
      const { status, playable, progress, error } = video;
      return `${id} is complete: ${JSON.stringify({ status, playable, progress, error })}`;
    };
    const ended = async () => {
      video = await this.api("GET", `/videos/${id}`);
      return ["COMPLETED", "FAILED"].includes(video.status);
    };
    await this.until(standing, ended, BACKGROUND_MILLIS);
    assert.equal(video.status, "COMPLETED", standing());
  }

  /**
   * @param what is waited for, in words; as a function, what they are at the end
   */
  async until(what, holds, patienceMillis = PATIENCE_MILLIS * 2) {
    const end = Date.now() + patienceMillis;
    while (!(await holds())) {
      const words = typeof what === "function" ? what() : what;
      assert.ok(Date.now() < end, `not in time: ${words}`);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }

  /** Somebody with an account. */
  async person(role = "uploader") {
    const username = `${role}-${process.pid}-${++people}`;
    const user = await this.api("POST", "/users", { username, password: World.PASSWORD, role });
    return { ...user, password: World.PASSWORD };
  }

  /** A page of somebody who signed in to go there. */
  async signedIn(person, at = "/", options = {}) {
    const page = await this.page(options);
    await page.goto(`/login?${new URLSearchParams({ next: at })}`);
    await this.signIn(page, person);
    await page.waitForURL((url) => `${url.pathname}${url.search}` === at);
    return page;
  }

  async signIn(page, { username, password }) {
    await page.getByLabel("Username").fill(username);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  }

  /** Goes there by the Tab key alone, as those do who use no pointer. */
  async tabTo(page, target) {
    for (let presses = 0; presses < MOST_TABS; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) {
        return;
      }
      await page.keyboard.press("Tab");
    }
    assert.fail(`the Tab key does not lead to ${target}`);
  }

  /** Chooses in an open menu by the arrow keys. */
  async chooseByKeys(page, item) {
    const wanted = page.getByRole("menuitem", { name: item, exact: true });
    for (let presses = 0; presses < MOST_ITEMS; presses++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) {
        await page.keyboard.press("Enter");
        return;
      }
      await page.keyboard.press("ArrowDown");
    }
    assert.fail(`the arrow keys do not lead to ${item}`);
  }

  async signInIsRefused(username, password) {
    const response = await fetch(`${this.base}/api/v1/auth/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ username, password, refreshIn: "body" }),
    });
    assert.equal(response.status, 401);
  }

  /** Until the film was seen to move on. */
  async plays(page, beyond = 0.3) {
    await page.waitForFunction(
      (seconds) => {
        const video = document.querySelector("video");
        return video !== null && !video.paused && video.currentTime > seconds;
      },
      beyond,
      { timeout: PATIENCE_MILLIS },
    );
  }

  time(page) {
    return page.evaluate(() => document.querySelector("video").currentTime);
  }

  /**
   * No violation of what axe knows of accessibility, by day and by night, on a phone and on a desk, neither of
   * which scrolls sideways. The page is not loaded again for that, and is as wide as before in the end.
   */
  async accessible(page, what) {
    const before = page.viewportSize();
    // Not as an element of the page, whose policy allows no such script.
    await page.evaluate(AXE);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: before.height });
      for (const colorScheme of ["dark", "light"]) {
        await page.emulateMedia({ colorScheme });
        const found = await page.evaluate(violations, colorScheme);
        assert.deepEqual(found, [], `${what}, ${colorScheme}, ${width}`);
      }
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(wider <= 0, `${what} is ${wider} pixels wider than the window of ${width}`);
    }
    await page.setViewportSize(before);
  }
}

/** In the page: what axe finds once it has these colours and nothing moves any more. */
async function violations(colorScheme) {
  const moves = ({ effect }) => effect.getComputedTiming().endTime !== Number.POSITIVE_INFINITY;
  const moving = () => document.getAnimations().filter(moves);
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  do {
    await frame();
  } while (document.documentElement.classList.contains("dark") !== (colorScheme === "dark"));
  // Colours that are inherited pass from element to element: where one ends, others begin.
  for (let some = moving(); some.length > 0; some = moving()) {
    for (const each of some) {
      each.finish();
    }
  }
  const { violations: found } = await globalThis.axe.run(document, {
    resultTypes: ["violations"],
    // Only what plays is looked into beforehand.
    preload: document.querySelector("video, audio") !== null,
  });
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(" | ")}`,
  );
}

function freeBox() {
  const box = Buffer.alloc(24);
  box.writeUInt32BE(24);
  box.write("free", 4);
  for (let i = 8; i < box.length; i++) {
    box[i] = Math.floor(Math.random() * 256);
  }
  return box;
}
