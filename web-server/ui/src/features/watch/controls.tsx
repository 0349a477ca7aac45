import {
  Captions,
  ChevronLeft,
  ChevronRight,
  Maximize,
  Minimize,
  Pause,
  PictureInPicture2,
  Play,
  RotateCw,
  Settings,
  Volume1,
  Volume2,
  VolumeX,
} from "lucide-react";
import {
  type ComponentProps,
  type CSSProperties,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from "react";
import type { Chapter } from "@/api/types";
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuTrigger,
} from "@/components/ui/menu";
import { cn } from "@/lib/cn";
import { formatDuration } from "@/lib/format";
import { strings } from "@/strings";
import { chapterAt } from "./chapter-at";
import { ChapterMarks } from "./chapters";
import type { Choice, Engine, EngineState } from "./engine";
import { type Command, RATES } from "./keys";
import { ThumbnailPicture } from "./thumbnail-picture";
import type { Thumbnail } from "./thumbnails";
import type { MediaState } from "./use-media";

type Props = {
  video: RefObject<HTMLVideoElement | null>;
  box: RefObject<HTMLDivElement | null>;
  media: MediaState;
  engine: Engine;
  state: EngineState;
  run: (command: Command) => void;
  hidden: boolean;
  chapters: Chapter[];
};

export function Controls(props: Props) {
  const { video, box, media, engine, state, run, hidden, chapters } = props;
  const fullscreen = useFullscreen();
  return (
    <div
      role="group"
      aria-label={strings.watch.controls}
      className={cn(
        "absolute inset-x-0 bottom-0 bg-linear-to-t from-black/85 via-black/50 to-transparent px-2 pt-14 pb-1.5 transition-opacity duration-200 sm:px-3",
        hidden &&
          "pointer-events-none opacity-0 focus-within:pointer-events-auto focus-within:opacity-100",
      )}
    >
      <SeekBar video={video} media={media} engine={engine} chapters={chapters} />
      <div className="flex items-center gap-0.5">
        <ControlButton
          label={media.paused ? strings.watch.play : strings.watch.pause}
          onClick={() => run({ kind: "toggle" })}
        >
          {media.ended ? (
            <RotateCw />
          ) : media.paused ? (
            <Play className="fill-current" />
          ) : (
            <Pause className="fill-current" />
          )}
        </ControlButton>
        <Volume video={video} media={media} run={run} />
        <p className="px-1.5 text-sm tabular-nums">
          <span className="sr-only">{strings.watch.position}: </span>
          {formatDuration(media.ended ? media.duration : media.time)}{" "}
          <span className="opacity-70">/ {formatDuration(media.duration)}</span>
        </p>
        <div className="flex-1" />
        {state.captions.length > 0 && (
          <ControlButton
            label={strings.watch.captions}
            aria-pressed={state.captionsChosen !== null}
            onClick={() => run({ kind: "captions" })}
          >
            <Captions />
          </ControlButton>
        )}
        <SettingsMenu box={box} video={video} media={media} engine={engine} state={state} />
        {document.pictureInPictureEnabled && (
          <ControlButton
            label={strings.watch.pictureInPicture}
            className="hidden sm:grid"
            onClick={() => run({ kind: "picture-in-picture" })}
          >
            <PictureInPicture2 />
          </ControlButton>
        )}
        <ControlButton
          label={fullscreen ? strings.watch.leaveFullscreen : strings.watch.fullscreen}
          onClick={() => run({ kind: "fullscreen" })}
        >
          {fullscreen ? <Minimize /> : <Maximize />}
        </ControlButton>
      </div>
    </div>
  );
}

function ControlButton({
  label,
  className,
  ...rest
}: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cn(
        "grid size-10 place-items-center rounded-lg transition-colors hover:bg-white/15 focus-visible:outline-white aria-pressed:text-[oklch(0.82_0.12_210)] [&_svg]:size-5.5",
        className,
      )}
      {...rest}
    />
  );
}

