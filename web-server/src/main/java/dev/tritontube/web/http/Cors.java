package dev.tritontube.web.http;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;

/// Pages of other sites may read, and only that.
final class Cors {
  private static final String READ = "GET, HEAD";

  private Cors() {}

  static void addTo(JavalinDefaultRoutingApi routing) {
    routing.before("/api/*", Cors::allowReading);
  }

  private static void allowReading(Context ctx) {
    switch (ctx.method().name()) {
      case "OPTIONS" -> {
        if (ctx.header("Access-Control-Request-Method") != null) {
          preflight(ctx);
        }
      }
      case "GET", "HEAD" -> {
        ctx.header("Access-Control-Allow-Origin", "*");
        ctx.header(
            "Access-Control-Expose-Headers",
            "Accept-Ranges, Content-Length, Content-Range, Content-Disposition, ETag, Retry-After, X-Request-Id");
      }
      default -> {}
    }
  }

  private static void preflight(Context ctx) {
    ctx.header("Access-Control-Allow-Origin", "*")
        .header("Access-Control-Allow-Methods", READ)
        .header(
            "Access-Control-Allow-Headers",
            "Range, If-Range, If-None-Match, Last-Event-ID, X-Request-Id")
        .header("Access-Control-Max-Age", "86400")
        .status(204)
        .skipRemainingHandlers();
  }
}
