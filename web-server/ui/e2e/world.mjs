import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Long enough for a machine that does other things, too; nothing waits that long when all is well. */
const PATIENCE_MILLIS = 30_000;

/** What a page says when the network or a server is away, which some flows bring about. */
const OF_THE_NETWORK = /Failed to load resource|net::ERR|ERR_INCOMPLETE_CHUNKED/;

/** What flows share: a browser, a cluster, people in it. */
export class World {
  #contexts = [];
  #complaints = [];
  #servers = [];
  #people = 0;
  static PASSWORD = "correct horse battery";

  constructor({ browser, base, key, clip, ask }) {
    Object.assign(this, { browser, base, key, clip, ask });
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
    this.#complaints.length = 0;
    for (const server of this.#servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  }

  /** The address of a page of another site. */
  async otherSite(html) {
    const server = createServer((_, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end(`<!doctype html><title>Elsewhere</title>${html}`);
    });
    this.#servers.push(server);
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

  /** Uploads the clip; with other bytes at its end each time, so that it is encoded anew. */
  async upload(title, { key = this.key, ...query } = {}) {
    const bytes = Buffer.concat([readFileSync(this.clip), freeBox()]);
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
    await this.until(`${id} is complete`, async () => {
      const { status } = await this.api("GET", `/videos/${id}`);
      return status === "COMPLETED";
    });
  }

  async until(what, holds) {
    const end = Date.now() + PATIENCE_MILLIS * 2;
    while (!(await holds())) {
      assert.ok(Date.now() < end, `not in time: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }

  /** Somebody with an account. */
  async person(role = "uploader") {
    const username = `${role}-${process.pid}-${++this.#people}`;
    const user = await this.api("POST", "/users", { username, password: World.PASSWORD, role });
    return { ...user, password: World.PASSWORD };
  }

  /** A page of somebody who signed in. */
  async signedIn(person, options) {
    const page = await this.page(options);
    await page.goto("/login");
    await this.signIn(page, person);
    await page.waitForURL(/\/$/);
    return page;
  }

  async signIn(page, { username, password }) {
    await page.getByLabel("Username").fill(username);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
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

  /** No violation of what axe knows of accessibility. */
  async accessible(page, what) {
    // Not as an element of the page, whose policy allows no such script.
    await page.evaluate(readFileSync(AXE, "utf8"));
    const violations = await page.evaluate(async () => {
      const { violations: found } = await globalThis.axe.run(document);
      return found.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
      );
    });
    assert.deepEqual(violations, [], what);
  }
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
