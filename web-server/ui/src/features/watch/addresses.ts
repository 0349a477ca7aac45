import type { Video } from "@/api/types";

const WIDTH = 640;

export function watchAddress(origin: string, id: string, atSeconds: number): string {
  return `${origin}/watch/${id}${place(atSeconds)}`;
}

function place(atSeconds: number): string {
  return atSeconds > 0 ? `?t=${Math.floor(atSeconds)}` : "";
}

/** HTML for other pages, in the shape of the film. */
export function embedCode(
  origin: string,
  video: Pick<Video, "id" | "title" | "width" | "height">,
  atSeconds: number,
): string {
  const shape = video.width && video.height ? video.height / video.width : 9 / 16;
  const height = Math.round(WIDTH * Math.min(Math.max(shape, 0.3), 1.8));
  return (
    `<iframe src="${origin}/embed/${video.id}${place(atSeconds)}" width="${WIDTH}" height="${height}"` +
    ` title="${escapeAttribute(video.title)}" frameborder="0"` +
    ' allow="autoplay; fullscreen; picture-in-picture" allowfullscreen></iframe>'
  );
}

/** It is pasted into pages of people who trust it: a title must not become anything else there. */
function escapeAttribute(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
