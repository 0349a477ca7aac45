package dev.tritontube.web.videos;

import static dev.tritontube.web.videos.VideoAccess.missing;

import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.originals.Chunks;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/v1/videos` and `/api/v1/videos/{id}`, but for uploading.
public final class VideoRoutes implements Routes {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;

  private final VideoStore videos;
  private final VideoAccess access;
  private final VideoDocuments documents;
  private final InstantSource clock;

  public VideoRoutes(
      VideoStore videos, VideoAccess access, VideoDocuments documents, InstantSource clock) {
    this.videos = videos;
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
    QueryParameters query = QueryParameters.of(ctx, "limit", "cursor");
    int limit = query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    List<Video> page =
        videos.list(query.text("cursor").map(ListCursor::parse), limit + 1, access.audience(ctx));
    List<Video> items = page.subList(0, Math.min(limit, page.size()));
    String next = page.size() > limit ? ListCursor.after(items.getLast()) : null;
    Json.answer(ctx, 200, new ListDocument(documents.of(items), next));
  }

  private void one(Context ctx) {
    Video video = access.readable(ctx);
    ctx.header("Cache-Control", "no-cache");
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
