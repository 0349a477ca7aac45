package dev.tritontube.web.steering;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.Duration;

/// `GET /api/v1/cluster/events`: how the cluster is and what changes, as Server-Sent Events. For
/// administrators.
public final class ClusterEventRoutes implements Routes {
  private final ClusterFeed feed;
  private final Callers callers;

  public ClusterEventRoutes(ClusterFeed feed, Callers callers) {
    this.feed = feed;
    this.callers = callers;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.read(routing, "/api/v1/cluster/events", this::events);
  }

  private void events(Context ctx) throws IOException {
    QueryParameters query = QueryParameters.of(ctx, "ticket");
    callers.ofStream(ctx, query.text("ticket"));
    Caller caller = callers.require(ctx, Scope.ADMIN);
    ctx.status(200).contentType("text/event-stream");
    ctx.header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
    if (ctx.method().name().equals("HEAD")) {
      return;
    }
    try (ClusterFeed.Seat seat = feed.follow().orElseThrow(ClusterEventRoutes::full)) {
      new ClusterStream(
              seat, () -> callers.again(caller).filter(Caller::isAdministrator).isPresent())
          .to(ctx.res().getOutputStream());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static ProblemException full() {
    return new ProblemException(
        new Problem.Unavailable(
            "too_many_streams", "Too many follow the cluster here", Duration.ofSeconds(5)));
  }
}
