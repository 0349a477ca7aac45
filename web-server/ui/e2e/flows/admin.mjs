import assert from "node:assert/strict";
import { BACKGROUND_MILLIS } from "../world.mjs";

const QUICK = "Quick to encode";
const HOSTILE = `<script>alert("job")</script>`;

/** For what takes as long as the machine has other things to do. */
const CHANGE = { timeout: BACKGROUND_MILLIS };

export const flows = {
  async "shows the cluster to administrators alone"(world) {
    const page = await world.signedIn(await world.person(), "/cluster");
    await page.getByText("Not for this account").waitFor();
    assert.equal(await page.getByRole("button", { name: "Administration" }).count(), 0);
  },

  async "says why a plan cannot be, adds a node as planned, drains it and removes it, and watches"(
    world,
  ) {
    const started = world.ask("start-new-node");
    const page = await world.signedIn(await world.person("admin"), "/upload");
    // The page that one came to takes the focus when it is there, and menus close.
    await page.getByRole("heading", { level: 1 }).waitFor();
    await world.tabTo(page, page.getByRole("button", { name: "Administration" }));
    await page.keyboard.press("Enter");
    await world.chooseByKeys(page, "Cluster");
    // Three replicas on three nodes: too few would be left.
    const actions = page.getByRole("button", { name: /^Actions for/ }).first();
    await actions.waitFor();
    await world.tabTo(page, actions);
    await page.keyboard.press("Enter");
    await world.chooseByKeys(page, "Remove, it is lost");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Too few nodes would be left").waitFor();
    await world.accessible(page, "a plan that is refused");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });

    const address = await started;
    await world.tabTo(page, page.getByRole("button", { name: "Add a node" }));
    await page.keyboard.press("Enter");
    await world.tabTo(page, dialog.getByLabel("Address"));
    await page.keyboard.type("127.0.0.1:1");
    await page.keyboard.press("Enter");
    await dialog.getByText("does not answer there").waitFor();
    await dialog.getByLabel("Address").fill(address);
    await page.keyboard.press("Enter");
    await dialog.getByText("Replicas that move").waitFor();
    await dialog.getByRole("row", { name: new RegExp(`${address} 0 `) }).waitFor();
    await world.accessible(page, "a plan");
    await world.tabTo(page, dialog.getByRole("button", { name: "Apply this plan" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: `Added ${address}` }).waitFor(CHANGE);
    await page.getByText(/replicas; no fewer/).waitFor();
    await page
      .getByRole("row", { name: address })
      .filter({ hasText: /2[0-9.]+%/ })
      .waitFor();
    await world.accessible(page, "/cluster after a change");

    const ofNode = page.getByRole("button", { name: `Actions for ${address}` });
    for (const [item, done] of [
      ["Drain", "Drained"],
      ["Remove", "Removed"],
    ]) {
      await world.tabTo(page, ofNode);
      await page.keyboard.press("Enter");
      await world.chooseByKeys(page, item);
      const apply = dialog.getByRole("button", { name: "Apply this plan" });
      await dialog.getByText("Replicas that move").waitFor();
      await world.tabTo(page, apply);
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: `${done} ${address}` }).waitFor(CHANGE);
    }
    await ofNode.waitFor({ state: "detached" });
  },

  async "looks into jobs, cancels one and brings it back"(world) {
    const page = await world.signedIn(await world.person("admin"), "/jobs");
    await world.upload(QUICK, { fresh: true });
    // Enough to do, so that the second one is not over before it is cancelled.
    const before = await world.upload("Before it", { file: world.film, fresh: true });
    await world.upload(HOSTILE, { file: world.film, fresh: true });
    await page.reload();
    const job = page.getByRole("listitem").filter({ hasText: HOSTILE }).first();
    await job.getByRole("button", { name: /^Actions/ }).click();
    await page.getByRole("menuitem", { name: "Cancel" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Cancel the job" }).click();
    await job.getByText("Cancelled", { exact: true }).waitFor();
    const { items } = await world.api("GET", "/jobs?limit=50");
    const other = items.find(({ videos }) => videos.some(({ id }) => id === before.id));
    await world.api("POST", `/jobs/${other.id}/cancel`);
    await job.getByRole("button", { name: /^Show details/ }).click();
    await page.getByRole("dialog").getByText("Attempts").waitFor();
    await world.accessible(page, "a job");
    await page.keyboard.press("Escape");
    await job.getByRole("button", { name: /^Actions/ }).click();
    await page.getByRole("menuitem", { name: "Bring back" }).click();
    await job.getByText("Done", { exact: true }).waitFor(CHANGE);
    await page.getByLabel("State").selectOption("DONE");
    const quick = page.getByRole("listitem").filter({ hasText: QUICK }).first();
    await quick.waitFor(CHANGE);
    await page.getByLabel("State").selectOption("");
    await quick.getByRole("button", { name: /^Actions/ }).click();
    await page.getByRole("menuitem", { name: "Encode again" }).click();
    await page.getByRole("dialog").getByLabel("Profile").selectOption("small");
    await page.getByRole("dialog").getByRole("button", { name: "Encode" }).click();
    await page.getByText("It is encoded again").first().waitFor();
    const again = page.getByRole("listitem").filter({ hasText: "Encode again · small" }).first();
    await again.getByText("Done", { exact: true }).waitFor(CHANGE);
    await again.getByRole("button", { name: /^Actions/ }).click();
    await page.getByRole("menuitem", { name: "Take off the list" }).click();
    await page.getByText("The job is off the list").first().waitFor();
  },

  async "copies the catalog, and says how to restore it"(world) {
    const page = await world.signedIn(await world.person("admin"), "/backups");
    const before = await world.api("GET", "/cluster/backups");
    await world.tabTo(page, page.getByRole("button", { name: "Make a copy now" }));
    await page.keyboard.press("Enter");
    await page.getByText(/^The copy is whole/).waitFor();
    const copies = page.getByRole("list", { name: "Copies of the catalog" });
    const { items } = await world.api("GET", "/cluster/backups");
    assert.equal(items.length, before.items.length + 1);
    await copies
      .getByRole("listitem")
      .filter({ hasText: items[0].id })
      .getByText("Whole")
      .waitFor();
    await page.getByText(/web --data \S+ --nodes 127\.0\.0\.1:\d+/).waitFor();
    await world.accessible(page, "/backups with a copy");
    // One that fails leaves nothing behind.
    await page.route(/backups\/[^/]+$/, (route) =>
      route.fulfill({ status: 404, json: { code: "not_found", detail: "There is no backup" } }),
    );
    await page.getByRole("button", { name: "Make a copy now" }).click();
    await page.getByText("The copy could not be made.").waitFor();
  },

  async "makes a user who chooses his password, disables and deletes him"(world) {
    const page = await world.signedIn(await world.person("admin"), "/users");
    const username = `made-${process.pid}`;
    await page.getByRole("button", { name: "Create a user" }).click();
    await page.getByRole("dialog").getByLabel("Username").fill(username);
    await page.getByRole("dialog").getByLabel("Role").selectOption("viewer");
    await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
    const link = await page.getByLabel("Link").inputValue();
    await world.accessible(page, "a link to choose a password");
    await page.getByRole("button", { name: "Done" }).click();
    const other = await world.page();
    await other.goto(link.replace(/^https?:\/\/[^/]+/, ""));
    await other
      .getByLabel(/password/i)
      .first()
      .waitFor();
    assert.ok(link.includes("/reset-password#"));

    await page.getByLabel(`Role of ${username}`).selectOption("admin");
    const asked = page.getByRole("alertdialog", { name: `Make ${username} an administrator?` });
    await asked.getByRole("button", { name: "Cancel" }).click();
    assert.equal(await page.getByLabel(`Role of ${username}`).inputValue(), "viewer");
    await page.getByLabel(`Role of ${username}`).selectOption("uploader");
    await page.getByRole("alertdialog").getByRole("button", { name: "Change the role" }).click();
    await page.getByText(`${username} is changed`).first().waitFor();
    await page.getByRole("button", { name: `Actions for ${username}` }).click();
    await page.getByRole("menuitem", { name: "Disable" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click();
    const item = page.getByRole("main").getByRole("listitem").filter({ hasText: username });
    await item.getByText("Disabled").waitFor();
    await page.getByRole("button", { name: `Actions for ${username}` }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByLabel(`Type ${username} to go on`).fill(username);
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).press("Enter");
    await item.waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Audit log" }).click();
    await page.getByText("DELETE /api/v1/users/{id}").first().waitFor();
    await world.accessible(page, "/users?view=audit");
  },
};
