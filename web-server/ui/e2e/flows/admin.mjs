import assert from "node:assert/strict";

const HOSTILE = `<script>alert("job")</script>`;

/** For what takes as long as the machine has other things to do. */
const CHANGE = { timeout: 120_000 };

export const flows = {
  async "shows the cluster to administrators alone"(world) {
    const page = await world.signedIn(await world.person());
    await page.goto("/cluster");
    await page.getByText("Not for this account").waitFor();
    assert.equal(await page.getByRole("button", { name: "Administration" }).count(), 0);
  },

  async "adds a node as planned, drains it and removes it, and watches"(world) {
    const address = await world.ask("start-new-node");
    const page = await world.signedIn(await world.person("admin"));
    // The page that one came to takes the focus when it is there, and menus close.
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByRole("button", { name: "Administration" }).click();
    await page.getByRole("menuitem", { name: "Cluster" }).click();
    await page.getByRole("button", { name: "Add a node" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill("127.0.0.1:1");
    await dialog.getByRole("button", { name: "Show the plan" }).click();
    await dialog.getByText("does not answer there").waitFor();
    await dialog.getByLabel("Address").fill(address);
    await dialog.getByRole("button", { name: "Show the plan" }).click();
    await dialog.getByText("Replicas that move").waitFor();
    await dialog.getByRole("row", { name: new RegExp(`${address} 0 `) }).waitFor();
    await world.accessible(page, "a plan");
    await dialog.getByRole("button", { name: "Apply this plan" }).click();
    await page.getByRole("heading", { name: `Added ${address}` }).waitFor(CHANGE);
    await page.getByText(/replicas; no fewer/).waitFor();
    await page
      .getByRole("row", { name: address })
      .filter({ hasText: /2[0-9.]+%/ })
      .waitFor();
    await world.accessible(page, "/cluster after a change");

    for (const [item, done] of [
      ["Drain", "Drained"],
      ["Remove", "Removed"],
    ]) {
      await page.getByRole("button", { name: `Actions for ${address}` }).click();
      await page.getByRole("menuitem", { name: item, exact: true }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Apply this plan" }).click();
      await page.getByRole("heading", { name: `${done} ${address}` }).waitFor(CHANGE);
    }
    await page
      .getByRole("button", { name: `Actions for ${address}` })
      .waitFor({ state: "detached" });
  },

  async "says why a plan cannot be"(world) {
    const page = await world.signedIn(await world.person("admin"));
    await page.goto("/cluster");
    await page
      .getByRole("button", { name: /^Actions for/ })
      .first()
      .click();
    await page.getByRole("menuitem", { name: "Remove, it is lost" }).click();
    // Three replicas on three nodes: too few would be left.
    await page.getByText("Too few nodes would be left").waitFor();
    await world.accessible(page, "a plan that is refused");
  },

  async "looks into jobs, cancels one and brings it back"(world) {
    // Enough to do, so that the last one waits.
    for (const title of ["One", "Two", HOSTILE]) {
      await world.upload(title);
    }
    const page = await world.signedIn(await world.person("admin"));
    await page.goto("/jobs");
    const job = page.getByRole("listitem").filter({ hasText: HOSTILE }).first();
    await job.getByRole("button", { name: /^Actions/ }).click();
    await page.getByRole("menuitem", { name: "Cancel" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Cancel the job" }).click();
    await job.getByText("Cancelled", { exact: true }).waitFor();
    await job.getByRole("button", { name: /^Show details/ }).click();
    await page.getByRole("dialog").getByText("Attempts").waitFor();
    await world.accessible(page, "a job");
    await page.keyboard.press("Escape");
    await job.getByRole("button", { name: /^Actions/ }).click();
    await page.getByRole("menuitem", { name: "Bring back" }).click();
    await job.getByText("Done", { exact: true }).waitFor(CHANGE);
    await page.getByLabel("State").selectOption("DONE");
    await job.getByRole("button", { name: /^Actions/ }).click();
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

  async "makes a user who chooses his password, disables and deletes him"(world) {
    const page = await world.signedIn(await world.person("admin"));
    const username = `made-${process.pid}`;
    await page.goto("/users");
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

    await page.getByLabel(`Role of ${username}`).selectOption("uploader");
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
