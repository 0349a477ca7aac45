package dev.tritontube.web.videos;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoDetails;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// `/api/v1/videos/batch`: one thing with many videos. Each is done by itself, so some may succeed
/// when others do not.
public final class BatchRoutes implements Routes {
  private final VideoStore videos;
  private final Deletions deletions;
  private final Callers callers;
  private final InstantSource clock;

  public BatchRoutes(VideoStore videos, Deletions deletions, Callers callers, InstantSource clock) {
    this.videos = videos;
    this.deletions = deletions;
    this.callers = callers;
    this.clock = clock;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.post("/api/v1/videos/batch", this::run);
  }

  private record ErrorDocument(String code, String detail) {}

  private record ItemDocument(String id, int status, @Nullable ErrorDocument error) {}

  private record ResultDocument(List<ItemDocument> items) {}

  private void run(Context ctx) throws IOException {
    Caller caller = callers.require(ctx);
    QueryParameters.of(ctx);
    Batch batch = Batch.of(Json.object(ctx));
    List<ItemDocument> items =
        batch.ids().stream().map(id -> item(caller, id, batch.action())).toList();
    Json.answer(ctx, 200, new ResultDocument(items));
  }

  private ItemDocument item(Caller caller, String id, Batch.Action action) {
    try {
      run(caller, VideoId.parse(id).orElseThrow(() -> missing(id)), action);
      return new ItemDocument(id, 200, null);
    } catch (ProblemException e) {
      Problem problem = e.problem();
      return new ItemDocument(
          Printable.of(id), problem.status(), new ErrorDocument(problem.code(), problem.detail()));
    }
  }

  private void run(Caller caller, VideoId id, Batch.Action action) {
    boolean done =
        switch (action) {
          case Batch.Action.Delete delete -> {
            check(caller, id, delete.purge());
            yield deletions.delete(id, delete.purge());
          }
          case Batch.Action.Restore _ -> {
            check(caller, id, true);
            yield deletions.restore(id).isPresent();
          }
          case Batch.Action.Tag tag -> edit(caller, id, before -> Batch.tagged(before, tag));
          case Batch.Action.Show show -> edit(caller, id, before -> Batch.shown(before, show));
        };
    if (!done) {
      throw missing(id.value());
    }
  }

  private boolean edit(Caller caller, VideoId id, UnaryOperator<VideoDetails> change) {
    check(caller, id, false);
    return videos.edit(id, change, clock.instant()).isPresent();
  }

  /// @param deletedToo whether one that is deleted will do
  /// @throws ProblemException 403, 404
  private void check(Caller caller, VideoId id, boolean deletedToo) {
    Optional<Video> deleted = deletedToo ? videos.findDeleted(id) : Optional.empty();
    Video video =
        deleted
            .filter(one -> caller.seesPrivate(one.owner()))
            .or(() -> videos.find(id).filter(caller::sees))
            .orElseThrow(() -> missing(id.value()));
    if (!caller.mayChange(video)) {
      throw new ProblemException(
          new Problem.Forbidden("not_owner", "This video is not yours to change"));
    }
  }

  private static ProblemException missing(String id) {
    return new ProblemException(new Problem.NotFound("There is no video " + Printable.of(id)));
  }
}