function useFullscreen(): boolean {
  const [fullscreen, setFullscreen] = useState(document.fullscreenElement !== null);
  useEffect(() => {
    const update = () => setFullscreen(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", update);
    return () => document.removeEventListener("fullscreenchange", update);
  }, []);
  return fullscreen;
}

type SeekBarProps = Pick<Props, "video" | "media" | "engine" | "chapters">;

function SeekBar({ video, media, engine, chapters }: SeekBarProps) {
  const [over, setOver] = useState<number | null>(null);
  const length = media.duration || 1;
  const thumbnail = useThumbnail(engine, over === null ? null : over * media.duration);
  const margin = thumbnail === null ? "1.5rem" : `${thumbnail.width / 2 + 6}px`;
  const style = {
    "--played": `${(media.time / length) * 100}%`,
    "--buffered": `${(media.bufferedEnd / length) * 100}%`,
  } as CSSProperties;
  return (
    <div
      className="relative px-1"
      onPointerMove={(event) => {
        const bar = event.currentTarget.getBoundingClientRect();
        setOver(Math.max(0, Math.min(1, (event.clientX - bar.left) / bar.width)));
      }}
      onPointerLeave={() => setOver(null)}
    >
      {over !== null && media.duration > 0 && (
        <div
          aria-hidden
          className="pointer-events-none absolute bottom-full mb-1 grid -translate-x-1/2 justify-items-center gap-1"
          style={{ left: `clamp(${margin}, ${over * 100}%, calc(100% - ${margin}))` }}
        >
          {thumbnail !== null && <ThumbnailPicture {...thumbnail} />}
          <span className="rounded bg-black/80 px-1.5 py-0.5 text-xs tabular-nums">
            {chapterAt(chapters, over * media.duration)?.title}{" "}
            {formatDuration(over * media.duration)}
          </span>
        </div>
      )}
      <ChapterMarks chapters={chapters} length={length} />
      <input
        type="range"
        className="seek-bar"
        style={style}
        min={0}
        max={media.duration || 0}
        step={0.1}
        value={media.time}
        disabled={media.duration === 0}
        aria-label={strings.watch.seek}
        aria-valuetext={strings.watch.positionOf(
          formatDuration(media.time),
          formatDuration(media.duration),
        )}
        onChange={(event) => {
          if (video.current !== null) {
            video.current.currentTime = event.target.valueAsNumber;
          }
        }}
        onKeyDown={(event) => {
          const by = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5 }[event.key];
          if (by !== undefined && video.current !== null) {
            event.preventDefault();
            video.current.currentTime += by;
          }
        }}
      />
    </div>
  );
}

/** The latest that is known, until there is another. */
function useThumbnail(engine: Engine, seconds: number | null): Thumbnail | null {
  const [thumbnail, setThumbnail] = useState<Thumbnail | null>(null);
  useEffect(() => {
    let late = false;
    if (seconds === null) {
      setThumbnail(null);
    } else {
      void engine.thumbnailAt(seconds).then((found) => late || setThumbnail(found));
    }
    return () => {
      late = true;
    };
  }, [engine, seconds]);
  return thumbnail;
}

function Volume({ video, media, run }: Pick<Props, "video" | "media" | "run">) {
  const Icon = media.muted ? VolumeX : media.volume < 0.5 ? Volume1 : Volume2;
  const shown = media.muted ? 0 : media.volume;
  return (
    <div className="group/volume flex items-center">
      <ControlButton
        label={media.muted ? strings.watch.unmute : strings.watch.mute}
        onClick={() => run({ kind: "mute" })}
      >
        <Icon />
      </ControlButton>
      <input
        type="range"
        className="volume-bar hidden w-0 opacity-0 transition-[width,opacity] group-focus-within/volume:w-18 group-focus-within/volume:opacity-100 group-hover/volume:w-18 group-hover/volume:opacity-100 sm:block"
        style={{ "--played": `${shown * 100}%` } as CSSProperties}
        min={0}
        max={1}
        step={0.05}
        value={shown}
        aria-label={strings.watch.volume}
        aria-valuetext={`${Math.round(shown * 100)} %`}
        onChange={(event) => {
          if (video.current !== null) {
            video.current.volume = event.target.valueAsNumber;
            video.current.muted = false;
          }
        }}
      />
    </div>
  );
}

