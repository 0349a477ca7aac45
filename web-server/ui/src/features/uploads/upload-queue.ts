import { Problem } from "@/api/problem";
import { changesOf, type Details, STANDARD, titleOf } from "@/features/videos/details";
import { type ResumeStore, WORK_MILLIS } from "./resume-store";
import { Speed } from "./speed";

/**
 * `missing`: it goes on when its file is given again. `waiting`: it goes on by itself. `refused`: it
 * does not. `sent`: the server has all of it.
 */
export type State = "queued" | "sending" | "paused" | "waiting" | "refused" | "missing" | "sent";

/** Whether the server knows the details as they are now. */
export type Saving = "saved" | "changed" | "saving" | "failed";

/** One upload, as it is at a moment. */
export type Item = {
  id: string;
  user: string;
  name: string;
  size: number;
  fingerprint: string;
  file: File | null;
  /** The path of the upload on the server; null before it has one. */
  url: string | null;
  state: State;
  offset: number;
  bytesPerSecond: number | null;
  problem: Problem | null;
  /** When it is tried again, in milliseconds since 1970. */
  retryAt: number | null;
  details: Details;
  told: Details;
  saving: Saving;
  /** By which it is to be encoded. */
  profile: string;
  /** The id of what became of it. */
  video: string | null;
};

export type Listener = {
  begun: (url: string) => void;
  progress: (offset: number) => void;
  done: () => void;
  failed: (problem: Problem) => void;
};

/** What the queue needs of the server. */
export type Transport = {
  /** @returns what stops it */
  send: (item: Item & { file: File }, listener: Listener) => () => void;
  /** @throws Problem */
  look: (url: string) => Promise<{ offset: number; video: string | null }>;
  giveUp: (url: string) => Promise<void>;
  /** @throws Problem */
  edit: (video: string, changes: Partial<Details>) => Promise<void>;
};

export type Clock = { now: () => number; later: (run: () => void, millis: number) => () => void };

const AT_ONCE = 2;
const PROGRESS_MILLIS = 200;
const FIRST_PAUSE_MILLIS = 1000;
const MAX_PAUSE_MILLIS = 30_000;
const SAVE_MILLIS = 700;

/** What of an item is not for pages. */
type Hidden = {
  speed: Speed;
  failures: number;
  stop: (() => void) | null;
  timer: (() => void) | null;
  saveTimer: (() => void) | null;
  toldAt: number;
  workedOn: number;
};

/** Uploads files, a few at once, each until it is whole; for as long as the app is open. */
export class UploadQueue {
  #items: readonly Item[] = [];
  readonly #hidden = new Map<string, Hidden>();
  readonly #listeners = new Set<() => void>();
  #lastId = 0;

  constructor(
    private readonly transport: Transport,
    private readonly store: ResumeStore,
    private readonly clock: Clock,
  ) {}

  get items(): readonly Item[] {
    return this.#items;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether something would be cut off if the page were left now. */
  get busy(): boolean {
    return this.#items.some(
      ({ state, saving }) =>
        state === "queued" || state === "sending" || state === "waiting" || saving !== "saved",
    );
  }

