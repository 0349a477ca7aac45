import { beforeEach, expect, test } from "vitest";
import { Problem } from "@/api/problem";
import type { Details } from "@/features/videos/details";
import { ResumeStore } from "./resume-store";
import { type Item, type Listener, type Transport, UploadQueue } from "./upload-queue";

const ME = "me";
const URL = "/api/v1/uploads/abc";

let now: number;
let timers: { at: number; run: () => void }[];
let sending: { item: Item; listener: Listener; stopped: boolean }[];
let edits: [string, Partial<Details>][];
let givenUp: string[];
let videoOf: string | null;
let storage: Map<string, string>;

const transport: Transport = {
  send(item, listener) {
    const one = { item, listener, stopped: false };
    sending.push(one);
    return () => {
      one.stopped = true;
    };
  },
  look: async () => ({ offset: 40, video: videoOf }),
  giveUp: async (url) => void givenUp.push(url),
  edit: async (video, changes) => void edits.push([video, changes]),
};

beforeEach(() => {
  now = 1_000_000;
  timers = [];
  sending = [];
  edits = [];
  givenUp = [];
  videoOf = "film";
  storage = new Map();
});

function page(): UploadQueue {
  const kept = {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => void storage.set(key, value),
  };
  return new UploadQueue(transport, new ResumeStore(kept, () => now), {
    now: () => now,
    later(run, millis) {
      const timer = { at: now + millis, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
  });
}

/** Lets time pass, and what is to happen in it. */
async function pass(millis: number): Promise<void> {
  now += millis;
  for (const timer of timers.filter(({ at }) => at <= now)) {
    timers = timers.filter((each) => each !== timer);
    timer.run();
  }
  await settled();
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const file = (name: string, size = 100) => new File([new Uint8Array(size)], name);
const states = (queue: UploadQueue) => queue.items.map(({ state }) => state);

test("two at once, the others wait for their turn", async () => {
  const queue = page();
  for (const name of ["a.mp4", "b.mp4", "c.mp4"]) {
    queue.add(file(name), name, ME, "public");
  }
  expect(states(queue)).toEqual(["sending", "sending", "queued"]);
  sending[0]?.listener.begun(URL);
  sending[0]?.listener.done();
  await settled();
  expect(states(queue)).toEqual(["sent", "sending", "sending"]);
  expect(queue.items[0]?.video).toBe("film");
});

test("a pause lets the next one begin, and hears nothing more of the old request", () => {
  const queue = page();
  queue.add(file("a.mp4"), "a", ME, "public");
  queue.pause(queue.items[0]?.id ?? "");
  expect(sending[0]?.stopped).toBe(true);
  sending[0]?.listener.failed(Problem.offline());
  expect(states(queue)).toEqual(["paused"]);
  queue.resume(queue.items[0]?.id ?? "");
  expect(states(queue)).toEqual(["sending"]);
});

test("what may pass is tried again, later each time, or when the server says", async () => {
  const queue = page();
  queue.add(file("a.mp4"), "a", ME, "public");
  sending[0]?.listener.failed(Problem.offline());
  expect(queue.items[0]).toMatchObject({ state: "waiting", retryAt: now + 1000 });
  await pass(1000);
  sending[1]?.listener.failed(Problem.offline());
  expect(queue.items[0]?.retryAt).toBe(now + 2000);
  await pass(2000);
  sending[2]?.listener.failed(new Problem(429, "too_many_requests", "", null, 17));
  expect(queue.items[0]?.retryAt).toBe(now + 17_000);
  queue.wake();
  expect(states(queue)).toEqual(["sending"]);
});

test("who has to sign in is waited for", async () => {
  const queue = page();
  queue.add(file("a.mp4"), "a", ME, "public");
  sending[0]?.listener.failed(new Problem(401, "unauthorized", ""));
  await pass(3_600_000);
  expect(states(queue)).toEqual(["waiting"]);
  queue.wake();
  expect(states(queue)).toEqual(["sending"]);
});

test("what the server lost begins anew; what it does not take does not", () => {
  const queue = page();
  queue.add(file("a.mp4"), "a", ME, "public");
  sending[0]?.listener.begun(URL);
  sending[0]?.listener.failed(new Problem(410, "gone", ""));
  expect(sending[1]?.item.url).toBeNull();
  for (const status of [413, 415, 507]) {
    sending.at(-1)?.listener.failed(new Problem(status, "x", ""));
    expect(states(queue)).toEqual(["refused"]);
    queue.resume(queue.items[0]?.id ?? "");
  }
});

test("words that changed since they were sent are told when it is there", async () => {
  const queue = page();
  queue.add(file("My film.mp4"), "a", ME, "public");
  const { id } = queue.items[0] as Item;
  expect(queue.items[0]?.details.title).toBe("My film");
  queue.edit(id, { tags: ["before"] });
  sending[0]?.listener.begun(URL);
  queue.edit(id, { title: "Better" });
  expect(queue.items[0]?.saving).toBe("changed");
  sending[0]?.listener.done();
  await settled();
  await pass(0);
  expect(edits).toEqual([["film", { title: "Better", tags: ["before"] }]]);
  queue.edit(id, { title: " " });
  await pass(5000);
  expect(edits.length).toBe(1);
  queue.edit(id, { visibility: "private" });
  queue.edit(id, { title: "Best" });
  await pass(5000);
  expect(edits[1]).toEqual(["film", { title: "Best", visibility: "private" }]);
  expect(queue.busy).toBe(false);
});

test("another page asks for the same file and goes on where it was", async () => {
  const before = page();
  before.add(file("a.mp4"), "print", ME, "public");
  sending[0]?.listener.begun(URL);
  before.edit(before.items[0]?.id ?? "", { title: "Chosen" });
  before.letGo();

  videoOf = null;
  const after = page();
  after.recall("somebody else");
  expect(after.items).toEqual([]);
  after.recall(ME);
  await settled();
  const item = after.items[0] as Item;
  expect(item).toMatchObject({ state: "missing", offset: 40, details: { title: "Chosen" } });
  expect(after.provide(item.id, file("a.mp4"), "another")).toBe(false);
  expect(states(after)).toEqual(["missing"]);
  after.add(file("renamed.mp4"), "print", ME, "public");
  expect(after.items.length).toBe(1);
  expect(sending.at(-1)?.item.url).toBe(URL);
});

test("what another tab is at work on is left to it, until it is silent", () => {
  const one = page();
  one.add(file("a.mp4"), "a", ME, "public");
  sending[0]?.listener.begun(URL);
  const other = page();
  other.recall(ME);
  expect(other.items).toEqual([]);
  now += 60_000;
  other.recall(ME);
  expect(other.items.length).toBe(1);
});

test("who gives up is forgotten everywhere; who leaves is not", () => {
  const queue = page();
  queue.add(file("a.mp4"), "a", ME, "public");
  sending[0]?.listener.begun(URL);
  queue.leave(null);
  expect(queue.items).toEqual([]);
  expect(sending[0]?.stopped).toBe(true);
  queue.recall(ME);
  queue.remove(queue.items[0]?.id ?? "");
  expect(givenUp).toEqual([URL]);
  now += 60_000;
  queue.recall(ME);
  expect(queue.items).toEqual([]);
});

test("what is not an upload of this server is not believed", () => {
  const queue = page();
  queue.add(file("a.mp4"), "a", ME, "public");
  sending[0]?.listener.begun(URL);
  queue.letGo();
  const [key, text] = [...storage.entries()][0] ?? ["", ""];
  storage.set(key, text.replaceAll(URL, "https://elsewhere.invalid/steal"));
  const other = page();
  other.recall(ME);
  expect(other.items).toEqual([]);
  storage.set(key, "{broken");
  other.recall(ME);
  expect(other.items).toEqual([]);
});
