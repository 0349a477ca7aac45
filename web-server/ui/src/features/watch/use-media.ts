import { type RefObject, useEffect, useState } from "react";

export type MediaState = {
  time: number;
  duration: number;
  /** Up to where from here it could be played without the server. */
  bufferedEnd: number;
  paused: boolean;
  ended: boolean;
  waiting: boolean;
  seeking: boolean;
  muted: boolean;
  volume: number;
  rate: number;
  /** Whether anything was played at all. */
  started: boolean;
};

const EVENTS = [
  "timeupdate",
  "durationchange",
  "progress",
  "play",
  "playing",
  "pause",
  "ended",
  "waiting",
  "seeking",
  "seeked",
  "volumechange",
  "ratechange",
  "canplay",
] as const;

function bufferedEnd(video: HTMLVideoElement): number {
  for (let i = 0; i < video.buffered.length; i++) {
    if (
      video.buffered.start(i) <= video.currentTime + 0.1 &&
      video.buffered.end(i) >= video.currentTime
    ) {
      return video.buffered.end(i);
    }
  }
  return video.currentTime;
}

function read(video: HTMLVideoElement, before: MediaState): MediaState {
  return {
    time: video.currentTime,
    // Of 29.97 s people say 30.
    duration: Number.isFinite(video.duration) ? Math.round(video.duration * 10) / 10 : 0,
    bufferedEnd: bufferedEnd(video),
    paused: video.paused,
    ended: video.ended,
    waiting: !video.paused && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA,
    seeking: video.seeking,
    muted: video.muted || video.volume === 0,
    volume: video.volume,
    rate: video.playbackRate,
    started: before.started || video.played.length > 0,
  };
}

const START: MediaState = {
  time: 0,
  duration: 0,
  bufferedEnd: 0,
  paused: true,
  ended: false,
  waiting: false,
  seeking: false,
  muted: false,
  volume: 1,
  rate: 1,
  started: false,
};

/** What a media element does, as it does it. */
export function useMedia(element: RefObject<HTMLVideoElement | null>): MediaState {
  const [state, setState] = useState(START);
  useEffect(() => {
    const video = element.current;
    if (video === null) {
      return;
    }
    const update = () => setState((before) => read(video, before));
    for (const event of EVENTS) {
      video.addEventListener(event, update);
    }
    update();
    return () => {
      for (const event of EVENTS) {
        video.removeEventListener(event, update);
      }
    };
  }, [element]);
  return state;
}
