import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const HOSTILE = `<img src=x onerror="alert(1)"> & <script>alert(2)</script>`;
const SLOW_BYTES_PER_SECOND = 200_000;

/** Drops files that a page is handed as bytes. */
async function drop(page, files) {
  const given = files.map(({ name, bytes }) => ({ name, base64: bytes.toString("base64") }));
  const transfer = await page.evaluateHandle((all) => {
    const data = new DataTransfer();
    for (const { name, base64 } of all) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      data.items.add(new File([bytes], name, { type: "video/mp4" }));
    }
    return data;
  }, given);
  for (const type of ["dragenter", "dragover", "drop"]) {
    await page.dispatchEvent("[data-drop-zone]", type, { dataTransfer: transfer });
  }
}

/** The clip, made so large that it takes a while: players skip what is in a box that is free. */
function padded(world, bytes) {
  const box = Buffer.alloc(bytes, world.random());
  box.writeUInt32BE(bytes, 0);
  box.write("free", 4);
  return Buffer.concat([readFileSync(world.clip), box]);
}

/** Somebody signed in by a way on which uploads take a while, until it is made faster. */
async function slowly(world, at) {
  const way = await world.slowWay(Number.POSITIVE_INFINITY);
  const page = await world.signedIn(await world.person(), at, { baseURL: way.baseURL });
  way.bytesPerSecond = SLOW_BYTES_PER_SECOND;
  return { page, way };
}

const card = (page, name) => page.getByRole("listitem").filter({ hasText: name }).first();

export const flows = {
  async "uploads what is dropped, says how far it is, and has its words beforehand"(world) {
    const { page, way } = await slowly(world, "/");
    await page.getByRole("link", { name: "Upload" }).first().click();
    await page.getByRole("heading", { name: "Upload", exact: true }).waitFor();
    await world.accessible(page, "/upload");
    // Not what is for administrators alone.
    const profile = page.getByLabel("Encode by the profile");
    await profile.selectOption("small");
    assert.equal(await profile.getByRole("option", { name: /^archive/ }).count(), 0);
    await drop(page, [{ name: "holiday.mp4", bytes: padded(world, 1_500_000) }]);
    const upload = card(page, "holiday.mp4");
    await upload.getByText("Uploading").waitFor();
    await upload.getByLabel("Title").fill(HOSTILE);
    await upload.getByRole("textbox", { name: /^Tags/ }).fill("<b>sea</b>,");
    await upload.getByLabel("Who can see it").selectOption("private");
    // Another page of the app, and back: it goes on.
    await page.getByRole("link", { name: "TritonTube" }).click();
    await page.getByRole("link", { name: /1 upload/ }).click();
    way.bytesPerSecond = Number.POSITIVE_INFINITY;
    await upload.getByRole("link", { name: "Watch" }).waitFor();
    await upload.getByText("Saved", { exact: true }).waitFor();
    await world.accessible(page, "an upload");
    await upload.getByRole("link", { name: "Watch" }).click();
    await page.getByRole("heading", { level: 1, name: HOSTILE }).waitFor();
    const id = new URL(page.url()).pathname.split("/").at(-1);
    const video = await world.api("GET", `/videos/${id}`);
    assert.equal(video.title, HOSTILE);
    assert.deepEqual(video.tags, ["<b>sea</b>"]);
    assert.equal(video.visibility, "private");
    const { items } = await world.api("GET", "/jobs?limit=50");
    assert.equal(
      items.find(({ videos }) => videos.some((each) => each.id === id)).profile,
      "small",
    );
  },

  async "goes on after the page was closed in the middle, with the same file alone"(world) {
    const { page, way } = await slowly(world, "/upload");
    const bytes = padded(world, 2_000_000);
    await drop(page, [{ name: "long.mp4", bytes }]);
    const upload = card(page, "long.mp4");
    const before = way.sentBytes;
    await world.until("some of it came", () => way.sentBytes - before > 300_000);
    await upload.getByLabel("Title").fill("Chosen before");
    const again = await world.tab(page.context());
    await page.close({ runBeforeUnload: false });
    way.cut();
    way.bytesPerSecond = Number.POSITIVE_INFINITY;
    const offsets = [];
    again.on("request", (request) => {
      if (request.method() === "PATCH" && request.url().includes("/uploads/")) {
        offsets.push(Number(request.headers()["upload-offset"]));
      }
    });
    await again.goto("/upload");
    const unfinished = card(again, "long.mp4");
    await unfinished.getByText("Unfinished").waitFor();
    await unfinished.getByText(/^[1-9][0-9.]* [KM]iB of/).waitFor();
    const choose = again.getByLabel("Choose the same file: long.mp4").first();
    await choose.setInputFiles({
      name: "long.mp4",
      mimeType: "video/mp4",
      buffer: padded(world, 9),
    });
    await again.getByText("That is another file").first().waitFor();
    await choose.setInputFiles({ name: "renamed.mp4", mimeType: "video/mp4", buffer: bytes });
    const watch = card(again, "Chosen before").getByRole("link", { name: "Watch" });
    await watch.waitFor();
    assert.ok(offsets[0] > 0, `it went on at ${offsets}`);
    await watch.click();
    await again.getByRole("heading", { name: "Chosen before" }).waitFor();
    const { items } = await world.api("GET", "/videos?limit=5&q=chosen");
    assert.equal(items[0].sizeBytes, bytes.length);
  },

  async "pauses, goes on, and says what to do about a file that is none, by keyboard alone"(world) {
    const { page, way } = await slowly(world, "/upload");
    const press = async (name) => {
      await world.tabTo(page, page.getByRole("button", { name }));
      await page.keyboard.press("Enter");
    };
    const chosen = page.waitForEvent("filechooser");
    await press("Choose files");
    await (await chosen).setFiles([
      { name: "first.mp4", mimeType: "video/mp4", buffer: padded(world, 1_000_000) },
      {
        name: "notes.mp4",
        mimeType: "video/mp4",
        buffer: Buffer.from("Not a film at all. ".repeat(50)),
      },
    ]);
    await press("Pause first");
    await card(page, "first.mp4").getByText("Paused").waitFor();
    await card(page, "notes.mp4")
      .getByText(/Convert it/)
      .waitFor();
    await world.accessible(page, "uploads that do not go on");
    await press("Cancel notes");
    way.bytesPerSecond = Number.POSITIVE_INFINITY;
    await press("Resume first");
    await card(page, "first.mp4").getByRole("link", { name: "Watch" }).waitFor();
    await press("Clear what is done");
    assert.equal(await page.locator("[data-upload]").count(), 0);
  },
};
