package dev.tritontube.web.videos;

import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.ListDocument;
import dev.tritontube.web.library.LibraryStore;
import dev.tritontube.web.library.Page;
import dev.tritontube.web.library.Query;
import dev.tritontube.web.packaging.AssetMedia.Status;
import dev.tritontube.web.videos.KeptAnswers.Kind;
import dev.tritontube.web.videos.KeptAnswers.Made;
import java.util.List;
import java.util.Set;

/// Lists of videos, and one video, as JSON. Thread-safe.
public final class VideoAnswers {
  private static final Set<String> ENDED = Set.of(Status.COMPLETED.name(), Status.FAILED.name());

  private final VideoStore videos;
  private final LibraryStore library;
  private final VideoDocuments documents;
  private final KeptAnswers kept;

  public VideoAnswers(
      VideoStore videos, LibraryStore library, VideoDocuments documents, KeptAnswers kept) {
    this.videos = videos;
    this.library = library;
    this.documents = documents;
    this.kept = kept;
  }

  byte[] list(Query query) {
    return kept.of(Kind.LIST, query, () -> made(query));
  }

  private Made made(Query query) {
    Page page = library.page(query);
    boolean deletedToo = query.filters().deletedToo();
    List<Video> shown =
        videos.all(page.videos()).stream()
            .filter(video -> deletedToo || video.deletedAt() == null)
            .toList();
    String next = page.next().map(place -> ListParameters.cursor(place, query)).orElse(null);
    List<VideoDocument> items = documents.of(shown);
    // What is deleted is purged without an event: nobody else is to know of it.
    boolean settled = !deletedToo && items.stream().allMatch(VideoAnswers::settled);
    return new Made(Json.bytes(new ListDocument<>(items, next)), settled);
  }

  /// @param video as it is now
  byte[] of(Video video) {
    return kept.of(
        Kind.VIDEO,
        video,
        () -> {
          VideoDocument document = documents.of(video);
          return new Made(Json.bytes(document), settled(document));
        });
  }

  private static boolean settled(VideoDocument document) {
    return ENDED.contains(document.status());
  }
}
