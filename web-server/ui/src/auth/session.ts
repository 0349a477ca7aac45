import { Problem } from "@/api/problem";
import type { Tokens, User } from "@/api/types";

/**
 * Who uses the app. `expired`: the server ended a session under an open page, which keeps what it
 * shows until its user signs in again or gives up.
 */
export type SessionState =
  | { kind: "unknown" }
  | { kind: "signed-out" }
  | { kind: "signed-in"; user: User }
  | { kind: "expired"; user: User };

/** What the tabs of one browser tell each other. */
type Message = { kind: "ask" } | { kind: "tokens"; held: Held } | { kind: "signed-out" };

/** @property expiresAt milliseconds since 1970 by the clock of this browser */
type Held = { accessToken: string; expiresAt: number; user: User };

/** What a session needs of a browser. */
export type Surroundings = {
  fetch: typeof fetch;
  /** Runs one at a time in all tabs. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  channel: Pick<BroadcastChannel, "postMessage"> & {
    onmessage: ((event: MessageEvent) => void) | null;
  };
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  now: () => number;
  pause: (millis: number) => Promise<void>;
};

/** That somebody signed in here: without it there is no use in asking for new tokens. */
const HINT = "tritontube.signed-in";

/** When a renewal was sent whose answer has not come: a page may be reloaded in between. */
const RENEWING = "tritontube.renewing";

const EARLY_MILLIS = 30_000;
const NEIGHBOURS_MILLIS = 120;
const INTERRUPTED_MILLIS = 1500;
const START_ATTEMPTS = 4;

/**
 * The access token, which never leaves memory, and its renewal by the cookie that scripts cannot
 * read. A refresh token that is used twice ends the session, so of all tabs one renews and tells the
 * others.
 */
export class Session {
  #state: SessionState = { kind: "unknown" };
  #held: Held | null = null;
  #renewal: Promise<string | null> | null = null;
  #starting: Promise<void> | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #arrivals = new Set<() => void>();

  constructor(private readonly around: Surroundings) {
    around.channel.onmessage = (event) => this.#hear(event.data as Message);
  }

  get state(): SessionState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Finds out who was signed in before. Never fails; may be called often. */
  start(): Promise<void> {
    this.#starting ??= this.#resume();
    return this.#starting;
  }

  async #resume(): Promise<void> {
    if (this.around.storage.getItem(HINT) === null) {
      this.#become({ kind: "signed-out" });
      return;
    }
    this.#say({ kind: "ask" });
    await this.#arrival(NEIGHBOURS_MILLIS);
    for (let attempt = 1; this.#held === null && attempt <= START_ATTEMPTS; attempt++) {
      try {
        await this.#renew();
        break;
      } catch {
        await this.around.pause(250 * 2 ** attempt);
      }
    }
    if (this.#held === null) {
      this.#become({ kind: "signed-out" });
    }
  }

  /**
   * A token that holds for a while, or null for who is not signed in.
   *
   * @throws Problem when the server cannot be asked for a new one
   */
  async token(): Promise<string | null> {
    await this.start();
    if (this.#held === null) {
      return null;
    }
    return this.#held.expiresAt - EARLY_MILLIS > this.around.now()
      ? this.#held.accessToken
      : this.#renew();
  }

  /** The token to try once more with after this one was refused; null when there is none. */
  async tokenInsteadOf(refused: string): Promise<string | null> {
    return this.#held !== null && this.#held.accessToken !== refused
      ? this.#held.accessToken
      : this.#renew();
  }

  /** @throws Problem */
  async signIn(username: string, password: string): Promise<User> {
    const response = await this.#post("login", { username, password });
    if (!response.ok) {
      throw await Problem.of(response);
    }
    const held = this.#take((await response.json()) as Tokens);
    return held.user;
  }

  /** Signs out all tabs. What the server may still think of the session ends with its lifetime. */
  async signOut(): Promise<void> {
    const token = this.#held?.accessToken ?? null;
    this.forget();
    await this.#post("logout", undefined, token).catch(() => undefined);
  }

  /** The session is over, here and in all tabs. */
  forget(): void {
    this.#say({ kind: "signed-out" });
    this.#leave();
  }

  #renew(): Promise<string | null> {
    this.#renewal ??= this.#renewOnce().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  #renewOnce(): Promise<string | null> {
    const before = this.#held;
    return this.around.exclusively(async () => {
      if (this.#held !== before) {
        return this.#held?.accessToken ?? null; // Another tab was faster.
      }
      await this.#awaitInterrupted();
      this.around.storage.setItem(RENEWING, String(this.around.now()));
      const response = await this.#post("refresh");
      this.around.storage.removeItem(RENEWING);
      if (response.ok) {
        return this.#take((await response.json()) as Tokens).accessToken;
      }
      if (response.status === 401 || response.status === 403) {
        this.#expire();
        return null;
      }
      throw await Problem.of(response);
    });
  }

  /** The answer to a page that is gone brings the next cookie; the old one must not be used again. */
  async #awaitInterrupted(): Promise<void> {
    const sent = Number(this.around.storage.getItem(RENEWING) ?? 0);
    const since = this.around.now() - sent;
    if (since >= 0 && since < INTERRUPTED_MILLIS) {
      await this.around.pause(INTERRUPTED_MILLIS - since);
    }
  }

  async #post(what: string, body?: object, token?: string | null): Promise<Response> {
    const headers: Record<string, string> = {};
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    if (token) {
      headers.Authorization = `Bearer ${token}`;
    }
    try {
      return await this.around.fetch(`/api/v1/auth/${what}`, {
        method: "POST",
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        credentials: "same-origin",
        // The cookie of the answer is to arrive, also when the page is left meanwhile.
        keepalive: true,
      });
    } catch {
      throw Problem.offline();
    }
  }

  #take(tokens: Tokens): Held {
    const held: Held = {
      accessToken: tokens.accessToken,
      expiresAt: this.around.now() + tokens.expiresIn * 1000,
      user: tokens.user,
    };
    this.#hold(held);
    this.#say({ kind: "tokens", held });
    return held;
  }

  #hold(held: Held): void {
    this.#held = held;
    this.#starting ??= Promise.resolve();
    this.around.storage.setItem(HINT, "1");
    this.#become({ kind: "signed-in", user: held.user });
    for (const arrived of this.#arrivals) {
      arrived();
    }
  }

  #expire(): void {
    const user = this.#held?.user;
    this.#held = null;
    this.around.storage.removeItem(HINT);
    this.#become(user ? { kind: "expired", user } : { kind: "signed-out" });
  }

  #leave(): void {
    this.#held = null;
    this.around.storage.removeItem(HINT);
    this.#become({ kind: "signed-out" });
  }

  #hear(message: Message): void {
    switch (message.kind) {
      case "ask":
        if (this.#held !== null && this.#held.expiresAt - EARLY_MILLIS > this.around.now()) {
          this.#say({ kind: "tokens", held: this.#held });
        }
        break;
      case "tokens":
        this.#hold(message.held);
        break;
      case "signed-out":
        this.#leave();
        break;
    }
  }

  #say(message: Message): void {
    this.around.channel.postMessage(message);
  }

  /** Ends when another tab told its tokens, or after this time. */
  #arrival(millis: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#arrivals.delete(done);
        resolve();
      };
      this.#arrivals.add(done);
      void this.around.pause(millis).then(done);
    });
  }

  #become(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

/** Of a page in a browser. */
export function browserSession(): Session {
  return new Session({
    fetch: (input, init) => fetch(input, init),
    // Locks are there on https and on localhost only; elsewhere one tab does not know of others.
    exclusively: async (work) =>
      "locks" in navigator ? navigator.locks.request("tritontube.renewal", work) : work(),
    channel: new BroadcastChannel("tritontube.session"),
    storage: localStorage,
    now: Date.now,
    pause: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
  });
}
