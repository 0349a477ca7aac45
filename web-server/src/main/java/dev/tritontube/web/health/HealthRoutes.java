package dev.tritontube.web.health;

import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.cluster.Cluster;
import dev.tritontube.web.cluster.ClusterHealth;
import dev.tritontube.web.cluster.NodeView;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.jobs.JobCounts;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/api/v1/health`, `/health/live` and `/health/ready`.
public final class HealthRoutes implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(HealthRoutes.class);

  private final Database database;
  private final Cluster cluster;
  private final Supplier<JobCounts> jobs;

  public HealthRoutes(Database database, Cluster cluster, Supplier<JobCounts> jobs) {
    this.database = database;
    this.cluster = cluster;
    this.jobs = jobs;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.readPlain(routing, "/api/v1/health", this::health);
    Routes.readPlain(routing, "/api/v1/health/live", HealthRoutes::live);
    Routes.readPlain(routing, "/api/v1/health/ready", this::ready);
  }

  private void health(Context ctx) {
    boolean catalog = catalogAnswers();
    ClusterHealth storage = cluster.health(0);
    String status = catalog ? storage.name() : ClusterHealth.DOWN.name();
    ctx.header("Cache-Control", "no-store");
    Json.answer(
        ctx,
        status.equals(ClusterHealth.DOWN.name()) ? 503 : 200,
        new HealthDocument(
            status,
            catalog ? "OK" : "DOWN",
            storage.name(),
            cluster.nodes().stream().map(HealthRoutes::node).toList(),
            catalog ? jobs.get() : JobCounts.NONE));
  }

  private static HealthDocument.Node node(NodeView view) {
    return new HealthDocument.Node(
        view.node().id().value(),
        view.node().address(),
        view.node().zone(),
        view.condition().name(),
        view.detail());
  }

  private static void live(Context ctx) {
    Json.answer(ctx, 200, Map.of("status", "OK"));
  }

  /// Ready while everything can be read, also with nodes down.
  private void ready(Context ctx) {
    if (!catalogAnswers()) {
      throw notReady("The catalog does not answer");
    }
    if (cluster.health(0) == ClusterHealth.DOWN) {
      throw notReady("Too few storage nodes answer");
    }
    Json.answer(ctx, 200, Map.of("status", "OK"));
  }

  private boolean catalogAnswers() {
    try {
      return database.answers();
    } catch (JdbiException e) {
      LOG.warn("The catalog does not answer: {}", e.getMessage());
      return false;
    }
  }

  private static ProblemException notReady(String why) {
    return new ProblemException(new Problem.Unavailable("not_ready", why, Duration.ofSeconds(1)));
  }
}
