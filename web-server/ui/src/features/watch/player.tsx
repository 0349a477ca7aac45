import { LoaderCircle, Play, RotateCw, VolumeX } from "lucide-react";
import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { formatDuration } from "@/lib/format";
import { strings } from "@/strings";
import { useChapters } from "./chapters";
import { Controls } from "./controls";
import { Engine, type EngineState, type Source } from "./engine";
import { type Command, commandOf, keyBelongsElsewhere, nextRate } from "./keys";
import { rememberPosition } from "./positions";
import { useMedia } from "./use-media";

type Props = {
  /** Under which one's place in it is remembered. */
  id: string;
  title: string;
  poster: string | null;
  source: Source;
  /** Small pictures for the seek bar, as WebVTT. */
  thumbnails: string | null;
  startSeconds: number;
  /** It begins where one was before, which is worth a word. */
  resumed: boolean;
  /** Changes when there is more to be had of the same source, such as another quality. */
  version: string;
  /** Asked when an address is refused: a new one may be had. */
  onRefused: () => void;
  onTime?: (seconds: number) => void;
  /** Is told how to ask it for something. */
  remote?: RefObject<Remote | null>;
  /** Takes what is left of the window instead of the shape of a film. */
  fill?: boolean;
  children?: ReactNode;
};

/** What a page asks of its player. */
export type Remote = {
  /** Goes to a place, in seconds, and plays. */
  goTo: (seconds: number) => void;
  /** Where it is, in seconds. */
  now: () => number;
};

const IDLE_MILLIS = 2800;
const RESUMED_MILLIS = 7000;
const HINT_MILLIS = 900;
const SAVE_MILLIS = 5000;
const SETTINGS = "tritontube.player";

/** Plays a video, with controls for pointers, fingers, keyboards and screen readers. */
export function Player(props: Props) {
  const { id, title, poster, source, startSeconds, onTime, fill } = props;
  const box = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [engine, state] = useEngine(video, props);
  const media = useMedia(video);
  const [hint, tell] = useHint();
  const [silenced, setSilenced] = useState(false);
  const swallowed = useRef(false);
  const [active, wake] = useActivity(media.paused);
  const chapters = useChapters(id);

  useImperativeHandle(props.remote, () => ({
    goTo: (seconds) => {
      if (video.current !== null) {
        video.current.currentTime = seconds;
        void video.current.play().catch(() => undefined);
      }
    },
    now: () => video.current?.currentTime ?? 0,
  }));
  useStoredVolume(video);
  useSavedPosition(id, video);
  useEffect(() => onTime?.(media.time), [media.time, onTime]);

  const loaded = state.ready;
  useEffect(() => {
    const element = video.current;
    if (loaded && element !== null) {
      void playAloudOrSilently(element).then(setSilenced);
    }
  }, [loaded]);

  const run = useCallback(
    (command: Command) => {
      if (video.current !== null && box.current !== null) {
        wake();
        obey(command, { video: video.current, box: box.current, engine, tell });
      }
    },
    [engine, tell, wake],
  );
  useKeys(run);

  const busy = !state.ready || media.waiting || media.seeking;
  const hidden = !active && media.started && !media.paused;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only brings back the controls, which have keys of their own
    <div
      ref={box}
      className={cn(
        "group/player relative isolate overflow-hidden bg-black text-white select-none",
        fill ? "h-full" : "aspect-video max-h-[calc(100dvh-9rem)] w-full sm:rounded-2xl",
        !active && media.started && "cursor-none",
      )}
      onPointerMove={wake}
      onFocus={wake}
      data-player
      data-controls={hidden ? undefined : ""}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: those of the video are added by the player */}
      <video
        ref={video}
        id="video"
        className="absolute inset-0 size-full object-contain"
        poster={poster ?? undefined}
        playsInline
        aria-label={title}
        onPointerDown={(event) => {
          // A finger that brings the controls back does nothing else.
          swallowed.current = event.pointerType === "touch" && !active;
        }}
        onClick={() => (swallowed.current ? wake() : run({ kind: "toggle" }))}
        onDoubleClick={() => run({ kind: "fullscreen" })}
      />
      {busy && state.trouble?.kind !== "failed" && (
        <LoaderCircle
          className="pointer-events-none absolute inset-0 m-auto size-12 animate-spin opacity-90"
          aria-hidden
        />
      )}
      {state.ready && media.paused && !media.seeking && (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          onClick={() => run({ kind: "toggle" })}
          className="absolute inset-0 m-auto grid size-18 place-items-center rounded-full bg-black/55 backdrop-blur-sm transition-transform hover:scale-105"
        >
          {media.ended ? (
            <RotateCw className="size-8" aria-hidden />
          ) : (
            <Play className="size-9 translate-x-0.5 fill-current" aria-hidden />
          )}
        </button>
      )}
      <div
        role="status"
        className="pointer-events-none absolute inset-x-0 top-5 flex justify-center text-sm font-medium"
      >
        {hint && <span className="rounded-full bg-black/70 px-3.5 py-1.5">{hint}</span>}
      </div>
      {silenced && media.muted && (
        <Button
          className="absolute top-4 left-4 border-transparent bg-white text-black hover:bg-white/85"
          onClick={() => {
            if (video.current !== null) {
              video.current.muted = false;
            }
            setSilenced(false);
          }}
        >
          <VolumeX aria-hidden /> {strings.watch.unmute}
        </Button>
      )}
      {props.children}
      {props.resumed && (
        <Resumed at={startSeconds} onStartOver={() => run({ kind: "seek-to", share: 0 })} />
      )}
      <TroubleNotice
        state={state}
        onRetry={() => void engine?.load(source, video.current?.currentTime || startSeconds)}
      />
      {engine !== null && (
        <Controls
          video={video}
          box={box}
          media={media}
          engine={engine}
          state={state}
          run={run}
          hidden={hidden}
          chapters={chapters}
        />
      )}
    </div>
  );
}

