package dev.tritontube.web.auth;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Pass;
import dev.tritontube.web.http.Fields;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Routes;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.regex.Pattern;

/// `POST /api/v1/auth/tickets`: for streams of events and WebSockets, which browsers open without
/// headers.
final class TicketRoutes implements Routes {
  private static final Pattern STREAM =
      Pattern.compile(
          "/api/v1/(events|cluster/events|videos/[a-z2-7]{20}/progress|uploads/[A-Za-z0-9_-]{16,64}/progress)");

  private final Callers callers;

  TicketRoutes(Callers callers) {
    this.callers = callers;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.post("/api/v1/auth/tickets", this::issue);
  }

  private record TicketDocument(String ticket, String expiresAt) {}

  private void issue(Context ctx) throws IOException {
    Caller caller = callers.require(ctx);
    String path = AuthRoutes.fields(ctx, "path").text("path");
    if (!STREAM.matcher(path).matches()) {
      throw Fields.bad(
          "'path' is /api/v1/events, /api/v1/cluster/events, /api/v1/videos/ID/progress or"
              + " /api/v1/uploads/ID/progress");
    }
    Pass ticket = callers.ticket(caller, path);
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, 201, new TicketDocument(ticket.text(), ticket.expires().toString()));
  }
}