  /** A file that belongs to an unfinished upload goes on with that one. */
  add(
    file: File,
    fingerprint: string,
    user: string,
    visibility: Details["visibility"],
    profile = STANDARD,
  ): void {
    const unfinished = this.#items.find(
      (each) => each.state === "missing" && each.fingerprint === fingerprint,
    );
    if (unfinished !== undefined) {
      this.#requeue(unfinished.id, { file });
      return;
    }
    const details: Details = { title: titleOf(file.name), description: "", tags: [], visibility };
    this.#append({
      ...blank(this.#newId(), user, details),
      name: file.name,
      size: file.size,
      fingerprint,
      file,
      profile,
    });
    this.#next();
  }

  /** Lists what an earlier page had begun, and finds out how far it came. */
  recall(user: string): void {
    for (const kept of this.store.left(user)) {
      if (this.#find(kept.id) === undefined) {
        this.#append({
          ...blank(kept.id, user, kept.details),
          ...kept,
          profile: kept.profile ?? STANDARD,
          state: "missing",
          saving: unsaved(kept) ? "changed" : "saved",
        });
        void this.#look(kept.id, kept.url);
      }
    }
  }

  async #look(id: string, url: string): Promise<void> {
    try {
      const { offset, video } = await this.transport.look(url);
      if (video === null) {
        this.#change(id, { offset });
      } else {
        this.#finish(id, video);
      }
    } catch (problem) {
      if (problem instanceof Problem && (problem.status === 404 || problem.status === 410)) {
        this.store.remove(id);
        this.#drop(id);
      }
    }
  }

  /** @returns false when it is another file than the one that was begun */
  provide(id: string, file: File, fingerprint: string): boolean {
    const item = this.#find(id);
    if (item === undefined || item.fingerprint !== fingerprint) {
      return false;
    }
    this.#requeue(id, { file });
    return true;
  }

  pause(id: string): void {
    const item = this.#find(id);
    if (item !== undefined && ["queued", "sending", "waiting"].includes(item.state)) {
      this.#rest(id, { state: "paused", retryAt: null });
      this.#next();
    }
  }

  /** Also what was refused: what was the matter may be mended. */
  resume(id: string): void {
    const item = this.#find(id);
    if (item !== undefined && ["paused", "waiting", "refused"].includes(item.state)) {
      this.#requeue(id, {});
    }
  }

  /** The network, or somebody who signed in again, is there: what waits goes on at once. */
  wake(): void {
    for (const { id, state } of this.#items) {
      if (state === "waiting") {
        this.#requeue(id, {});
      }
    }
  }

  /** Gives an upload up, or takes one that is over off the list. */
  remove(id: string): void {
    const item = this.#find(id);
    if (item === undefined) {
      return;
    }
    this.#rest(id, {});
    this.store.remove(id);
    this.#drop(id);
    if (item.url !== null && item.state !== "sent") {
      this.transport.giveUp(item.url).catch(() => undefined); // It expires by itself.
    }
    this.#next();
  }

  /** Of somebody who is not signed in any more: nothing of his is sent, what he began stays remembered. */
  leave(user: string | null): void {
    for (const item of this.#items.filter((each) => each.user !== user)) {
      this.#remember(item, 0);
      this.#rest(item.id, {});
      this.#drop(item.id);
    }
  }

  /** The page goes: whoever comes next may go on. */
  letGo(): void {
    for (const item of this.#items) {
      this.#remember(item, 0);
    }
  }

  /** Told to the server at the latest when all of the file is there. */
  edit(id: string, changes: Partial<Details>): void {
    const item = this.#find(id);
    if (item === undefined) {
      return;
    }
    const details = { ...item.details, ...changes };
    const next = { ...item, details };
    this.#change(id, { details, saving: unsaved(next) ? "changed" : "saved" });
    this.#remember(next);
    if (item.state === "sent") {
      this.#saveLater(id, SAVE_MILLIS);
    }
  }

  save(id: string): void {
    this.#saveLater(id, 0);
  }

  #saveLater(id: string, millis: number): void {
    const hidden = this.#of(id);
    hidden.saveTimer?.();
    hidden.saveTimer = this.clock.later(() => void this.#save(id), millis);
  }

  async #save(id: string): Promise<void> {
    const item = this.#find(id);
    if (item === undefined || item.video === null || item.saving === "saving") {
      return;
    }
    const changes = changesOf(item.told, item.details);
    if (Object.keys(changes).length === 0 || changes.title === "") {
      return;
    }
    this.#change(id, { saving: "saving" });
    try {
      await this.transport.edit(item.video, changes);
      const now = this.#find(id);
      if (now !== undefined) {
        const told = item.details;
        const more = unsaved({ ...now, told });
        this.#change(id, { told, saving: more ? "changed" : "saved", problem: null });
        if (more) {
          this.#saveLater(id, SAVE_MILLIS);
        } else {
          this.store.remove(id);
        }
      }
    } catch (problem) {
      this.#change(id, { saving: "failed", problem: problemOf(problem) });
    }
  }

  #requeue(id: string, change: Partial<Item>): void {
    this.#rest(id, { state: "queued", problem: null, retryAt: null, ...change });
    this.#next();
  }

  /** Begins what there is room for. */
  #next(): void {
    let room = AT_ONCE - this.#items.filter(({ state }) => state === "sending").length;
    for (const item of this.#items.filter(({ state }) => state === "queued")) {
      if (room > 0 && item.file !== null) {
        room--;
        this.#begin(item as Item & { file: File });
      }
    }
  }

  #begin(item: Item & { file: File }): void {
    const { id } = item;
    const hidden = this.#of(id);
    let current = true;
    const whileCurrent =
      <T extends unknown[]>(run: (...values: T) => void) =>
      (...values: T) => {
        if (current) {
          run(...values);
        }
      };
    this.#change(id, { state: "sending", problem: null });
    const stop = this.transport.send(item, {
      begun: whileCurrent((url) => this.#begun(id, url, item.details)),
      progress: whileCurrent((offset) => this.#progress(id, offset)),
      done: whileCurrent(() => void this.#done(id)),
      failed: whileCurrent((problem) => this.#failed(id, problem)),
    });
    hidden.stop = () => {
      current = false;
      stop();
    };
  }

  /** @param sent what the server was told with it, which may have been changed since */
  #begun(id: string, url: string, sent: Details): void {
    const item = this.#find(id);
    if (item !== undefined && item.url !== url) {
      const next = { ...item, url, told: { ...sent, title: sent.title.trim() } };
      this.#change(id, { url, told: next.told, saving: unsaved(next) ? "changed" : "saved" });
      this.#remember(next);
    }
  }

  #progress(id: string, offset: number): void {
    const hidden = this.#of(id);
    const now = this.clock.now();
    hidden.speed.add(offset, now);
    hidden.failures = 0;
    if (now - hidden.toldAt >= PROGRESS_MILLIS) {
      hidden.toldAt = now;
      this.#change(id, { offset, bytesPerSecond: hidden.speed.bytesPerSecond() });
    }
    const item = this.#find(id);
    if (item !== undefined && now - hidden.workedOn >= WORK_MILLIS) {
      hidden.workedOn = now;
      this.#remember(item, now);
    }
  }

  async #done(id: string): Promise<void> {
    const item = this.#find(id);
    if (item === undefined || item.url === null) {
      return;
    }
    this.#rest(id, { offset: item.size });
    try {
      const { video } = await this.transport.look(item.url);
      if (video === null) {
        this.#failed(id, new Problem(0, "not_there_yet", "The upload is not whole yet"));
      } else {
        this.#finish(id, video);
      }
    } catch (problem) {
      this.#failed(id, problemOf(problem));
    }
  }

  #finish(id: string, video: string): void {
    this.#rest(id, { state: "sent", video, problem: null, file: null });
    const item = this.#find(id);
    if (item !== undefined) {
      this.#change(id, { offset: item.size });
      if (unsaved(item)) {
        this.#saveLater(id, 0);
      } else {
        this.store.remove(id);
      }
    }
    this.#next();
  }

  #failed(id: string, problem: Problem): void {
    const hidden = this.#of(id);
    switch (fateOf(problem)) {
      case "done":
        void this.#done(id);
        return;
      case "anew":
        // What the server had of it is gone.
        this.store.remove(id);
        this.#rest(id, { url: null, offset: 0, state: "queued" });
        break;
      case "signed-out":
        this.#rest(id, { state: "waiting", problem, retryAt: null });
        break;
      case "later": {
        const millis = problem.retryAfterSeconds
          ? problem.retryAfterSeconds * 1000
          : Math.min(FIRST_PAUSE_MILLIS * 2 ** hidden.failures, MAX_PAUSE_MILLIS);
        hidden.failures++;
        this.#rest(id, { state: "waiting", problem, retryAt: this.clock.now() + millis });
        hidden.timer = this.clock.later(() => this.#requeue(id, {}), millis);
        break;
      }
      case "never":
        this.#rest(id, { state: "refused", problem });
        if (problem.status === 415) {
          this.store.remove(id);
          this.#change(id, { url: null, offset: 0 });
        }
        break;
    }
    this.#next();
  }

  /** Stops what is under way with it. */
  #rest(id: string, change: Partial<Item>): void {
    const hidden = this.#of(id);
    hidden.stop?.();
    hidden.timer?.();
    hidden.stop = null;
    hidden.timer = null;
    hidden.speed.reset();
    this.#change(id, { bytesPerSecond: null, ...change });
  }

  #remember(item: Item, workedOn = this.clock.now()): void {
    if (item.url !== null && (item.state !== "sent" || unsaved(item))) {
      const { id, user, url, fingerprint, name, size, details, told, profile } = item;
      this.store.put({ id, user, url, fingerprint, name, size, details, told, profile, workedOn });
    }
  }

  #find(id: string): Item | undefined {
    return this.#items.find((each) => each.id === id);
  }

  #of(id: string): Hidden {
    let hidden = this.#hidden.get(id);
    if (hidden === undefined) {
      hidden = {
        speed: new Speed(),
        failures: 0,
        stop: null,
        timer: null,
        saveTimer: null,
        toldAt: 0,
        workedOn: 0,
      };
      this.#hidden.set(id, hidden);
    }
    return hidden;
  }

  #newId(): string {
    return `${this.clock.now().toString(36)}-${++this.#lastId}`;
  }

  #append(item: Item): void {
    this.#become([...this.#items, item]);
  }

  #drop(id: string): void {
    this.#of(id).saveTimer?.();
    this.#hidden.delete(id);
    this.#become(this.#items.filter((each) => each.id !== id));
  }

  #change(id: string, change: Partial<Item>): void {
    this.#become(this.#items.map((each) => (each.id === id ? { ...each, ...change } : each)));
  }

  #become(items: readonly Item[]): void {
    this.#items = items;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

function blank(id: string, user: string, details: Details): Item {
  return {
    id,
    user,
    name: "",
    size: 0,
    fingerprint: "",
    file: null,
    url: null,
    state: "queued",
    offset: 0,
    bytesPerSecond: null,
    problem: null,
    retryAt: null,
    details,
    told: details,
    saving: "saved",
    profile: STANDARD,
    video: null,
  };
}

function unsaved({ told, details, url }: Pick<Item, "told" | "details" | "url">): boolean {
  return url !== null && Object.keys(changesOf(told, details)).length > 0;
}

function problemOf(failure: unknown): Problem {
  return failure instanceof Problem ? failure : new Problem(0, "unknown", String(failure));
}

/** What is to become of an upload that failed. */
function fateOf(problem: Problem): "done" | "anew" | "signed-out" | "later" | "never" {
  if (problem.code === "upload_done") {
    return "done";
  }
  if (problem.status === 404 || problem.status === 410 || problem.code === "too_many_pieces") {
    return "anew";
  }
  if (problem.status === 401) {
    return "signed-out";
  }
  const contended = problem.code === "wrong_offset" || problem.code === "taken_over";
  return problem.passing || contended || problem.status === 460 || problem.status === 423
    ? "later"
    : "never";
}
