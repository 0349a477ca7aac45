import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { answer, api } from "@/api/client";
import { followEvents, type VideoEvent } from "@/api/events";
import type { PlaybackLinks, Video } from "@/api/types";

const NOT_PLAYABLE_MILLIS = 1000;
const ENCODING_MILLIS = 10_000;
const TOKEN_FRESH_MILLIS = 3_600_000;

export function videoQuery(id: string) {
  return queryOptions({
    queryKey: ["videos", "one", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/videos/{id}", { params: { path: { id } }, signal })),
  });
}

/** Whether nothing more is to be expected of it. */
export function isFinal(video: Pick<Video, "status">): boolean {
  return video.status === "COMPLETED" || video.status === "FAILED";
}

/** A video as it is now, also while it changes. */
export function useVideo(id: string) {
  const queries = useQueryClient();
  const query = useQuery({
    ...videoQuery(id),
    // What events do not bring, because none arrive.
    refetchInterval: ({ state: { data } }) =>
      data === undefined || isFinal(data)
        ? false
        : data.playable
          ? ENCODING_MILLIS
          : NOT_PLAYABLE_MILLIS,
  });
  const changing = query.data !== undefined && !isFinal(query.data);
  useEffect(() => {
    if (!changing) {
      return;
    }
    const { queryKey } = videoQuery(id);
    return followEvents({ video: id }, (event) => {
      queries.setQueryData<Video>(queryKey, (before) => before && withEvent(before, event));
      if (event.type !== "progress") {
        void queries.invalidateQueries({ queryKey });
      }
    });
  }, [id, changing, queries]);
  return query;
}

/** What an event tells of a video. */
export function withEvent(video: Video, event: VideoEvent): Video {
  const { status, playable, progress, error } = event.data;
  return event.data.id === video.id && status !== undefined
    ? {
        ...video,
        status,
        playable: playable ?? video.playable,
        progress: progress ?? video.progress,
        error: error ?? null,
      }
    : video;
}

/** Addresses of a private video that open by themselves, for pictures and players. */
export function usePlaybackLinks(video: Video | undefined) {
  const hidden = video?.visibility === "private";
  const token = useQuery({
    queryKey: ["videos", "playback-token", video?.id],
    queryFn: () =>
      answer(
        api.POST("/api/v1/videos/{id}/playback-token", {
          params: { path: { id: video?.id ?? "" } },
        }),
      ),
    enabled: hidden,
    staleTime: TOKEN_FRESH_MILLIS,
  });
  if (video === undefined) {
    return { links: null, renew: token.refetch };
  }
  const links: MediaLinks | undefined = hidden
    ? token.data && secretLinks(video, token.data.links)
    : video.links;
  return { links: links ?? null, renew: token.refetch };
}

type MediaLinks = Pick<Video["links"], "dash" | "hls" | "poster" | "thumbnails">;

/** Of what there is. */
function secretLinks({ links }: Video, secret: PlaybackLinks): MediaLinks {
  return {
    dash: secret.dash,
    hls: secret.hls,
    // Its version goes with it, since pages that show it do not ask again.
    poster: links.poster && secret.poster + (/\?.*/.exec(links.poster)?.[0] ?? ""),
    ...(links.thumbnails === undefined ? {} : { thumbnails: secret.thumbnails }),
  };
}
