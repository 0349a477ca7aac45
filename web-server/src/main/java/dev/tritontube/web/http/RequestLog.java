package dev.tritontube.web.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line and one measurement for each request that is done.
final class RequestLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.tritontube.web.requests");

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private final MeterRegistry meters;
  private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

  RequestLog(MeterRegistry meters) {
    this.meters = meters;
  }

  private record Series(String method, String route, int status) {}

  void write(Context ctx, float millis) {
    String route = route(ctx);
    String method = method(ctx);
    int status = ctx.res().getStatus();
    timers
        .computeIfAbsent(new Series(method, route, status), this::timer)
        .record(Duration.ofNanos((long) (millis * 1_000_000)));
    LOG.atInfo()
        .addKeyValue("request", RequestId.of(ctx))
        .addKeyValue("method", method)
        .addKeyValue("path", LoggedPath.of(ctx))
        .addKeyValue("route", route)
        .addKeyValue("status", status)
        .addKeyValue("millis", Math.round(millis))
        .addKeyValue("client", ctx.ip())
        .log("request");
  }

  /// One of those that there are: a client may send any word, and each is a series of its own.
  private static String method(Context ctx) {
    String method = ctx.method().name();
    return METHODS.contains(method) ? method : "other";
  }

  private static String route(Context ctx) {
    Endpoint matched = ctx.endpoints().matchedHttpEndpoint();
    return matched == null ? "none" : matched.path;
  }

  private Timer timer(Series series) {
    return Timer.builder("http.server.requests")
        .description("Requests by route")
        .tag("method", series.method())
        .tag("route", series.route())
        .tag("status", Integer.toString(series.status()))
        .publishPercentileHistogram(false)
        .register(meters);
  }
}
