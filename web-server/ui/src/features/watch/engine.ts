import type shakaNamespace from "shaka-player/dist/shaka-player.dash-es2021";
import type { Thumbnail } from "./thumbnails";

type Shaka = typeof shakaNamespace;
type Player = InstanceType<Shaka["Player"]>;
type Track = ReturnType<Player["getVariantTracks"]>[number];

/** Something that can be chosen in the player. */
export type Choice = { id: string; label: string };

/** @property lines of the shorter side, as films upright are named too; null where there are no pictures */
export type Quality = Choice & { lines: number | null };

export type EngineState = {
  /** Whether enough is known to play. */
  ready: boolean;
  qualities: Quality[];
  /** The id of a quality, or `auto`. */
  quality: string;
  /** What is shown now. */
  showing: Quality | null;
  audio: Choice[];
  audioChosen: string | null;
  captions: Choice[];
  captionsChosen: string | null;
  trouble: Trouble | null;
};

/** `waiting`: it goes on by itself. `failed`: only by trying again. */
export type Trouble = { kind: "waiting" | "failed"; code: string; status: number | null };

export type Source = { dash: string; hls: string };

const NOTHING: EngineState = {
  ready: false,
  qualities: [],
  quality: "auto",
  showing: null,
  audio: [],
  audioChosen: null,
  captions: [],
  captionsChosen: null,
  trouble: null,
};

/** The server holds a request for what it still makes for up to 9 s, then asks to come again. */
const RETRIES = {
  maxAttempts: 6,
  baseDelay: 700,
  backoffFactor: 1.6,
  fuzzFactor: 0.3,
  timeout: 45_000,
  connectionTimeout: 20_000,
  stallTimeout: 20_000,
};
const MAX_PAUSE_MILLIS = 10_000;

/** Codes of Shaka: the server answered with an error, not at all, or too late. */
const BAD_HTTP_STATUS = 1001;
const NETWORK = 1;
const CRITICAL = 2;
const LOAD_INTERRUPTED = 7000;

/** What a failure of the player is about. */
export function troubleOf(error: unknown): Trouble {
  const { category, code, data } = (error ?? {}) as {
    category?: number;
    code?: number;
    data?: unknown[];
  };
  if (category !== NETWORK) {
    return { kind: "failed", code: String(code ?? "unknown"), status: null };
  }
  const status = code === BAD_HTTP_STATUS && typeof data?.[1] === "number" ? data[1] : null;
  const passing = status === null || status >= 500 || status === 408 || status === 429;
  return { kind: passing ? "waiting" : "failed", code: String(code), status };
}

type Pictures = Pick<Track, "width" | "height" | "videoId" | "videoBandwidth" | "bandwidth">;

/** `1080p`, and the rate where two have the same lines. */
export function qualitiesOf(tracks: readonly Pictures[]): Quality[] {
  const byVideo = new Map<string, { lines: number | null; rate: number }>();
  for (const { width, height, videoId, videoBandwidth, bandwidth } of tracks) {
    byVideo.set(String(videoId), {
      lines: width === null || height === null ? null : Math.min(width, height),
      rate: videoBandwidth ?? bandwidth,
    });
  }
  const all = [...byVideo].sort(
    ([, a], [, b]) => (b.lines ?? 0) - (a.lines ?? 0) || b.rate - a.rate,
  );
  return all.map(([id, { lines, rate }]) => {
    const alone = all.filter(([, other]) => other.lines === lines).length === 1;
    const name = lines === null ? "" : `${lines}p`;
    const megabits = `${Number((rate / 1e6).toFixed(1))} Mbit/s`;
    return { id, lines, label: alone && name ? name : `${name} ${megabits}`.trim() };
  });
}

/**
 * Plays one video in an element: by Shaka, and where a browser has no Media Source Extensions, by
 * the browser's own HLS. A server that is away, restarts or lost a node is waited for as long as it
 * takes; what is buffered plays on meanwhile.
 */