type View = "all" | "quality" | "rate" | "audio" | "captions";
type Section = {
  view: View;
  title: string;
  chosen: string;
  options: Choice[];
  now: string;
  choose: (id: string) => void;
};

const NONE = "none";

function sectionsOf({
  media,
  engine,
  state,
  video,
}: Omit<Props, "run" | "hidden" | "box" | "chapters">): Section[] {
  const auto: Choice = {
    id: "auto",
    label:
      state.quality === "auto" && state.showing
        ? strings.watch.autoQuality(state.showing.label)
        : strings.watch.auto,
  };
  const sections: Section[] = [];
  const add = (
    view: View,
    title: string,
    chosen: string,
    options: Choice[],
    choose: (id: string) => void,
  ) =>
    sections.push({
      view,
      title,
      chosen,
      options,
      now: options.find((each) => each.id === chosen)?.label ?? "",
      choose,
    });
  if (state.qualities.length > 0) {
    add("quality", strings.watch.quality, state.quality, [auto, ...state.qualities], (id) =>
      engine.choose(id),
    );
  }
  add(
    "rate",
    strings.watch.rate,
    String(media.rate),
    RATES.map((rate) => ({ id: String(rate), label: strings.watch.rateOption(rate) })),
    (id) => {
      if (video.current !== null) {
        video.current.playbackRate = Number(id);
      }
    },
  );
  if (state.audio.length > 1) {
    add("audio", strings.watch.audio, state.audioChosen ?? "", state.audio, (id) =>
      engine.chooseAudio(id),
    );
  }
  if (state.captions.length > 0) {
    const off = { id: NONE, label: strings.watch.captionsOff };
    add(
      "captions",
      strings.watch.captions,
      state.captionsChosen ?? NONE,
      [off, ...state.captions],
      (id) => engine.chooseCaptions(id === NONE ? null : id),
    );
  }
  return sections;
}

function SettingsMenu(props: Omit<Props, "run" | "hidden" | "chapters">) {
  const [view, setView] = useState<View>("all");
  const content = useRef<HTMLDivElement>(null);
  const sections = sectionsOf(props);
  const open = sections.find((section) => section.view === view);

  function go(to: View) {
    setView(to);
    // What had the focus is gone.
    requestAnimationFrame(() => content.current?.focus());
  }

  return (
    <Menu onOpenChange={(opening) => opening && setView("all")}>
      <MenuTrigger asChild>
        <ControlButton label={strings.watch.settings}>
          <Settings />
        </ControlButton>
      </MenuTrigger>
      <MenuContent
        ref={content}
        container={props.box.current}
        side="top"
        className="dark min-w-60 border-white/15 bg-[oklch(0.2_0.02_245/0.96)] text-white"
      >
        {open === undefined ? (
          sections.map((section) => (
            <MenuItem
              key={section.view}
              onSelect={(event) => {
                event.preventDefault();
                go(section.view);
              }}
            >
              <span className="flex-1">{section.title}</span>
              <span className="max-w-32 truncate text-white/75">{section.now}</span>
              <ChevronRight aria-hidden />
            </MenuItem>
          ))
        ) : (
          <>
            <MenuItem
              onSelect={(event) => {
                event.preventDefault();
                go("all");
              }}
            >
              <ChevronLeft aria-hidden />
              {strings.watch.back}
            </MenuItem>
            <MenuLabel>{open.title}</MenuLabel>
            <MenuRadioGroup value={open.chosen} onValueChange={open.choose}>
              {open.options.map((option) => (
                <MenuRadioItem key={option.id} value={option.id}>
                  {option.label}
                </MenuRadioItem>
              ))}
            </MenuRadioGroup>
          </>
        )}
      </MenuContent>
    </Menu>
  );
}
