// Flows of the web app in a browser against a running cluster: run.mjs BASE_URL KEY_FILE CLIP [FLOW,FLOW]
//
// Prints one line a flow. What only the one who started it can do to the cluster, such as restarting
// the web server, is asked for by a line `do: WHAT` on stdout, and done when a line comes on stdin, which is the answer.
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { launch } from "./browser.mjs";
import { World } from "./world.mjs";

const [base, keyFile, clip, only] = process.argv.slice(2);
if (!base || !keyFile || !clip) {
  console.error("usage: run.mjs BASE_URL KEY_FILE CLIP [FLOW,FLOW]");
  process.exit(2);
}

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
async function ask(what) {
  console.log(`do: ${what}`);
  return (await answers.next()).value;
}

const folder = new URL("./flows/", import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".mjs"))
  .sort()
  .filter((name) => !only || only.split(",").some((each) => name.includes(each)));

const browser = await launch();
const world = new World({ browser, base, key: readFileSync(keyFile, "utf8").trim(), clip, ask });
let failed = 0;
for (const name of names) {
  const { flows } = await import(new URL(name, folder));
  for (const [title, flow] of Object.entries(flows)) {
    const started = Date.now();
    try {
      await flow(world);
      world.checkComplaints();
      console.log(`passed: ${title} (${Date.now() - started} ms)`);
    } catch (failure) {
      failed++;
      console.log(`failed: ${title}: ${failure.stack}`);
      await world.picture(title);
    } finally {
      await world.closePages();
    }
  }
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
