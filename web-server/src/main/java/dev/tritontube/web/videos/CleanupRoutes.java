package dev.tritontube.web.videos;

import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.catalog.CleanupStore.Cleanup;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.ListDocument;
import dev.tritontube.web.http.Routes;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/v1/cleanups`: what went by itself, and what would go now.
public final class CleanupRoutes implements Routes {
  private static final int LATEST = 30;
  private static final int PLANNED = 1000;

  private final Deletions deletions;
  private final Callers callers;

  public CleanupRoutes(Deletions deletions, Callers callers) {
    this.deletions = deletions;
    this.callers = callers;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.readPlain(routing, "/api/v1/cleanups", this::latest);
    Routes.readPlain(routing, "/api/v1/cleanups/next", this::next);
  }

  private record CleanupDocument(
      String dueAt, String beganAt, @Nullable String endedAt, int expired, int purged) {
    static CleanupDocument of(Cleanup cleanup) {
      return new CleanupDocument(
          cleanup.due().toString(),
          cleanup.began().toString(),
          cleanup.ended() == null ? null : cleanup.ended().toString(),
          cleanup.expired(),
          cleanup.purged());
    }
  }

  private record PlanDocument(List<String> expired, List<String> purged) {}

  private void latest(Context ctx) {
    callers.require(ctx, Scope.ADMIN);
    Json.answer(
        ctx,
        200,
        ListDocument.all(deletions.log(LATEST).stream().map(CleanupDocument::of).toList()));
  }

  private void next(Context ctx) {
    callers.require(ctx, Scope.ADMIN);
    Deletions.Plan plan = deletions.plan(PLANNED);
    Json.answer(ctx, 200, new PlanDocument(ids(plan.expired()), ids(plan.purged())));
  }

  private static List<String> ids(List<VideoId> videos) {
    return videos.stream().map(VideoId::value).toList();
  }
}
