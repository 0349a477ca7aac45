package dev.tritontube.web.http;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.Set;

/// What pages of other sites may do (WHATWG Fetch, section 3.2). All may read what is public:
/// players need that. Those of configured sites may do everything that their users may, with keys
/// and tokens, and with the cookie of the session.
final class Cors {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private static final String READING_HEADERS =
      "Range, If-Range, If-None-Match, Last-Event-ID, X-Request-Id";

  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";

  private static final String HEADERS =
      "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-Modified-Since, "
          + "If-None-Match, If-Range, Last-Event-ID, Range, Tus-Resumable, Upload-Checksum, "
          + "Upload-Concat, Upload-Defer-Length, Upload-Length, Upload-Metadata, Upload-Offset, "
          + "X-HTTP-Method-Override, X-Request-Id, X-Requested-With";

  private static final String EXPOSED =
      "Accept-Ranges, Allow, Content-Disposition, Content-Length, Content-Range, ETag, Location, "
          + "RateLimit, RateLimit-Policy, Retry-After, Tus-Checksum-Algorithm, Tus-Extension, "
          + "Tus-Max-Size, Tus-Resumable, Tus-Version, Upload-Concat, Upload-Defer-Length, "
          + "Upload-Expires, Upload-Length, Upload-Metadata, Upload-Offset, WWW-Authenticate, "
          + "X-Request-Id";

  /// Two hours: browsers do not keep it for longer.
  private static final String MAX_AGE_SECONDS = "7200";

  private final Origins origins;

  Cors(Origins origins) {
    this.origins = origins;
  }

  void addTo(JavalinDefaultRoutingApi routing) {
    routing.before("/api/*", this::allow);
  }

  private void allow(Context ctx) {
    String origin = ctx.header("Origin");
    boolean named = origin != null && origins.named().contains(origin);
    if (!origins.named().isEmpty()) {
      ctx.res().addHeader("Vary", "Origin");
    }
    if (named) {
      ctx.header("Access-Control-Allow-Origin", origin)
          .header("Access-Control-Allow-Credentials", "true");
    }
    boolean everything = named || origins.anybody();
    String method = ctx.method().name();
    if (method.equals("OPTIONS") && ctx.header("Access-Control-Request-Method") != null) {
      preflight(ctx, named, everything);
    } else if (everything || READING.contains(method)) {
      anybodyUnless(named, ctx).header("Access-Control-Expose-Headers", EXPOSED);
    }
  }

  private static void preflight(Context ctx, boolean named, boolean everything) {
    anybodyUnless(named, ctx)
        .header("Access-Control-Allow-Methods", everything ? METHODS : "GET, HEAD")
        .header("Access-Control-Allow-Headers", everything ? HEADERS : READING_HEADERS)
        .header("Access-Control-Max-Age", MAX_AGE_SECONDS)
        .status(204)
        .skipRemainingHandlers();
  }

  private static Context anybodyUnless(boolean named, Context ctx) {
    return named ? ctx : ctx.header("Access-Control-Allow-Origin", "*");
  }
}
