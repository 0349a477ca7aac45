package dev.tritontube.web.videos;

import static dev.tritontube.web.videos.VideoAccess.missing;

import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.library.Query;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// `/api/v1/videos` and `/api/v1/videos/{id}`, but for uploading.
public final class VideoRoutes implements Routes {
  private final VideoStore videos;
  private final VideoAnswers answers;
  private final VideoAccess access;
  private final Deletions deletions;
  private final InstantSource clock;

  public VideoRoutes(
      VideoStore videos,
      VideoAnswers answers,
      VideoAccess access,
      Deletions deletions,
      InstantSource clock) {
    this.videos = videos;
    this.answers = answers;
    this.access = access;
    this.deletions = deletions;
    this.clock = clock;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.read(routing, "/api/v1/videos", this::list);
    Routes.read(routing, "/api/v1/videos/{id}", this::one);
    routing.patch("/api/v1/videos/{id}", this::edit);
    routing.delete("/api/v1/videos/{id}", this::delete);
    routing.post("/api/v1/videos/{id}/restore", this::restore);
  }

  private void list(Context ctx) {
    Query query =
        ListParameters.query(QueryParameters.of(ctx, ListParameters.NAMES), access.audience(ctx));
    Json.answer(ctx, 200, answers.list(query));
  }

  private void one(Context ctx) {
    boolean deletedToo = ListParameters.deletedToo(QueryParameters.of(ctx, "include"));
    Video video =
        (deletedToo ? access.deleted(ctx) : Optional.<Video>empty())
            .orElseGet(() -> access.readable(ctx));
    boolean forOneAlone = video.deletedAt() != null || VideoAccess.forOneAlone(ctx, video);
    ctx.header("Cache-Control", forOneAlone ? "private, no-cache" : "no-cache");
    answer(ctx, video);
  }

  private void edit(Context ctx) throws IOException {
    var id = access.changeable(ctx).id();
    QueryParameters.of(ctx);
    VideoEdit edit = VideoEdit.of(Json.object(ctx));
    String ifMatch = ctx.header("If-Match");
    Instant now = clock.instant();
    Video video =
        videos
            .change(
                id,
                before -> {
                  Video after = edit.applyTo(before, now);
                  DetailsTag.require(before, ifMatch);
                  return after;
                },
                now)
            .orElseThrow(() -> missing(ctx));
    answer(ctx, video);
  }

  private void answer(Context ctx, Video video) {
    byte[] answer = answers.of(video);
    ctx.header("ETag", DetailsTag.of(video, answer));
    Json.answer(ctx, 200, answer);
  }

  private void delete(Context ctx) {
    boolean purge = purge(ctx);
    Optional<Video> deleted = purge ? access.deletedChangeable(ctx) : Optional.empty();
    Video video = deleted.orElseGet(() -> access.changeable(ctx));
    if (!deletions.delete(video.id(), purge)) {
      throw missing(ctx);
    }
    ctx.status(204);
  }

  private static boolean purge(Context ctx) {
    String purge = QueryParameters.of(ctx, "purge").text("purge").orElse("false");
    return switch (purge) {
      case "true" -> true;
      case "false" -> false;
      default -> throw QueryParameters.bad("purge", "is true or false");
    };
  }

  private void restore(Context ctx) {
    QueryParameters.of(ctx);
    Video video = access.deletedChangeable(ctx).orElseGet(() -> access.changeable(ctx));
    answer(ctx, deletions.restore(video.id()).orElseThrow(() -> missing(ctx)));
  }
}
