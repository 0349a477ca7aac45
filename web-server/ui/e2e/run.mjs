// Flows of the web app in a browser against a running cluster: run.mjs BASE_URL KEY_FILE FILM CLIP [FLOW,FLOW]
//
// FILM is long enough to be watched while it is encoded (half a minute), CLIP is encoded in a moment.
//
// Prints one line a flow. Two run at a time, each in browsers of its own; those that shake the cluster, or
// look at all of it, come last, alone. What only the one who started it can do to the cluster, such as restarting
// the web server, is asked for by a line `do: WHAT` on stdout, and done when a line comes on stdin, which is the answer.
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { launch } from "./browser.mjs";
import { World } from "./world.mjs";

const LANES = 2;

const [base, keyFile, film, clip, only] = process.argv.slice(2);
if (!base || !keyFile || !film || !clip) {
  console.error("usage: run.mjs BASE_URL KEY_FILE FILM CLIP [FLOW,FLOW]");
  process.exit(2);
}

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
let asked = Promise.resolve();

/** One wish at a time. */
function ask(what) {
  const answer = asked.then(async () => {
    console.log(`do: ${what}`);
    return (await answers.next()).value;
  });
  asked = answer;
  return answer;
}

const folder = new URL("./flows/", import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".mjs"))
  .sort()
  .filter((name) => !only || only.split(",").some((each) => name.includes(each)));

const ground = { base, key: readFileSync(keyFile, "utf8").trim(), film, clip, ask };
let failed = 0;

async function run([title, flow], browser) {
  const world = new World({ ...ground, browser });
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

const together = [];
const alone = [];
for (const name of names) {
  const { flows = {}, flowsAlone = {} } = await import(new URL(name, folder));
  together.push(...Object.entries(flows));
  alone.push(...Object.entries(flowsAlone));
}

/** In a browser of its own: where a page is opened, the others of a browser lose the focus, and close their menus. */
async function lane(flows) {
  const browser = await launch();
  for (let next = flows.shift(); next !== undefined; next = flows.shift()) {
    await run(next, browser);
  }
  await browser.close();
}

await Promise.all(Array.from({ length: LANES }, () => lane(together)));
await lane(alone);
process.exit(failed === 0 ? 0 : 1);
