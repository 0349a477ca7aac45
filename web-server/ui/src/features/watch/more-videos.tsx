import { useQuery } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { Skeleton } from "@/components/ui/skeleton";
import { VideoCard } from "@/features/library/video-card";
import { strings } from "@/strings";

const SHOWN = 12;

/** The newest others. Without them the page is still a page, so nothing is said of failures. */
export function MoreVideos({ than }: { than: string }) {
  const { data, isPending } = useQuery({
    queryKey: ["videos", "more"],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/videos", {
          params: { query: { limit: SHOWN + 1, visibility: "public" } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
  const others = data?.items.filter((video) => video.id !== than).slice(0, SHOWN) ?? [];
  if (!isPending && others.length === 0) {
    return null;
  }
  return (
    <section aria-label={strings.watch.more}>
      <h2 className="mb-3 text-base font-semibold">{strings.watch.more}</h2>
      <ul className="grid gap-4 sm:grid-cols-2 md:grid-cols-3 xl:grid-cols-1 xl:gap-3">
        {isPending
          ? Array.from({ length: 6 }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
              <li key={index}>
                <Skeleton className="aspect-video rounded-xl xl:h-22 xl:w-full" />
              </li>
            ))
          : others.map((video) => (
              <li key={video.id} className="min-w-0">
                <VideoCard video={video} heading="h3" beside />
              </li>
            ))}
      </ul>
    </section>
  );
}
