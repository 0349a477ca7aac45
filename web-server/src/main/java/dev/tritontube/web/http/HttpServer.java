package dev.tritontube.web.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;

/// The HTTP server. A request passes: request id, CORS, its route, the problem mapper if something
/// ended it early, the log.
public final class HttpServer implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 4096;

  /// Of what clients say over a WebSocket; nothing that they say is needed.
  private static final int MAX_MESSAGE_BYTES = 4096;

  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Javalin javalin;

  private HttpServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /// @param port 0 = any free one
  /// @param drain how long requests under way may take to finish when the server is closed
  /// @param idle after how long a connection is dropped on which nothing moves
  public record Settings(String host, int port, Duration drain, Duration idle) {
    public Settings(String host, int port, Duration drain) {
      this(host, port, drain, IDLE);
    }
  }

  /// Starts a server.
  ///
  /// @throws io.javalin.util.JavalinBindException when the port is in use
  public static HttpServer start(Settings settings, List<Routes> routes, MeterRegistry meters) {
    Javalin javalin = Javalin.create(config -> configure(config, settings, routes, meters));
    return new HttpServer(javalin.start(settings.host(), settings.port()));
  }

  private static void configure(
      JavalinConfig config, Settings settings, List<Routes> routes, MeterRegistry meters) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.prefer405over404 = true;
    config.http.defaultContentType = "text/plain";
    config.jetty.modifyServer(server -> harden(server, settings));
    config.jetty.modifyServletContextHandler(context -> context.setSessionHandler(noSessions()));
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setUriCompliance(
              http.getUriCompliance().without("ids", UriCompliance.Violation.UTF16_ENCODINGS));
          http.setSendDateHeader(true);
          http.setIdleTimeout(settings.idle().toMillis());
        });
    config.jetty.modifyWebSocketServletFactory(
        sockets -> {
          sockets.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
          sockets.setMaxBinaryMessageSize(MAX_MESSAGE_BYTES);
          sockets.setMaxFrameSize(MAX_MESSAGE_BYTES);
          sockets.setIdleTimeout(settings.idle());
        });
    RequestLog log = new RequestLog(meters);
    config.requestLogger.http(log::write);
    config.requestLogger.ws(sockets -> sockets.onUpgrade(log::write));
    config.routes.before(HttpServer::begin);
    config.routes.wsBeforeUpgrade(HttpServer::begin);
    Cors.addTo(config.routes);
    routes.forEach(feature -> feature.addTo(config.routes));
    config.routes.exception(HttpResponseException.class, HttpServer::refuse);
    config.routes.exception(Exception.class, HttpServer::refuse);
  }

  private static void harden(Server server, Settings settings) {
    server.setErrorHandler(new BareErrors());
    server.setStopTimeout(settings.drain().toMillis());
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
  }

  /// A WebSocket asks for the session of its request, and would leave one behind for ever.
  private static SessionHandler noSessions() {
    SessionHandler sessions = new SessionHandler();
    NullSessionCache forgotten = new NullSessionCache(sessions);
    forgotten.setSessionDataStore(new NullSessionDataStore());
    sessions.setSessionCache(forgotten);
    sessions.setUsingCookies(false);
    return sessions;
  }

  private static void begin(Context ctx) {
    RequestId.assign(ctx);
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Referrer-Policy", "no-referrer");
  }

  private static void refuse(Exception failure, Context ctx) {
    Refusal.answer(ctx, ProblemMapper.problem(failure, ctx));
  }

  /// The port it listens on.
  public int port() {
    return javalin.port();
  }

  /// Takes no more requests, lets those under way finish.
  @Override
  public void close() {
    javalin.stop();
  }
}
