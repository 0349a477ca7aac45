import type { Thumbnail } from "./thumbnails";

/** Shows a place on a sheet. */
export function ThumbnailPicture({ sheet, x, y, width, height }: Thumbnail) {
  return (
    <div
      data-thumbnail
      className="rounded-md border border-white/60 bg-black shadow-lg"
      style={{
        width,
        height,
        backgroundImage: `url(${JSON.stringify(sheet)})`,
        backgroundPosition: `-${x}px -${y}px`,
      }}
    />
  );
}