function useEngine(
  video: React.RefObject<HTMLVideoElement | null>,
  { source, thumbnails, startSeconds, version, onRefused }: Props,
): [Engine | null, EngineState] {
  const [engine, setEngine] = useState<Engine | null>(null);
  const { dash, hls } = source;
  const refused = useRef(onRefused);
  refused.current = onRefused;

  useEffect(() => {
    if (video.current === null) {
      return;
    }
    const made = new Engine(video.current, () => refused.current());
    setEngine(made);
    return () => void made.close();
  }, [video]);

  const began = useRef(startSeconds);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is loaded like another address
  useEffect(() => {
    if (engine !== null) {
      const at = video.current?.currentTime || began.current;
      void engine.load({ dash, hls }, at);
    }
  }, [engine, dash, hls, version, video]);

  useEffect(() => engine?.offerThumbnails(thumbnails), [engine, thumbnails]);

  useEffect(() => {
    const element = video.current;
    const recovered = () => engine?.recovered();
    element?.addEventListener("progress", recovered);
    return () => element?.removeEventListener("progress", recovered);
  }, [engine, video]);

  const state = useSyncExternalStore(
    engine?.subscribe ?? noSubscription,
    () => engine?.state ?? UNLOADED,
  );
  return [engine, state];
}

const noSubscription = () => () => undefined;
const UNLOADED: EngineState = {
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

/** Browsers may refuse sound before one has touched the page. True when it plays without. */
async function playAloudOrSilently(video: HTMLVideoElement): Promise<boolean> {
  try {
    await video.play();
    return false;
  } catch (refusal) {
    if ((refusal as DOMException).name !== "NotAllowedError") {
      return false;
    }
    video.muted = true;
    return video.play().then(
      () => true,
      () => false,
    );
  }
}

type Obeying = {
  video: HTMLVideoElement;
  box: HTMLElement;
  engine: Engine | null;
  tell: (text: string) => void;
};

function obey(command: Command, { video, box, engine, tell }: Obeying): void {
  switch (command.kind) {
    case "toggle":
      if (video.paused) {
        void video.play().catch(() => undefined);
      } else {
        video.pause();
      }
      break;
    case "seek":
      video.currentTime = Math.max(
        0,
        Math.min(video.duration || 0, video.currentTime + command.by),
      );
      tell(formatDuration(video.currentTime));
      break;
    case "seek-to":
      video.currentTime = (video.duration || 0) * command.share;
      tell(formatDuration(video.currentTime));
      break;
    case "volume":
      video.muted = false;
      video.volume = Math.max(0, Math.min(1, video.volume + command.by));
      tell(strings.watch.volumeAt(Math.round(video.volume * 100)));
      break;
    case "mute":
      video.muted = !video.muted;
      tell(
        video.muted ? strings.watch.muted : strings.watch.volumeAt(Math.round(video.volume * 100)),
      );
      break;
    case "fullscreen":
      void toggleFullscreen(box, video);
      break;
    case "picture-in-picture":
      void togglePictureInPicture(video);
      break;
    case "captions":
      tell(toggleCaptions(engine));
      break;
    case "rate":
      video.playbackRate = nextRate(video.playbackRate, command.by);
      tell(strings.watch.rateAt(video.playbackRate));
      break;
  }
}

async function toggleFullscreen(box: HTMLElement, video: HTMLVideoElement): Promise<void> {
  // Phones of Apple show films alone on the whole screen, not pages.
  const phone = video as HTMLVideoElement & { webkitEnterFullscreen?: () => void };
  try {
    if (document.fullscreenElement !== null) {
      await document.exitFullscreen();
    } else if (document.fullscreenEnabled) {
      await box.requestFullscreen();
    } else {
      phone.webkitEnterFullscreen?.();
    }
  } catch {
    // The browser does not want to.
  }
}

async function togglePictureInPicture(video: HTMLVideoElement): Promise<void> {
  try {
    if (document.pictureInPictureElement === video) {
      await document.exitPictureInPicture();
    } else {
      await video.requestPictureInPicture();
    }
  } catch {
    // The browser does not want to, or there are no pictures.
  }
}

function toggleCaptions(engine: Engine | null): string {
  const { captions = [], captionsChosen = null } = engine?.state ?? {};
  const next = captionsChosen === null ? (captions[0] ?? null) : null;
  engine?.chooseCaptions(next?.id ?? null);
  if (captions.length === 0) {
    return strings.watch.noCaptions;
  }
  return next === null ? strings.watch.captionsOff : next.label;
}

/** Words over the picture on what a key did. */
function useHint(): [string | null, (text: string) => void] {
  const [hint, setHint] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = useCallback((text: string) => {
    setHint(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHint(null), HINT_MILLIS);
  }, []);
  return [hint, tell];
}

/** Whether somebody moved something lately. */
function useActivity(paused: boolean): [boolean, () => void] {
  const [active, setActive] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wake = useCallback(() => {
    setActive(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setActive(false), IDLE_MILLIS);
  }, []);
  useEffect(() => {
    wake();
    return () => clearTimeout(timer.current);
  }, [wake]);
  return [active || paused, wake];
}

function useKeys(run: (command: Command) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || keyBelongsElsewhere(event.target as Element, event.key)) {
        return;
      }
      const command = commandOf(event);
      if (command !== null) {
        event.preventDefault();
        run(command);
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [run]);
}

