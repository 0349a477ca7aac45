package dev.tritontube.web.auth;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Caller.Nobody;
import dev.tritontube.web.accounts.Caller.Person;
import dev.tritontube.web.accounts.Caller.Program;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.auth.AuditStore.Entry;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.ListCursor;
import dev.tritontube.web.http.ListDocument;
import dev.tritontube.web.http.LoggedPath;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Remark;
import dev.tritontube.web.http.RequestId;
import dev.tritontube.web.http.Routes;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.List;
import java.util.Set;

/// Writes down what administrators change over REST, whatever feature does it, and shows it: `GET
/// /api/v1/admin/audit`.
final class AuditRoutes implements Routes {
  private static final String AUDIT = "/api/v1/admin/audit";
  private static final String LIST = "audit";

  private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

  /// What changes nothing that others have.
  private static final Set<String> OF_ONESELF =
      Set.of(
          "/api/v1/auth/login",
          "/api/v1/auth/refresh",
          "/api/v1/auth/logout",
          "/api/v1/auth/tickets",
          "/api/v1/cluster/ring/plan",
          "/api/v1/videos/{id}/playback-token");

  private final AuditLog audit;
  private final Callers callers;

  AuditRoutes(AuditLog audit, Callers callers) {
    this.audit = audit;
    this.callers = callers;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.after("/api/*", this::note);
    Routes.read(routing, AUDIT, this::list);
  }

  private void note(Context ctx) {
    Endpoint matched = ctx.endpoints().matchedHttpEndpoint();
    boolean changed = CHANGING.contains(ctx.method().name()) && ctx.res().getStatus() < 400;
    if (changed && matched != null && !OF_ONESELF.contains(matched.path)) {
      Caller caller = callers.of(ctx);
      if (caller.isAdministrator()) {
        note(ctx, matched, caller);
      }
    }
  }

  private void note(Context ctx, Endpoint matched, Caller caller) {
    String target =
        LoggedPath.of(ctx.path()) + Remark.of(ctx).map(remark -> " " + remark).orElse("");
    audit.write(
        new AuditLog.Act(
            id(caller),
            name(caller),
            ctx.method().name() + " " + matched.path,
            target,
            RequestId.of(ctx)));
  }

  private static String id(Caller caller) {
    return switch (caller) {
      case Nobody _ -> "-";
      case Person person -> person.user().id().value();
      case Program program -> program.key().id();
    };
  }

  private static String name(Caller caller) {
    return switch (caller) {
      case Nobody _ -> "-";
      case Person person -> person.user().username().value();
      case Program program -> program.key().name();
    };
  }

  private record EntryDocument(
      String at, String actor, String actorName, String action, String target, String requestId) {

    static EntryDocument of(Entry entry) {
      return new EntryDocument(
          entry.at().toString(),
          entry.actor(),
          entry.actorName(),
          entry.action(),
          entry.target(),
          entry.requestId());
    }
  }

  private void list(Context ctx) {
    callers.require(ctx, Scope.ADMIN);
    QueryParameters query = QueryParameters.of(ctx, "limit", "cursor");
    int limit = query.limit();
    List<Entry> found = audit.list(query.cursor(AuditRoutes::place), limit + 1);
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, 200, ListDocument.page(found, limit, EntryDocument::of, AuditRoutes::after));
  }

  private static String after(Entry entry) {
    return ListCursor.after(LIST, entry.at(), entry.id());
  }

  private static AuditStore.Cursor place(String cursor) {
    ListCursor.Made place = ListCursor.made(cursor, LIST);
    return new AuditStore.Cursor(place.at(), place.id());
  }
}
