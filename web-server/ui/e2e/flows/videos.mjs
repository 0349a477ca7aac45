import assert from "node:assert/strict";
import { BACKGROUND_MILLIS } from "../world.mjs";

const HOSTILE = `<script>alert("title")</script><b>bold</b>`;

/** A picture of one pixel, as PNG. */
const DOT =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const row = (page, title) => page.getByRole("row").filter({ hasText: title });

async function choose(page, title, item) {
  await page.getByRole("button", { name: `Actions for ${title}`, exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** Somebody who uploads, with a key of his to do so. */
async function owner(world) {
  const person = await world.person();
  const { key } = await world.api("POST", "/auth/keys", {
    name: "e2e",
    scopes: ["read", "write", "upload"],
    user: person.id,
  });
  return { ...person, key };
}

export const flows = {
  async "finds, edits, deletes and restores one's own videos"(world) {
    const person = await owner(world);
    const video = await world.upload(HOSTILE, { tags: "<i>sea</i>", key: person.key });
    await world.upload("A quiet lake", { key: person.key });
    const page = await world.signedIn(person);
    await page.getByRole("link", { name: "Your videos" }).click();
    await row(page, HOSTILE).waitFor();
    await world.accessible(page, "/videos with videos");
    await page.getByRole("searchbox", { name: "Search your videos" }).fill("lake");
    await row(page, "A quiet lake").waitFor();
    await row(page, HOSTILE).waitFor({ state: "detached" });
    assert.match(page.url(), /q=lake/);
    await page.getByRole("searchbox", { name: "Search your videos" }).fill("");
    await row(page, HOSTILE).waitFor();

    await choose(page, HOSTILE, "Edit");
    await page.getByRole("dialog").getByLabel("Title").fill("Renamed <u>here</u>");
    // Becomes a chip, for which "Save" moves, when one presses that.
    await page.getByRole("dialog").getByRole("textbox", { name: /^Tags/ }).fill("not entered");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await row(page, "Renamed <u>here</u>").waitFor();
    const { title, tags } = await world.api("GET", `/videos/${video.id}`);
    assert.deepEqual([title, tags], ["Renamed <u>here</u>", ["<i>sea</i>", "not entered"]]);

    await choose(page, "Renamed <u>here</u>", "Delete");
    await row(page, "Renamed").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await row(page, "Renamed").waitFor();
    await choose(page, "Renamed <u>here</u>", "Delete");
    await row(page, "Renamed").waitFor({ state: "detached" });
    await page.getByRole("navigation", { name: "Which videos" }).getByText("Deleted").click();
    await choose(page, "Renamed <u>here</u>", "Restore");
    await page.getByText("Nothing is deleted").waitFor();
    await world.accessible(page, "/videos?view=deleted");
    await page.getByRole("navigation", { name: "Which videos" }).getByText("Videos").click();
    await row(page, "Renamed").waitFor();
  },

  async "takes frames out of a video, and hands them out"(world) {
    const person = await owner(world);
    await world.upload("Framed", { key: person.key });
    const page = await world.signedIn(person, "/videos");
    await choose(page, "Framed", "Frames");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("None yet.").waitFor();
    await dialog.getByLabel("How many").fill("5");
    await dialog.getByLabel("Width").fill("64");
    await dialog.getByRole("button", { name: "Take frames" }).click();
    const button = dialog.getByRole("button", { name: /^Download 5 frames, JPG, 64 × / });
    await button.waitFor({ timeout: BACKGROUND_MILLIS });
    await world.accessible(page, "frames of a video");
    const downloading = page.waitForEvent("download");
    await button.click();
    assert.match((await downloading).suggestedFilename(), /-frames\.zip$/);
    await dialog.getByRole("button", { name: /^Delete 5 frames/ }).click();
    await dialog.getByText("None yet.").waitFor();
  },

  async "puts another picture in the place of a video's own: a moment, a file, the frame that is watched"(
    world,
  ) {
    const person = await owner(world);
    const { id } = await world.upload("With a face", { key: person.key });
    await world.completed(id);
    const poster = async () => (await world.api("GET", `/videos/${id}`)).links.poster;
    const automatic = await poster();
    const page = await world.signedIn(person, "/videos");
    await choose(page, "With a face", "Edit");
    const picker = page.getByRole("dialog").getByRole("region", { name: "Picture" });
    const shows = (address) => picker.locator(`img[src="${address}"]`).waitFor();
    const give = (name, buffer) =>
      picker.locator("input[type=file]").setInputFiles({ name, mimeType: "image/png", buffer });
    await shows(automatic);
    const offered = picker.getByRole("button", { name: /Use the picture at/ });
    await world.tabTo(page, offered.last());
    await page.keyboard.press("Enter");
    await page.getByText("The picture is changed").first().waitFor();
    const moment = await poster();
    assert.notEqual(moment, automatic);
    await shows(moment);
    await world.accessible(page, "choosing a picture");

    await give("none.png", Buffer.from("<svg onload='alert(1)'/>"));
    await picker.getByRole("alert").waitFor();
    assert.equal(await poster(), moment);
    await give("dot.png", Buffer.from(DOT, "base64"));
    await picker.locator(`img:not([src="${moment}"])`).waitFor();
    const own = await poster();
    assert.notEqual(own, moment);
    await shows(own);
    await world.tabTo(page, picker.getByRole("button", { name: "Automatic" }));
    await page.keyboard.press("Enter");
    await shows(automatic);
    assert.equal(await poster(), automatic);

    await page.goto(`/watch/${id}`);
    await world.plays(page);
    await page.keyboard.press("k");
    await page.keyboard.press("5");
    await world.tabTo(page, page.getByRole("button", { name: "Use as poster" }));
    await page.keyboard.press("Enter");
    await page.getByText("This picture stands for the video now").first().waitFor();
    const watched = await poster();
    assert.notEqual(watched, automatic);
    await page
      .getByRole("region", { name: /^Notifications/ })
      .locator(`img[src="${watched}"]`)
      .waitFor();
    await page.locator(`video[poster="${watched}"]`).waitFor({ state: "attached" });

    await world.tabTo(page, page.getByRole("button", { name: "Edit", exact: true }));
    await page.keyboard.press("Enter");
    await world.tabTo(page, page.getByRole("dialog").getByLabel("Title"));
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Renamed where it plays");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Renamed where it plays" }).waitFor();

    const stranger = await world.signedIn(await world.person(), `/watch/${id}`);
    await stranger.getByRole("button", { name: "Share" }).waitFor();
    assert.equal(await stranger.getByRole("button", { name: "Use as poster" }).count(), 0);
    assert.equal(await stranger.getByRole("button", { name: "Edit", exact: true }).count(), 0);
  },

  async "tells of a conflict, and loses nothing, by keyboard alone"(world) {
    const person = await owner(world);
    const video = await world.upload("Mine", { key: person.key });
    const page = await world.signedIn(person, "/videos");
    await world.tabTo(page, page.getByRole("button", { name: "Actions for Mine", exact: true }));
    await page.keyboard.press("Enter");
    await world.chooseByKeys(page, "Edit");
    const dialog = page.getByRole("dialog");
    await world.tabTo(page, dialog.getByLabel("Title"));
    await page.keyboard.press("Control+A");
    await page.keyboard.type("What I typed");
    await world.api("PATCH", `/videos/${video.id}`, {
      title: "What they stored",
      tags: ["theirs"],
    });
    await page.keyboard.press("Enter");
    await dialog.getByText("What they stored").waitFor();
    assert.equal(await dialog.getByLabel("Title").inputValue(), "What I typed");
    await world.accessible(page, "a conflict");
    await world.tabTo(page, dialog.getByRole("button", { name: "Save mine" }));
    await page.keyboard.press("Enter");
    await row(page, "What I typed").waitFor();
  },

  async "adds captions and chapters, and watches with them"(world) {
    const person = await owner(world);
    const video = await world.upload("With words", { key: person.key });
    const page = await world.signedIn(person, "/videos");
    await choose(page, "With words", "Edit");
    const section = page.getByRole("region", { name: "Sound, captions and chapters" });
    const give = (name, text) =>
      section
        .locator("input[type=file]")
        .last()
        .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

    await give("words.en.srt", "1\n00:00:00,000 --> later\nx\n");
    assert.equal(await section.getByLabel("Language").inputValue(), "en");
    await section.getByRole("button", { name: "Save" }).click();
    await section.getByText("Line 2: times are like").waitFor();
    await section.getByRole("button", { name: "Cancel" }).click();
    await give("words.en.srt", `1\n00:00:00,000 --> 00:00:08,000\n${HOSTILE}\n`);
    await section.getByRole("checkbox", { name: "Default" }).click();
    await world.accessible(page, "a track that is added");
    await section.getByRole("button", { name: "Save" }).click();
    await section.getByText("English").waitFor();
    await give(
      "parts.vtt",
      "WEBVTT\n\n00:00.000 --> 00:04.000\nOne\n\n00:04.000 --> 00:08.000\n<b>Two</b>\n",
    );
    await section.getByLabel("What it is").selectOption("chapters");
    await section.getByRole("button", { name: "Save" }).click();
    await section.getByText("Chapters", { exact: true }).first().waitFor();

    await page.goto(`/watch/${video.id}`);
    await world.plays(page);
    await page.waitForFunction((text) => {
      const tracks = [...document.querySelector("video").textTracks];
      const cues = tracks.flatMap((track) => [...(track.activeCues ?? [])]);
      return cues.some(
        (cue) => cue.getCueAsHTML().textContent.replaceAll(/<.?script>/g, "") === text,
      );
    }, 'alert("title")bold');
    await page.getByRole("button", { name: "0:04 Two" }).click();
    await world.plays(page, 4);
    await page.getByRole("button", { name: "Captions", exact: true }).click();
    await page.waitForFunction(() =>
      [...document.querySelector("video").textTracks].every((track) => track.mode !== "showing"),
    );
  },

  async "does one thing with many, by keyboard alone, and deletes for good"(world) {
    const person = await owner(world);
    for (const title of ["First", "Second", "Third"]) {
      await world.upload(title, { key: person.key, tags: "long".repeat(12) });
    }
    const phone = { viewport: { width: 390, height: 844 } };
    const page = await world.signedIn(person, "/videos", phone);
    await page.getByRole("checkbox", { name: "Select First" }).press("Space");
    const beyond = await page
      .getByRole("listitem")
      .first()
      .evaluate(
        (item) => item.getBoundingClientRect().right - document.documentElement.clientWidth,
      );
    assert.ok(beyond < 0, `a card goes ${beyond} pixels beyond the page`);
    await page.getByRole("checkbox", { name: "Select Second" }).press("Space");
    await page.getByText("2 selected").waitFor();
    await page.getByLabel("Visibility", { exact: true }).last().selectOption("private");
    await page.getByText("2 videos are changed").first().waitFor();
    await page.getByRole("button", { name: "Tags" }).press("Enter");
    await page.getByRole("dialog").getByLabel("Add", { exact: true }).fill("both");
    await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
    await page.getByText("#both").nth(1).waitFor();
    await world.accessible(page, "/videos on a phone");
    await page.getByRole("region", { name: "2 selected" }).getByText("Delete").press("Enter");
    await page.getByRole("checkbox", { name: "Select First" }).waitFor({ state: "detached" });
    await page.goto("/videos?view=deleted");
    await page.getByRole("checkbox", { name: "Select all" }).first().press("Space");
    await page.getByRole("button", { name: "Delete for good" }).press("Enter");
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: "Delete for good" })
      .press("Enter");
    await page.getByText("Nothing is deleted").waitFor();
    const { items } = await world.api("GET", `/videos?owner=${person.id}&include=deleted`);
    assert.deepEqual(
      items.map(({ title }) => title),
      ["Third"],
    );
  },
};