function useStoredVolume(video: React.RefObject<HTMLVideoElement | null>): void {
  useEffect(() => {
    const element = video.current;
    if (element === null) {
      return;
    }
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(SETTINGS) ?? "{}");
      const { volume } = kept as { volume?: unknown };
      if (typeof volume === "number" && volume >= 0 && volume <= 1) {
        element.volume = volume;
      }
    } catch {
      // As loud as the browser likes, then.
    }
    const keep = () => localStorage.setItem(SETTINGS, JSON.stringify({ volume: element.volume }));
    element.addEventListener("volumechange", keep);
    return () => element.removeEventListener("volumechange", keep);
  }, [video]);
}

function useSavedPosition(id: string, video: React.RefObject<HTMLVideoElement | null>): void {
  useEffect(() => {
    const element = video.current;
    if (element === null) {
      return;
    }
    const save = () => {
      if (element.played.length > 0 && Number.isFinite(element.duration)) {
        rememberPosition(
          id,
          element.ended ? element.duration : element.currentTime,
          element.duration,
        );
      }
    };
    const timer = setInterval(() => !element.paused && save(), SAVE_MILLIS);
    element.addEventListener("pause", save);
    addEventListener("pagehide", save);
    return () => {
      save();
      clearInterval(timer);
      element.removeEventListener("pause", save);
      removeEventListener("pagehide", save);
    };
  }, [id, video]);
}

function Resumed({ at, onStartOver }: { at: number; onStartOver: () => void }) {
  const [shown, setShown] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setShown(false), RESUMED_MILLIS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) {
    return null;
  }
  return (
    <div
      role="status"
      className="absolute bottom-24 left-4 z-10 flex items-center gap-2 rounded-full bg-black/80 py-1.5 pr-1.5 pl-4 text-sm"
    >
      {strings.watch.resumed(formatDuration(at))}
      <PillButton
        onClick={() => {
          onStartOver();
          setShown(false);
        }}
      >
        {strings.watch.startOver}
      </PillButton>
    </div>
  );
}

/** Within what is said over the picture. */
export function PillButton(props: { onClick: () => void; children: ReactNode }) {
  return (
    <Button
      size="sm"
      className="rounded-full border-transparent bg-white/15 text-white hover:bg-white/30"
      {...props}
    />
  );
}

function TroubleNotice({ state, onRetry }: { state: EngineState; onRetry: () => void }) {
  const { trouble } = state;
  if (trouble === null) {
    return null;
  }
  if (trouble.kind === "waiting") {
    return (
      <p
        role="status"
        className="absolute top-4 right-4 left-4 mx-auto w-fit rounded-full bg-black/75 px-4 py-2 text-sm"
      >
        {strings.watch.reconnecting}
      </p>
    );
  }
  return (
    <div
      role="alert"
      className="absolute inset-0 z-10 grid place-content-center justify-items-center gap-4 bg-black/80 p-6 text-center"
    >
      <p className="max-w-md text-pretty">
        {strings.watch.trouble(trouble.status)}{" "}
        <span className="whitespace-nowrap opacity-70">({trouble.status ?? trouble.code})</span>
      </p>
      <Button
        className="border-transparent bg-white text-black hover:bg-white/85"
        onClick={onRetry}
        style={{ colorScheme: "light" } as CSSProperties}
      >
        <RotateCw aria-hidden /> {strings.actions.retry}
      </Button>
    </div>
  );
}
