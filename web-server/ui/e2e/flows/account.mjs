import assert from "node:assert/strict";
import { World } from "../world.mjs";

export const flows = {
  async "registers and comes back to where it was, by keyboard alone"(world) {
    const page = await world.page();
    await page.goto("/account/keys");
    await page.waitForURL(/\/login\?next=/);
    await page.getByRole("link", { name: "Create an account" }).press("Enter");
    // The form before has a field of this name, too, and the new page's heading takes the focus.
    await page.locator("h1:focus", { hasText: "Create an account" }).waitFor();
    await page.getByLabel("Username").focus();
    await page.keyboard.type(`newcomer-${process.pid}`);
    await page.keyboard.press("Tab");
    await page.keyboard.type("short");
    await page.keyboard.press("Enter");
    assert.match(page.url(), /\/register/, "a short password is refused in the form");
    await page.getByLabel("Password", { exact: true }).fill(World.PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/account\/keys$/);
    await page.getByText("No keys yet").waitFor();
  },

  async "keeps what was typed when it is refused"(world) {
    const page = await world.page();
    const person = await world.person();
    await page.goto("/login");
    await world.signIn(page, { ...person, password: "wrong" });
    await page.getByRole("alert").getByText("The username or the password is wrong.").waitFor();
    assert.equal(await page.getByLabel("Username").inputValue(), person.username);
    assert.equal(await page.getByLabel("Password", { exact: true }).inputValue(), "wrong");
  },

  async "makes an API key that works, shows it once and revokes it"(world) {
    const page = await world.signedIn(await world.person(), "/account/keys");
    await page.getByRole("button", { name: "Create a key" }).first().click();
    await page.getByLabel("Name").fill("<b>backup</b>");
    await page.getByRole("checkbox", { name: /See private videos/ }).check();
    // One key, whoever clicks twice, and it stays when one clicks beside it.
    await page.getByRole("dialog").getByRole("button", { name: "Create a key" }).dblclick();
    await page.getByLabel("Your new key").waitFor();
    await page.mouse.click(2, 2);
    const key = await page.getByLabel("Your new key").inputValue();
    const me = () =>
      fetch(`${world.base}/api/v1/auth/me`, { headers: { Authorization: `Bearer ${key}` } });
    assert.equal((await me()).status, 200);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("heading", { name: "<b>backup</b>" }).waitFor();
    await page.getByRole("button", { name: "Revoke <b>backup</b>" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("No keys yet").waitFor();
    assert.equal((await me()).status, 401);
  },

  async "an ended session asks for the password and loses nothing"(world) {
    const person = await world.person();
    const page = await world.signedIn(person, "/account/keys");
    await page.getByRole("button", { name: "Create a key" }).first().click();
    await page.getByLabel("Name").fill("typed before");
    // An administrator shuts the account for a moment: that ends all its sessions.
    await world.api("PATCH", `/users/${person.id}`, { disabled: true });
    await world.api("PATCH", `/users/${person.id}`, { disabled: false });
    await page.getByRole("dialog").getByRole("button", { name: "Create a key" }).click();
    const dialog = page.getByRole("dialog", { name: "Sign in to go on" });
    await dialog.getByLabel("Password", { exact: true }).fill(person.password);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(await page.getByLabel("Name").inputValue(), "typed before");
    await page.getByRole("dialog").getByRole("button", { name: "Create a key" }).click();
    await page.getByLabel("Your new key").waitFor();
  },

  async "stays signed in over reloads and tabs, and signs out of all of them"(world) {
    const page = await world.signedIn(await world.person());
    const second = await world.tab(page.context());
    await Promise.all([page.reload(), second.goto("/account"), page.reload().catch(() => {})]);
    await Promise.all([page.reload(), second.reload()]);
    await second.getByRole("heading", { name: "Account", exact: true }).waitFor();
    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("link", { name: "Sign in" }).waitFor();
    await second.waitForURL(/\/login\?next=/);
  },

  async "changes the password and deletes the account"(world) {
    const person = await world.person();
    const page = await world.signedIn(person, "/account");
    await page.getByLabel("Current password").fill(person.password);
    await page.getByLabel("New password").fill("another good password");
    await page.getByRole("button", { name: "Change the password" }).click();
    await page.getByText("The password was changed").first().waitFor();
    await page.getByRole("button", { name: "Delete account …" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Password", { exact: true }).fill("another good password");
    await dialog.getByRole("button", { name: "Delete for good" }).click();
    await page.getByRole("link", { name: "Sign in" }).waitFor();
    await world.signInIsRefused(person.username, "another good password");
  },
};
