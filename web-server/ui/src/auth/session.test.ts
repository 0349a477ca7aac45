import { expect, test } from "vitest";
import { Problem } from "@/api/problem";
import { Session, type Surroundings } from "./session";

/** One browser with a server behind it; tabs share storage, cookie, lock and channel. */
class Browser {
  readonly stored = new Map<string, string>();
  readonly asked: string[] = [];
  now = 1_000_000;
  serial = 0;
  answers: (() => Response | Promise<Response>)[] = [];
  #lock: Promise<unknown> = Promise.resolve();
  readonly #channels: { onmessage: ((event: MessageEvent) => void) | null }[] = [];

  tab(): Session {
    const channel: Surroundings["channel"] = {
      onmessage: null,
      postMessage: (data: unknown) => {
        for (const other of this.#channels.filter((each) => each !== channel)) {
          other.onmessage?.({ data } as MessageEvent);
        }
      },
    };
    this.#channels.push(channel);
    return new Session({
      fetch: async (path) => {
        this.asked.push(String(path).replace("/api/v1/auth/", ""));
        const answer = this.answers.shift();
        return answer ? answer() : this.tokens();
      },
      exclusively: (work) => {
        const mine = this.#lock.then(work);
        this.#lock = mine.catch(() => undefined);
        return mine;
      },
      channel,
      storage: {
        getItem: (key) => this.stored.get(key) ?? null,
        setItem: (key, value) => void this.stored.set(key, value),
        removeItem: (key) => void this.stored.delete(key),
      },
      now: () => this.now,
      pause: async (millis) => {
        this.now += millis;
      },
    });
  }

  tokens(): Response {
    this.serial++;
    return Response.json({
      accessToken: `token-${this.serial}`,
      tokenType: "Bearer",
      expiresIn: 900,
      refreshToken: null,
      user: { id: "u1", username: "ann", role: "uploader" },
    });
  }
}

const refused = () => Response.json({ code: "bad_refresh_token", detail: "over" }, { status: 401 });

test("who never signed in here is not asked about", async () => {
  const browser = new Browser();
  const tab = browser.tab();
  expect(await tab.token()).toBeNull();
  expect(tab.state.kind).toBe("signed-out");
  expect(browser.asked).toEqual([]);
});

test("a reloaded page goes on by the cookie", async () => {
  const browser = new Browser();
  await browser.tab().signIn("ann", "a long password");
  const other = new Browser();
  other.stored.set("tritontube.signed-in", "1");
  const reloaded = other.tab();
  expect(await reloaded.token()).toBe("token-1");
  expect(other.asked).toEqual(["refresh"]);
  expect(reloaded.state).toMatchObject({ kind: "signed-in", user: { username: "ann" } });
});

test("a new tab takes the token of one that is there", async () => {
  const browser = new Browser();
  await browser.tab().signIn("ann", "a long password");
  const second = browser.tab();
  expect(await second.token()).toBe("token-1");
  expect(browser.asked).toEqual(["login"]);
});

test("all requests of all tabs renew once", async () => {
  const browser = new Browser();
  const first = browser.tab();
  const second = browser.tab();
  await first.signIn("ann", "a long password");
  browser.now += 900_000;
  const tokens = await Promise.all([first.token(), first.token(), second.token(), second.token()]);
  expect(tokens).toEqual(["token-2", "token-2", "token-2", "token-2"]);
  expect(browser.asked).toEqual(["login", "refresh"]);
});

test("a refused token is renewed only if it is still the one in use", async () => {
  const browser = new Browser();
  const tab = browser.tab();
  await tab.signIn("ann", "a long password");
  expect(await tab.tokenInsteadOf("token-0")).toBe("token-1");
  expect(await tab.tokenInsteadOf("token-1")).toBe("token-2");
});

test("a session that the server ended leaves the page with its user", async () => {
  const browser = new Browser();
  const tab = browser.tab();
  await tab.signIn("ann", "a long password");
  browser.answers = [refused];
  expect(await tab.tokenInsteadOf("token-1")).toBeNull();
  expect(tab.state).toMatchObject({ kind: "expired", user: { username: "ann" } });
  expect(await tab.token()).toBeNull();
});

test("a server that does not answer ends no session", async () => {
  const browser = new Browser();
  const tab = browser.tab();
  await tab.signIn("ann", "a long password");
  browser.answers = [
    () => Promise.reject(new TypeError("failed to fetch")),
    () => new Response(null, { status: 503 }),
  ];
  await expect(tab.tokenInsteadOf("token-1")).rejects.toBeInstanceOf(Problem);
  await expect(tab.tokenInsteadOf("token-1")).rejects.toBeInstanceOf(Problem);
  expect(tab.state.kind).toBe("signed-in");
  expect(await tab.tokenInsteadOf("token-1")).toBe("token-2");
});

test("signing out reaches all tabs", async () => {
  const browser = new Browser();
  const first = browser.tab();
  const second = browser.tab();
  await first.signIn("ann", "a long password");
  expect(second.state.kind).toBe("signed-in");
  await first.signOut();
  expect(second.state.kind).toBe("signed-out");
  expect(browser.asked).toEqual(["login", "logout"]);
  expect(await second.token()).toBeNull();
});

test("a renewal that a reload interrupted is waited for", async () => {
  const browser = new Browser();
  browser.stored.set("tritontube.signed-in", "1");
  browser.stored.set("tritontube.renewing", String(browser.now));
  const started = browser.now;
  expect(await browser.tab().token()).toBe("token-1");
  expect(browser.now - started).toBeGreaterThanOrEqual(1500);
});
