package dev.tritontube.web.frames;

import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.RandomIds;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.frames.FrameSet.State;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.ListCursor;
import dev.tritontube.web.http.ListDocument;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.packaging.AssetMedia;
import dev.tritontube.web.packaging.AssetMedia.Facts;
import dev.tritontube.web.packaging.PackagedAssets;
import dev.tritontube.web.packaging.Stills;
import dev.tritontube.web.videos.VideoAccess;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// `/api/v1/videos/{id}/frames` and what is below, but for the pictures themselves. For those who
/// may change the video.
public final class FrameRoutes implements Routes {
  static final String SETS = "/api/v1/videos/{id}/frames";
  static final String SET = "framesId";

  /// For how long a set is kept that does not come to its end.
  private static final Duration KEPT = FrameRun.KEPT;

  private static final FrameSetStore.Limits LIMITS = FrameSetStore.Limits.USUAL;

  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private final FrameSetStore sets;
  private final VideoAccess access;
  private final PackagedAssets packaged;
  private final RandomGenerator random;
  private final InstantSource clock;

  public FrameRoutes(
      Database database,
      VideoAccess access,
      PackagedAssets packaged,
      RandomGenerator random,
      InstantSource clock) {
    this.sets = new FrameSetStore(database);
    this.access = access;
    this.packaged = packaged;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.post(SETS, this::create);
    Routes.read(routing, SETS, this::list);
    Routes.readPlain(routing, SETS + "/{" + SET + "}", this::one);
    routing.delete(SETS + "/{" + SET + "}", this::delete);
  }

  private void create(Context ctx) throws IOException {
    Video video = access.changeable(ctx);
    QueryParameters.of(ctx);
    Stills.Order order = FrameWish.of(Json.object(ctx), source(packaged.media(video.asset())));
    FrameSet set = queued(video, order);
    switch (sets.add(set, LIMITS)) {
      case ADDED -> {
        ctx.header("Location", FrameDocument.path(set));
        answer(ctx, 202, FrameDocument.of(set));
      }
      case GONE -> throw missing(ctx);
      case TOO_MANY_OPEN ->
          throw tooMany(LIMITS.open() + " sets of frames are under way: wait, or delete one");
      case TOO_MANY_OF_VIDEO ->
          throw tooMany("The video has " + LIMITS.ofVideo() + " sets of frames: delete one");
      case TOO_MANY_BYTES ->
          throw tooMany("There are " + LIMITS.bytes() + " bytes of frames: delete some");
    }
  }

  private static ProblemException tooMany(String detail) {
    return new ProblemException(new Problem.Conflict("too_many_frames", detail));
  }

  private FrameSet queued(Video video, Stills.Order order) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    return new FrameSet(
        RandomIds.next(random),
        new FrameSet.Of(video.id(), video.asset()),
        video.owner(),
        order,
        State.QUEUED,
        0,
        Optional.empty(),
        Optional.empty(),
        new FrameSet.Times(now, Optional.empty(), now.plus(KEPT)));
  }

  /// @throws ProblemException 409 `not_playable_yet`, `not_playable`, `no_pictures`
  private static FrameWish.Source source(AssetMedia media) {
    AssetMedia.Failure failure = media.error();
    if (failure != null) {
      throw new ProblemException(
          new Problem.NotPlayable("It cannot be played: " + failure.detail()));
    }
    Facts facts = media.facts();
    if (facts == null || !media.playable()) {
      throw new ProblemException(
          new Problem.NotPlayableYet("The video has not been looked at yet", ASK_AGAIN));
    }
    if (facts.width() == null || facts.height() == null) {
      throw new ProblemException(new Problem.Conflict("no_pictures", "The video is sound alone"));
    }
    long millis = (long) Math.floor(facts.durationSeconds() * 1000);
    return new FrameWish.Source(Math.max(1, millis), facts.width(), facts.height());
  }

  private void list(Context ctx) {
    Video video = access.changeable(ctx);
    QueryParameters query = QueryParameters.of(ctx, "limit", "cursor");
    String name = "frames/" + video.id();
    int limit = query.limit();
    List<FrameSet> found =
        sets.list(video.id(), query.cursor(text -> ListCursor.made(text, name)), limit + 1);
    answer(
        ctx,
        200,
        ListDocument.page(
            found,
            limit,
            FrameDocument::of,
            set -> ListCursor.after(name, set.times().created(), set.id())));
  }

  private void one(Context ctx) {
    Video video = access.changeable(ctx);
    FrameSet set = sets.find(video.id(), ctx.pathParam(SET)).orElseThrow(() -> missing(ctx));
    answer(ctx, 200, FrameDocument.of(set));
  }

  private void delete(Context ctx) {
    Video video = access.changeable(ctx);
    QueryParameters.of(ctx);
    if (!sets.delete(video.id(), ctx.pathParam(SET), clock.instant())) {
      throw missing(ctx);
    }
    ctx.status(204);
  }

  private static void answer(Context ctx, int status, Object document) {
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, status, document);
  }

  static ProblemException missing(Context ctx) {
    return new ProblemException(
        new Problem.NotFound("There is nothing at " + Printable.of(ctx.path())));
  }
}
