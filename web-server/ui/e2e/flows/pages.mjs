import assert from "node:assert/strict";
import { WIDTHS } from "../world.mjs";

/** What is called good: https://web.dev/articles/cls */
const MOST_SHIFTED = 0.1;

const SIGNED_IN = [
  "/account",
  "/account/keys",
  "/upload",
  "/videos",
  "/cluster",
  "/jobs",
  "/users",
  "/backups",
];

/** What else happens in the cluster would move things on these pages. */
export const flowsAlone = {
  async "no page has a violation that axe knows, light or dark, scrolls sideways, or moves while it comes"(
    world,
  ) {
    const video = await world.upload("For axe", { description: "Words.", tags: "one,two" });
    await world.completed(video.id);
    const admin = await world.person("admin");
    const open = ["/", "/?q=nothing", `/watch/${video.id}`, `/embed/${video.id}`, "/nothing"];
    const forms = ["/login", "/register", "/reset-password"];
    // Half of them come on a phone, the others on a desk.
    const half = (paths, index) => paths.filter((_, at) => at % WIDTHS.length === index);
    await Promise.all(
      WIDTHS.map(async (width, index) => {
        const look = { viewport: { width, height: 800 }, reducedMotion: "reduce" };
        const stranger = await world.page(look);
        for (const path of half(forms, index)) {
          await check(world, stranger, path);
        }
        const page = await world.signedIn(admin, "/", look);
        for (const path of half([...open, ...SIGNED_IN], index)) {
          await check(world, page, path);
        }
      }),
    );
  },
};

export const flows = {
  async "the content is one key away, and unknown addresses say so"(world) {
    const page = await world.page();
    const response = await page.goto("/nothing-here");
    assert.equal(response.status(), 404);
    await page.getByText("There is nothing here").waitFor();
    await page.keyboard.press("Tab");
    assert.equal(
      await page.evaluate(() => document.activeElement.textContent),
      "Skip to the content",
    );
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "content");
  },

  async "a theme is kept, and painted first"(world) {
    const page = await world.page({ colorScheme: "light" });
    await page.goto("/");
    await page.getByRole("button", { name: "Theme" }).click();
    await page.getByRole("menuitemradio", { name: "Dark" }).click();
    await page.reload({ waitUntil: "commit" });
    await page.waitForFunction(() => document.documentElement.classList.contains("dark"));
  },
};

async function check(world, page, path) {
  const { width } = page.viewportSize();
  await page.goto(path);
  await page.locator("h1, h2").first().waitFor();
  await page.waitForFunction(() => document.querySelector(".animate-pulse") === null);
  const shifted = await page.evaluate(() => globalThis.shifted);
  assert.ok(shifted < MOST_SHIFTED, `${path} moved while it came, at ${width}: ${shifted}`);
  await world.accessible(page, path);
}
