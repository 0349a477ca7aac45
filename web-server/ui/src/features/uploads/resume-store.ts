import type { Details } from "@/features/videos/details";

/** An upload that was begun, and what it takes to go on with it. */
export type Unfinished = {
  id: string;
  /** Whose it is: the id of a user. */
  user: string;
  /** The path of the upload on the server. */
  url: string;
  fingerprint: string;
  name: string;
  size: number;
  details: Details;
  /** What the server was told of it. */
  told: Details;
  /** By which it is to be encoded; what older pages remembered does not say. */
  profile?: string;
  /** When a tab was last at work on it, in milliseconds since 1970; 0 for none is. */
  workedOn: number;
};

const KEY = "tritontube.uploads";
const MAX_KEPT = 100;

/** A tab says so often that it is at work. */
export const WORK_MILLIS = 2000;

const LEFT_MILLIS = 3 * WORK_MILLIS;

/**
 * Remembers uploads beyond the life of a page. All tabs of a browser share it; each takes only what no
 * other one is at work on.
 */
export class ResumeStore {
  constructor(
    private readonly storage: Pick<Storage, "getItem" | "setItem">,
    private readonly now: () => number,
  ) {}

  /** What can be gone on with. */
  left(user: string): Unfinished[] {
    const lately = this.now() - LEFT_MILLIS;
    return this.#all().filter((each) => each.user === user && each.workedOn < lately);
  }

  put(upload: Unfinished): void {
    const others = this.#all().filter((each) => each.id !== upload.id);
    this.#write([...others, upload].slice(-MAX_KEPT));
  }

  remove(id: string): void {
    this.#write(this.#all().filter((each) => each.id !== id));
  }

  #all(): Unfinished[] {
    try {
      const read: unknown = JSON.parse(this.storage.getItem(KEY) ?? "[]");
      return Array.isArray(read) ? read.filter(isUnfinished) : [];
    } catch {
      return [];
    }
  }

  #write(uploads: Unfinished[]): void {
    try {
      this.storage.setItem(KEY, JSON.stringify(uploads));
    } catch {
      // Full, or switched off: uploads go on, they are only not remembered.
    }
  }
}

function isUnfinished(value: unknown): value is Unfinished {
  const each = value as Unfinished;
  return (
    typeof each === "object" &&
    each !== null &&
    [each.id, each.user, each.url, each.fingerprint, each.name].every(isText) &&
    // Nothing but an upload of this server: requests to it carry a token.
    /^\/api\/v1\/uploads\/[a-z0-9]+$/.test(each.url) &&
    Number.isFinite(each.size) &&
    Number.isFinite(each.workedOn) &&
    isDetails(each.details) &&
    isDetails(each.told) &&
    (each.profile === undefined || isText(each.profile))
  );
}

function isDetails(value: Details | undefined): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    [value.title, value.description, value.visibility].every(isText) &&
    Array.isArray(value.tags) &&
    value.tags.every(isText)
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
