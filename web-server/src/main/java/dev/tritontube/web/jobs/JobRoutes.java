package dev.tritontube.web.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.ListDocument;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.jobs.Job.State;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `/api/v1/jobs` and what is below, encoding again, and the ways to encode. For administrators,
/// but the last.
public final class JobRoutes implements Routes {
  private final Jobs jobs;
  private final Callers callers;

  public JobRoutes(Jobs jobs, Callers callers) {
    this.jobs = jobs;
    this.callers = callers;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.read(routing, "/api/v1/jobs", this::list);
    Routes.read(routing, "/api/v1/jobs/{id}", ctx -> one(ctx, jobs::find));
    routing.post("/api/v1/jobs/{id}/retry", ctx -> one(ctx, jobs::retry));
    routing.post("/api/v1/jobs/{id}/cancel", ctx -> one(ctx, jobs::cancel));
    routing.delete("/api/v1/jobs/{id}", this::discard);
    routing.post("/api/v1/videos/{id}/encode", this::encode);
    Routes.read(routing, "/api/v1/profiles", this::profiles);
  }

  private void list(Context ctx) {
    callers.require(ctx, Scope.ADMIN);
    QueryParameters query = QueryParameters.of(ctx, "state", "limit", "cursor");
    Jobs.Page page =
        page(query.text("state").map(JobRoutes::state), query.text("cursor"), query.limit());
    ctx.header("Cache-Control", "no-store");
    Json.answer(
        ctx,
        200,
        new ListDocument<>(page.jobs().stream().map(JobDocument::of).toList(), page.next()));
  }

  private Jobs.Page page(Optional<State> state, Optional<String> cursor, int limit) {
    try {
      return jobs.list(state, cursor, limit);
    } catch (IllegalArgumentException _) {
      throw QueryParameters.badCursor();
    }
  }

  private static State state(String text) {
    return Stream.of(State.values())
        .filter(state -> state.name().equals(text))
        .findFirst()
        .orElseThrow(() -> QueryParameters.bad("state", "is one of " + List.of(State.values())));
  }

  /// Looks at one job, or does something to it.
  private interface Wish {
    JobView grant(String id) throws JobException;
  }

  private void one(Context ctx, Wish wish) {
    callers.require(ctx, Scope.ADMIN);
    QueryParameters.of(ctx);
    try {
      JobView job = wish.grant(ctx.pathParam("id"));
      ctx.header("Cache-Control", "no-store");
      Json.answer(ctx, 200, JobDocument.of(job));
    } catch (JobException e) {
      throw problem(e, ctx);
    }
  }

  private void discard(Context ctx) {
    callers.require(ctx, Scope.ADMIN);
    QueryParameters.of(ctx);
    try {
      jobs.discard(ctx.pathParam("id"));
      ctx.status(204);
    } catch (JobException e) {
      throw problem(e, ctx);
    }
  }

  private record ProfileList(List<ProfileDocument> items) {}

  private void profiles(Context ctx) {
    callers.require(ctx);
    QueryParameters.of(ctx);
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, 200, new ProfileList(jobs.profiles()));
  }

  private void encode(Context ctx) throws IOException {
    callers.require(ctx, Scope.ADMIN);
    QueryParameters.of(ctx);
    try {
      JobView job = jobs.encode(ctx.pathParam("id"), profile(Json.object(ctx)));
      ctx.header("Location", "/api/v1/jobs/" + job.job().id());
      Json.answer(ctx, 202, JobDocument.of(job));
    } catch (JobException e) {
      throw problem(e, ctx);
    }
  }

  private static String profile(ObjectNode body) {
    for (String name : body.propertyStream().map(Map.Entry::getKey).toList()) {
      if (!name.equals("profile")) {
        throw new ProblemException(
            new Problem.BadRequest(
                "unknown_field", "There is no field '" + Printable.of(name) + "' here"));
      }
    }
    return body.path("profile").asText();
  }

  private static ProblemException problem(JobException e, Context ctx) {
    return new ProblemException(
        switch (e.kind()) {
          case UNKNOWN -> new Problem.NotFound("There is nothing at " + Printable.of(ctx.path()));
          case REFUSED -> new Problem.Conflict(e.code(), e.getMessage());
          case WRONG -> new Problem.BadRequest(e.code(), e.getMessage());
        });
  }
}
