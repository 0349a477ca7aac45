package dev.tritontube.web.steering;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.NodeId;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.cluster.ClusterException;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Remark;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.jobs.JobCounts;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// `/api/v1/cluster`: nodes, ring and changes. For administrators.
public final class ClusterRoutes implements Routes {
  private static final String CLUSTER = "/api/v1/cluster";
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Steering steering;
  private final Callers callers;

  public ClusterRoutes(Steering steering, Callers callers) {
    this.steering = steering;
    this.callers = callers;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    read(routing, "/nodes", ctx -> answer(ctx, 200, nodes()));
    read(routing, "/status", ctx -> answer(ctx, 200, status()));
    read(routing, "/ring", ctx -> answer(ctx, 200, RingDocument.of(steering.ring())));
    read(routing, "/changes/{id}", this::change);
    Routes.read(routing, CLUSTER + "/ring/locate", this::locate);
    routing.post(CLUSTER + "/ring/plan", this::plan);
    routing.post(CLUSTER + "/ring/apply", this::apply);
  }

  private void read(JavalinDefaultRoutingApi routing, String path, Handler handler) {
    Routes.readPlain(
        routing,
        CLUSTER + path,
        ctx -> {
          callers.require(ctx, Scope.ADMIN);
          handler.handle(ctx);
        });
  }

  private static void answer(Context ctx, int status, Object document) {
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, status, document);
  }

  private record NodesDocument(List<NodeDocument> nodes) {}

  private NodesDocument nodes() throws IOException {
    return new NodesDocument(NodeDocument.of(steering.nodes()));
  }

  private record StatusDocument(
      String health,
      long epoch,
      long underReplicated,
      List<NodeDocument> nodes,
      JobCounts jobs,
      List<WorkerDocument> workers) {}

  private StatusDocument status() throws IOException, InterruptedException {
    StatusReport status = steering.status();
    return new StatusDocument(
        status.health().name(),
        status.epoch(),
        status.underReplicated(),
        NodeDocument.of(status.nodes()),
        status.jobs(),
        status.workers().stream().map(WorkerDocument::of).toList());
  }

  private void change(Context ctx) throws IOException {
    String id = ctx.pathParam("id");
    ChangeReport change =
        steering
            .change(id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        new Problem.NotFound("There is no change " + Printable.of(id))));
    answer(ctx, 200, ChangeDocument.of(change));
  }

  private record PlaceDocument(
      String key,
      int arc,
      long epoch,
      List<NodeDocument> owners,
      List<NodeDocument> nextOwners,
      List<String> holders) {}

  private void locate(Context ctx) throws IOException, InterruptedException {
    callers.require(ctx, Scope.ADMIN);
    String key =
        QueryParameters.of(ctx, "key")
            .text("key")
            .orElseThrow(() -> QueryParameters.bad("key", "is missing"));
    PlaceReport place = steering.locate(key(key));
    answer(
        ctx,
        200,
        new PlaceDocument(
            key,
            place.arc(),
            place.epoch(),
            NodeDocument.of(place.owners()),
            NodeDocument.of(place.nextOwners()),
            place.holders().stream().map(NodeId::value).toList()));
  }

  private static BlobKey key(String text) {
    try {
      return new BlobKey(text);
    } catch (IllegalArgumentException _) {
      throw QueryParameters.bad("key", "has 1 to " + BlobKey.MAX_BYTES + " bytes");
    }
  }

  private record PlannedShareDocument(
      String id, String address, String zone, int arcsBefore, int arcsAfter) {
    static PlannedShareDocument of(PlanReport.Share share) {
      return new PlannedShareDocument(
          share.node().id().value(),
          share.node().address(),
          share.node().zone(),
          share.arcsBefore(),
          share.arcsAfter());
    }
  }

  private record PlanDocument(
      long epoch,
      int movedReplicas,
      int minimumReplicas,
      long estimatedBytes,
      int steps,
      List<PlannedShareDocument> nodes,
      List<String> warnings) {
    static PlanDocument of(PlanReport report) {
      return new PlanDocument(
          report.plan().from().epoch(),
          report.plan().moves().size(),
          report.plan().minimumMoves(),
          report.estimatedBytes(),
          report.steps(),
          report.shares().stream().map(PlannedShareDocument::of).toList(),
          report.plan().warnings());
    }
  }

  private void plan(Context ctx) throws IOException, InterruptedException {
    WishBody body = body(ctx);
    try {
      answer(ctx, 200, PlanDocument.of(steering.plan(body.wish(), body.terms())));
    } catch (ClusterException e) {
      throw problem(e);
    }
  }

  private void apply(Context ctx) throws IOException, InterruptedException {
    WishBody body = body(ctx);
    try {
      ChangeReport change = steering.begin(body.wish(), body.terms());
      Remark.add(ctx, body.remark());
      ctx.header("Location", CLUSTER + "/changes/" + change.change().id());
      answer(ctx, 202, ChangeDocument.of(change));
    } catch (ClusterException e) {
      throw problem(e);
    }
  }

  private WishBody body(Context ctx) throws IOException {
    callers.require(ctx, Scope.ADMIN);
    QueryParameters.of(ctx);
    return WishBody.of(Json.object(ctx));
  }

  private static ProblemException problem(ClusterException e) {
    return new ProblemException(
        switch (e.kind()) {
          case USAGE -> new Problem.BadRequest(e.code(), e.getMessage());
          case UNREACHABLE -> new Problem.Unavailable(e.code(), e.getMessage(), RETRY);
          case REFUSED -> new Problem.Conflict(e.code(), e.getMessage());
        });
  }
}
