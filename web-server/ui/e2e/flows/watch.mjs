import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const HOSTILE = `<img src=x onerror=alert(1)> & <b>bold</b>`;

/** Of videos to be scrolled through. */
const TOTAL = Number(process.env.TRITONTUBE_E2E_VIDEOS ?? 1000);

/** Each page of them has to come before the next can be asked for. */
const SCROLL_MILLIS = 60_000 + 12 * TOTAL;

export const flows = {
  async "watches while it encodes, seeks, and switches the quality, by keyboard alone"(world) {
    const page = await world.page();
    // The first one of the film, which others show, too, when it is there.
    const video = await world.upload("Harbour at dawn", { file: world.film });
    await page.goto(`/watch/${video.id}`);
    await world.plays(page);
    const { status } = await world.api("GET", `/videos/${video.id}`);
    if (status === "PROCESSING") {
      await page
        .getByText(/Still encoding|is there now/)
        .first()
        .waitFor();
    }
    await page.keyboard.press("8");
    await page.waitForFunction(
      () =>
        document.querySelector("video").currentTime >
        0.75 * document.querySelector("video").duration,
    );
    await page.keyboard.press("1");
    await page.waitForFunction(() => {
      const { currentTime, duration, paused, seeking } = document.querySelector("video");
      return !paused && !seeking && currentTime > duration / 10 && currentTime < duration / 2;
    });
    await world.completed(video.id);
    await page.reload();
    await world.plays(page);
    await page.getByRole("slider", { name: "Seek" }).hover();
    const [sheet] = /media[^"]+\.jpg/.exec(
      await page.locator("[data-thumbnail]").getAttribute("style"),
    );
    const picture = await fetch(`${world.base}/api/v1/videos/${video.id}/${sheet}`);
    assert.equal(picture.headers.get("Content-Type"), "image/jpeg");
    await page.getByRole("button", { name: "Settings" }).press("Enter");
    await page.getByRole("menuitem", { name: /Quality/ }).press("Enter");
    await page.getByRole("menuitemradio", { name: /^240p/ }).press("Enter");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.querySelector("video").videoHeight === 240);
    await page.keyboard.press("k");
    await page.waitForFunction(() => document.querySelector("video").paused);
    await page.keyboard.press(">");
    assert.equal(await page.evaluate(() => document.querySelector("video").playbackRate), 1.25);
    await page.keyboard.press("m");
    assert.equal(await page.evaluate(() => document.querySelector("video").muted), true);
  },

  async "goes on where one was, and begins where a link says"(world) {
    const video = await world.upload("Long enough", { file: world.film });
    const page = await world.page();
    await page.goto(`/watch/${video.id}?t=12`);
    await world.plays(page, 12);
    await page.keyboard.press("k");
    await page.goto(`/watch/${video.id}`);
    await page.getByText(/Going on at 0:1\d/).waitFor();
    await world.plays(page, 12);
    await page.getByRole("button", { name: "Start over" }).click();
    await page.waitForFunction(() => document.querySelector("video").currentTime < 6);
    const share = page.getByRole("button", { name: "Share" });
    await world.tabTo(page, share);
    await page.keyboard.press("Enter");
    assert.equal(await page.getByLabel("Link").inputValue(), `${world.base}/watch/${video.id}`);
    assert.match(await page.getByLabel("To embed it in a page").inputValue(), /<iframe src=/);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await share.and(page.locator(":focus")).waitFor();
  },

  async "titles, descriptions and tags of others stay text"(world) {
    const video = await world.upload(HOSTILE, {
      description: `<script>alert(2)</script>`,
      tags: "<i>t</i>",
    });
    await world.completed(video.id);
    const page = await world.page();
    await page.goto(`/watch/${video.id}`);
    await page.getByRole("heading", { level: 1, name: HOSTILE, exact: true }).waitFor();
    await page.getByText("<script>alert(2)</script>").waitFor();
    assert.equal(await page.title(), `${HOSTILE} - TritonTube`);
    await page.getByRole("link", { name: "#<i>t</i>" }).click();
    await page.getByRole("heading", { name: "Tagged “<i>t</i>”" }).waitFor();
    await page.getByRole("link", { name: HOSTILE }).waitFor();
  },

  async "is found by a search, and what is not there is not"(world) {
    const word = `w${process.pid}word`;
    const video = await world.upload(`A film of ${word}`);
    const page = await world.page();
    await page.goto("/");
    await page.getByRole("link", { name: `A film of ${word}` }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type(word);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: `Results for “${word}”` }).waitFor();
    await page.getByRole("link", { name: `A film of ${word}` }).click();
    await page.waitForURL(new RegExp(`/watch/${video.id}$`));
    await page.goBack();
    await page.getByRole("textbox", { name: "Search videos" }).fill("nothing like this");
    await page.keyboard.press("Enter");
    await page.getByText("Nothing was found").waitFor();
  },

  async "private videos play for their owner alone"(world) {
    const owner = await world.person();
    const page = await world.signedIn(owner);
    const login = await fetch(`${world.base}/api/v1/auth/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...pick(owner), refreshIn: "body" }),
    });
    const { accessToken } = await login.json();
    const answer = await fetch(`${world.base}/api/v1/videos?title=Secret&visibility=private`, {
      method: "POST",
      headers: { Authorization: `Bearer ${accessToken}`, "Content-Type": "video/mp4" },
      body: readFileSync(world.clip),
    });
    const video = await answer.json();
    await page.goto(`/watch/${video.id}`);
    await world.plays(page);
    const stranger = await world.page();
    const opened = await stranger.goto(`/watch/${video.id}`);
    assert.equal(opened.status(), 404);
    await stranger.getByText("There is no such video").waitFor();
    await stranger.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await world.signIn(stranger, owner);
    await stranger.waitForURL(new RegExp(`/watch/${video.id}$`));
    await world.plays(stranger);
  },

  async "is embedded in pages of others, which may frame nothing else"(world) {
    const video = await world.upload("To be embedded");
    await world.completed(video.id);
    const page = await world.page();
    await page.goto(
      await world.otherSite(
        `<iframe src="${world.base}/embed/${video.id}" allow="autoplay" width=640 height=360></iframe>`,
      ),
    );
    const frame = page.frameLocator("iframe");
    await frame.getByRole("heading", { name: "To be embedded" }).waitFor();
    await frame.locator("video").evaluate(
      (element) =>
        new Promise((resolve) => {
          element.ontimeupdate = () => element.currentTime > 0.3 && resolve();
        }),
    );
    const policy = (path) =>
      fetch(world.base + path, { headers: { Accept: "text/html" } }).then((response) =>
        response.headers.get("Content-Security-Policy"),
      );
    assert.match(await policy(`/embed/${video.id}`), /frame-ancestors \*$/);
    assert.match(await policy(`/watch/${video.id}`), /frame-ancestors 'none'$/);
  },

  async "thousands of videos are few elements, and the end is reached"(world) {
    const template = await world.upload("Template");
    const page = await world.signedIn(await world.person());
    await page.route(/\/api\/v1\/videos\?/, (route) =>
      route.fulfill({ json: many(template, route) }),
    );
    for (const path of ["/", "/videos"]) {
      await page.goto(path);
      await page.getByRole("link", { name: "Number 0", exact: true }).waitFor();
      const frames = await page.evaluate(scrollToEnd, [addressOf(TOTAL - 1), SCROLL_MILLIS]);
      console.log(
        `scrolled ${path}: frames of ${frames.median.toFixed(1)} ms, 95 % within ${frames.p95.toFixed(1)} ms`,
      );
      assert.ok(frames.reached, `the last one of ${path} was scrolled to`);
      assert.ok(frames.most < 120, `${frames.most} videos in ${path}`);
    }
  },
};

export const flowsAlone = {
  async "plays on while a node dies and the web server restarts"(world) {
    const video = await world.upload("Unbreakable", { file: world.film });
    await world.completed(video.id);
    const page = await world.page();
    await page.goto(`/watch/${video.id}`);
    await world.plays(page);
    await page.evaluate(() => {
      const element = document.querySelector("video");
      let last = performance.now();
      globalThis.longestStall = 0;
      element.addEventListener("timeupdate", () => {
        globalThis.longestStall = Math.max(globalThis.longestStall, performance.now() - last);
        last = performance.now();
      });
    });
    await world.ask("kill-node");
    const before = await world.time(page);
    await world.plays(page, before + 2);
    const stall = await page.evaluate(() => globalThis.longestStall);
    console.log(
      `a node died: the longest pause between two pictures told was ${Math.round(stall)} ms`,
    );
    await world.ask("restart-web");
    await page.keyboard.press("0");
    await world.plays(page, 1);
    // A page that was open all the time goes on to others.
    await page.getByRole("link", { name: "TritonTube" }).click();
    await page.getByRole("link", { name: "Unbreakable" }).first().waitFor();
    await world.ask("start-node");
  },
};

const addressOf = (number) => `/watch/synthetic${String(number).padStart(11, "0")}`;

/** A page of a list of so many. */
function many(template, route) {
  const query = new URL(route.request().url()).searchParams;
  const from = Number(query.get("cursor") ?? 0);
  const limit = Number(query.get("limit"));
  const items = Array.from({ length: Math.min(limit, TOTAL - from) }, (_, index) => ({
    ...template,
    id: addressOf(from + index)
      .split("/")
      .at(-1),
    title: `Number ${from + index}`,
    status: "COMPLETED",
    playable: true,
    links: { ...template.links, poster: null },
  }));
  return { items, nextCursor: from + limit < TOTAL ? String(from + limit) : null };
}

/** In the page: as fast as it draws, until the link is there. */
async function scrollToEnd([address, millis]) {
  const gaps = [];
  let last = performance.now();
  let most = 0;
  const end = last + millis;
  const reached = () => document.querySelector(`main a[href="${address}"]`) !== null;
  while (!reached() && performance.now() < end) {
    scrollBy(0, 1500);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    gaps.push(now - last);
    last = now;
    most = Math.max(most, document.querySelectorAll('main a[href*="synthetic"]').length);
  }
  gaps.sort((a, b) => a - b);
  return {
    reached: reached(),
    most,
    median: gaps[gaps.length >> 1],
    p95: gaps[Math.floor(gaps.length * 0.95)],
  };
}

function pick({ username, password }) {
  return { username, password };
}