export class Engine {
  #state = NOTHING;
  #player: Player | null = null;
  #closed = false;
  #failures = 0;
  #resume = false;
  #captionsWereChosen = false;
  #thumbnails: string | null = null;
  #thumbnailsAdded: Promise<unknown> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly video: HTMLVideoElement,
    /** Called when something was refused that may be there again at another address. */
    private readonly refused: () => void = () => undefined,
  ) {}

  get state(): EngineState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins, or begins anew from where it is, with what the addresses say now. */
  async load(source: Source, startSeconds: number): Promise<void> {
    clearTimeout(this.#timer);
    this.#change({ trouble: null });
    // Other media come without what was chosen of the old ones, and stand still.
    this.#resume ||= !this.video.paused && !this.video.ended;
    this.#thumbnailsAdded = null;
    const { playbackRate } = this.video;
    try {
      await this.#loadOnce(source, startSeconds);
      this.#failures = 0;
      this.video.playbackRate = playbackRate;
      this.#change({ ready: true, trouble: null, quality: "auto" });
      this.#showPreferredCaptions();
      this.#readTracks();
      if (this.#resume) {
        this.#resume = false;
        void this.video.play().catch(() => undefined);
      }
    } catch (error) {
      if (this.#closed || (error as { code?: number }).code === LOAD_INTERRUPTED) {
        return;
      }
      const trouble = troubleOf(error);
      this.#change({ trouble });
      if (trouble.kind === "waiting") {
        this.#timer = setTimeout(() => void this.load(source, startSeconds), this.#pause());
      }
    }
  }

  async #loadOnce(source: Source, startSeconds: number): Promise<void> {
    const shaka = await loadShaka();
    if (this.#closed) {
      return;
    }
    if (!shaka.Player.isBrowserSupported()) {
      this.#playNatively(source, startSeconds);
      return;
    }
    this.#player ??= await this.#attach(shaka);
    this.#player.configure({ abr: { enabled: true } });
    await this.#player.load(
      source.dash,
      startSeconds > 0 ? startSeconds : null,
      "application/dash+xml",
    );
  }

  #playNatively(source: Source, startSeconds: number): void {
    this.video.src = source.hls;
    this.video.addEventListener(
      "loadedmetadata",
      () => {
        this.video.currentTime = startSeconds;
      },
      { once: true },
    );
  }

  async #attach(shaka: Shaka): Promise<Player> {
    shaka.polyfill.installAll();
    const player: Player = new shaka.Player();
    await player.attach(this.video);
    player.configure({
      abr: { restrictToElementSize: true },
      manifest: { retryParameters: RETRIES },
      streaming: {
        retryParameters: RETRIES,
        bufferingGoal: 30,
        rebufferingGoal: 0.5,
        bufferBehind: 60,
        // Nobody's pictures stop for words.
        ignoreTextStreamFailures: true,
        failureCallback: (error: unknown) => this.#streamFailed(error),
      },
    });
    player.addEventListener("error", (event: Event) => {
      const { detail } = event as Event & { detail: { category: number; severity: number } };
      // Of the network the callback above is told, and what is no more than a warning is over already.
      if (detail.severity === CRITICAL && detail.category !== NETWORK) {
        this.#streamFailed(detail);
      }
    });
    for (const change of ["trackschanged", "variantchanged", "adaptation", "textchanged"]) {
      player.addEventListener(change, () => this.#readTracks());
    }
    return player;
  }

  #streamFailed(error: unknown): void {
    const trouble = troubleOf(error);
    if (trouble.kind === "failed") {
      this.#change({ trouble });
      if (trouble.status !== null) {
        this.refused();
      }
      return;
    }
    clearTimeout(this.#timer);
    this.#change({ trouble });
    this.#timer = setTimeout(() => {
      // It says false when nothing is to be tried again: then it came further by itself.
      this.#player?.retryStreaming(0);
      this.#timer = setTimeout(() => this.#change({ trouble: null }), 1000);
    }, this.#pause());
  }

  #pause(): number {
    return Math.min(500 * 2 ** this.#failures++, MAX_PAUSE_MILLIS);
  }

  /** Something arrived: whatever the trouble was, it is over. */
  recovered(): void {
    this.#failures = 0;
    if (this.#state.trouble?.kind === "waiting") {
      this.#change({ trouble: null });
    }
  }

  choose(quality: string): void {
    const player = this.#player;
    if (player === null) {
      return;
    }
    if (quality === "auto") {
      player.configure({ abr: { enabled: true } });
    } else {
      const tracks = player.getVariantTracks();
      const active = tracks.find((each) => each.active);
      const track =
        tracks.find(
          (each) => String(each.videoId) === quality && each.audioId === active?.audioId,
        ) ?? tracks.find((each) => String(each.videoId) === quality);
      if (track) {
        player.configure({ abr: { enabled: false } });
        player.selectVariantTrack(track, true);
      }
    }
    this.#change({ quality });
    this.#readTracks();
  }

  chooseAudio(id: string): void {
    const track = this.#player?.getAudioTracks()[Number(id)];
    if (track) {
      this.#player?.selectAudioTrack(track);
      this.#readTracks();
    }
  }

  /** @param id null: none */
  chooseCaptions(id: string | null): void {
    this.#captionsWereChosen = true;
    const track = this.#player?.getTextTracks().find((each) => String(each.id) === id);
    this.#player?.selectTextTrack(track ?? null);
    this.#readTracks();
  }

  /** Those that the owner of the video wants to be shown unless somebody chooses otherwise. */
  #showPreferredCaptions(): void {
    const preferred = this.#captions().find((each) => each.primary);
    if (preferred && !this.#captionsWereChosen) {
      this.#player?.selectTextTrack(preferred);
    }
  }

  /** What is to be read; descriptions are to be spoken. */
  #captions() {
    const tracks = this.#player?.getTextTracks() ?? [];
    return tracks.filter((each) => !each.roles.includes("description"));
  }

  /** @param address of WebVTT, for what was loaded before there were thumbnails */
  offerThumbnails(address: string | null): void {
    this.#thumbnails = address;
  }

  /** A small picture of what is shown at a time; null where there is none. */
  async thumbnailAt(seconds: number): Promise<Thumbnail | null> {
    const player = this.#player;
    if (player === null || !this.#state.ready) {
      return null;
    }
    try {
      if (player.getImageTracks().length === 0 && this.#thumbnails !== null) {
        this.#thumbnailsAdded ??= player.addThumbnailsTrack(this.#thumbnails, "text/vtt");
        await this.#thumbnailsAdded;
      }
      const found = await player.getThumbnails(null, seconds);
      const sheet = found?.uris[0];
      return found === null || sheet === undefined
        ? null
        : {
            sheet,
            x: found.positionX,
            y: found.positionY,
            width: found.width,
            height: found.height,
          };
    } catch {
      return null; // One looks for a place without, then.
    }
  }

  #readTracks(): void {
    const player = this.#player;
    if (player === null) {
      return;
    }
    const tracks = player.getVariantTracks();
    const qualities = tracks.some((each) => each.height !== null) ? qualitiesOf(tracks) : [];
    const active = tracks.find((each) => each.active);
    const audio = player.getAudioTracks();
    const captions = this.#captions();
    this.#change({
      qualities,
      showing: qualities.find((each) => each.id === String(active?.videoId)) ?? null,
      audio: audio.map((each, index) => ({
        id: String(index),
        label: each.label ?? languageName(each.language),
      })),
      audioChosen: indexOfActive(audio),
      captions: captions.map((each) => ({
        id: String(each.id),
        label: each.label ?? languageName(each.language),
      })),
      captionsChosen: captions.find((each) => each.active)?.id.toString() ?? null,
    });
  }

  #change(part: Partial<EngineState>): void {
    if (this.#closed) {
      return;
    }
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) {
      listener();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const player = this.#player;
    this.#player = null;
    await player?.destroy();
  }
}

function indexOfActive(tracks: readonly { active: boolean }[]): string | null {
  const index = tracks.findIndex((each) => each.active);
  return index < 0 ? null : String(index);
}

const languages = new Intl.DisplayNames(["en"], { type: "language" });

/** `German` for `de`. */
export function languageName(code: string): string {
  if (code === "und" || code === "") {
    return "Unknown language";
  }
  try {
    return languages.of(code) ?? code;
  } catch {
    return code;
  }
}

let loading: Promise<Shaka> | undefined;

/** The player's code, which is larger than the app: fetched when something is to be played. */
export function loadShaka(): Promise<Shaka> {
  loading ??= import("shaka-player/dist/shaka-player.dash-es2021").then(
    (module) => module.default,
    (failure) => {
      loading = undefined;
      throw failure;
    },
  );
  return loading;
}
