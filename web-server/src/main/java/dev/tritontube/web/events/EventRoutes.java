package dev.tritontube.web.events;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.videos.VideoAccess;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// `GET /api/v1/events`: what changes, as Server-Sent Events (WHATWG HTML, section 9.2).
public final class EventRoutes implements Routes {
  private static final String LAST = "lastEventId";

  private final EventFeed feed;
  private final VideoAccess access;
  private final Callers callers;

  public EventRoutes(EventFeed feed, VideoAccess access, Callers callers) {
    this.feed = feed;
    this.access = access;
    this.callers = callers;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.read(routing, "/api/v1/events", this::events);
  }

  /// What somebody wants to be told.
  ///
  /// @param viewer as he is now; empty when he may not come in any more
  /// @param video of this one alone
  private record Wish(Supplier<Optional<Viewer>> viewer, Optional<VideoId> video) {}

  private void events(Context ctx) throws IOException {
    QueryParameters query = QueryParameters.of(ctx, "video", LAST, "ticket");
    Wish wish = wish(ctx, query);
    OptionalLong after = after(ctx, query);
    ctx.status(200).contentType("text/event-stream");
    ctx.header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
    if (ctx.method().name().equals("HEAD")) {
      return;
    }
    try (Follower follower = feed.follow(after).orElseThrow(EventRoutes::full)) {
      new EventStream(follower, wish.viewer(), wish.video()).to(ctx.res().getOutputStream());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Wish wish(Context ctx, QueryParameters query) {
    Caller caller = callers.ofStream(ctx, query.text("ticket"));
    Optional<VideoId> video = query.text("video").map(EventRoutes::video);
    if (video.isPresent() && access.readable(ctx, video.get()).isEmpty()) {
      throw new ProblemException(new Problem.NotFound("There is no video " + video.get()));
    }
    boolean byLink = video.isPresent();
    return new Wish(() -> callers.again(caller).map(now -> new Viewer(now, byLink)), video);
  }

  private static VideoId video(String text) {
    return VideoId.parse(text)
        .orElseThrow(() -> QueryParameters.bad("video", "is no id of a video"));
  }

  /// The header is newer than the parameter: browsers send it when they come back.
  private static OptionalLong after(Context ctx, QueryParameters query) {
    OptionalLong parameter = number(query.text(LAST));
    if (query.text(LAST).isPresent() && parameter.isEmpty()) {
      throw QueryParameters.bad(LAST, "is the id of an event");
    }
    String header = ctx.header("Last-Event-ID");
    if (header == null || header.isEmpty()) {
      return parameter;
    }
    // None of ours: what that client knows is as good as lost.
    return OptionalLong.of(number(Optional.of(header)).orElse(Long.MAX_VALUE));
  }

  private static OptionalLong number(Optional<String> text) {
    return text.filter(digits -> digits.matches("\\d{1,18}"))
        .map(digits -> OptionalLong.of(Long.parseLong(digits)))
        .orElse(OptionalLong.empty());
  }

  static ProblemException full() {
    return new ProblemException(
        new Problem.Unavailable(
            "too_many_streams", "Too many follow events here", Duration.ofSeconds(5)));
  }
}
