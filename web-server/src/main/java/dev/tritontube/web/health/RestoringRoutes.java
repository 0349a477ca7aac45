package dev.tritontube.web.health;

import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.Routes;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.Duration;
import java.util.Map;

/// Health of a web server that waits until its catalog is restored: it lives, and is not ready.
public final class RestoringRoutes implements Routes {
  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.readPlain(routing, "/api/v1/health/live", RestoringRoutes::live);
    Routes.readPlain(routing, "/api/v1/health", RestoringRoutes::wait);
    Routes.readPlain(routing, "/api/v1/health/ready", RestoringRoutes::wait);
  }

  private static void live(Context ctx) {
    Json.answer(ctx, 200, Map.of("status", "OK"));
  }

  private static void wait(Context ctx) {
    throw new ProblemException(
        new Problem.Unavailable(
            "not_ready", "The catalog is empty, and waits to be restored", Duration.ofSeconds(1)));
  }
}
