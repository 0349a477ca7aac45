package dev.tritontube.web.videos;

import static dev.tritontube.web.videos.VideoAccess.missing;

import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.library.LibraryStore;
import dev.tritontube.web.library.Page;
import dev.tritontube.web.library.Query;
import dev.tritontube.web.originals.Chunks;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/v1/videos` and `/api/v1/videos/{id}`, but for uploading.
public final class VideoRoutes implements Routes {
  private final VideoStore videos;
  private final LibraryStore library;
  private final VideoAccess access;
  private final VideoDocuments documents;
  private final InstantSource clock;

  public VideoRoutes(
      VideoStore videos,
      LibraryStore library,
      VideoAccess access,
      VideoDocuments documents,
      InstantSource clock) {
    this.videos = videos;
    this.library = library;
    this.access = access;
    this.documents = documents;
    this.clock = clock;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.read(routing, "/api/v1/videos", this::list);
    Routes.readPlain(routing, "/api/v1/videos/{id}", this::one);
    routing.patch("/api/v1/videos/{id}", this::edit);
    routing.delete("/api/v1/videos/{id}", this::delete);
  }

  private record ListDocument(List<VideoDocument> items, @Nullable String nextCursor) {}

  private void list(Context ctx) {
    Query query =
        ListParameters.query(QueryParameters.of(ctx, ListParameters.NAMES), access.audience(ctx));
    Page page = library.page(query);
    List<Video> items = videos.all(page.videos());
    String next = page.next().map(place -> ListCursor.of(place, query.list())).orElse(null);
    Json.answer(ctx, 200, new ListDocument(documents.of(items), next));
  }

  private void one(Context ctx) {
    Video video = access.readable(ctx);
    ctx.header(
        "Cache-Control", VideoAccess.forOneAlone(ctx, video) ? "private, no-cache" : "no-cache");
    Json.answer(ctx, 200, documents.of(video));
  }

  private void edit(Context ctx) throws IOException {
    var id = access.changeable(ctx).id();
    QueryParameters.of(ctx);
    VideoEdit edit = VideoEdit.of(Json.object(ctx));
    Video video = videos.edit(id, edit::applyTo, clock.instant()).orElseThrow(() -> missing(ctx));
    Json.answer(ctx, 200, documents.of(video));
  }

  private void delete(Context ctx) {
    var id = access.changeable(ctx).id();
    QueryParameters.of(ctx);
    if (!videos.delete(id, Chunks.BYTES, clock.instant())) {
      throw missing(ctx);
    }
    ctx.status(204);
  }
}
