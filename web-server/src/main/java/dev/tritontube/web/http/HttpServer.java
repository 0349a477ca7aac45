package dev.tritontube.web.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.SecuredRedirectHandler;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;

/// The HTTP server. A request passes: the front door (id, headers, patience), CORS, its route, the
/// problem mapper if something ended it early, compression, the log.
public final class HttpServer implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 4096;

  /// Of what clients say over a WebSocket; nothing that they say is needed.
  private static final int MAX_MESSAGE_BYTES = 4096;

  /// As text; of one line, all together. Browsers send about 1 KiB, tus its metadata.
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private final Javalin javalin;

  private HttpServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /// @param port 0 = any free one
  /// @param drain how long requests under way may take to finish when the server is closed
  /// @param tls empty: plain HTTP
  public record Settings(
      String host, int port, Duration drain, Manners manners, Optional<Tls> tls) {
    public Settings(String host, int port, Duration drain, Manners manners) {
      this(host, port, drain, manners, Optional.empty());
    }

    public Settings(String host, int port, Duration drain) {
      this(host, port, drain, Manners.USUAL);
    }
  }

  /// @param redirectPort of plain HTTP, which sends everybody to TLS; 0 = any free one
  public record Tls(TlsCertificate certificate, OptionalInt redirectPort) {}

  /// How the server treats its clients.
  ///
  /// @param patience with those who are slow, or too many
  /// @param origins whose pages may do what their users may
  /// @param proxies that are believed for whom they ask
  /// @param strictTransport for how long browsers shall insist on TLS; zero: say nothing of it
  public record Manners(
      Patience patience, Origins origins, TrustedProxies proxies, Duration strictTransport) {
    public static final Manners USUAL =
        new Manners(Patience.USUAL, Origins.NONE, TrustedProxies.NONE, Duration.ZERO);

    public Manners with(Patience other) {
      return new Manners(other, origins, proxies, strictTransport);
    }

    public Manners with(Origins other) {
      return new Manners(patience, other, proxies, strictTransport);
    }

    public Manners withStrictTransport(Duration other) {
      return new Manners(patience, origins, proxies, other);
    }

    public Manners with(TrustedProxies other) {
      return new Manners(patience, origins, other, strictTransport);
    }
  }

  /// Starts a server.
  ///
  /// @throws io.javalin.util.JavalinBindException when the port is in use
  public static HttpServer start(Settings settings, List<Routes> routes, MeterRegistry meters) {
    Javalin javalin = Javalin.create(config -> configure(config, settings, routes, meters));
    HttpServer server = new HttpServer(javalin.start());
    server.redirect().ifPresent(server::tellPort);
    return server;
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
    jetty(config, settings);
    RequestLog log = new RequestLog(meters);
    config.requestLogger.http(log::write);
    config.requestLogger.ws(sockets -> sockets.onUpgrade(log::write));
    new Cors(settings.manners().origins()).addTo(config.routes);
    routes.forEach(feature -> feature.addTo(config.routes));
    config.routes.after(Gzip::pack);
    config.routes.exception(HttpResponseException.class, HttpServer::refuse);
    config.routes.exception(Exception.class, HttpServer::refuse);
  }

  private static void jetty(JavalinConfig config, Settings settings) {
    Manners manners = settings.manners();
    config.jetty.modifyServer(server -> harden(server, settings));
    config.jetty.modifyServletContextHandler(context -> context.setSessionHandler(noSessions()));
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setUriCompliance(
              http.getUriCompliance().without("ids", UriCompliance.Violation.UTF16_ENCODINGS));
          http.setSendDateHeader(true);
          http.addCustomizer(manners.proxies());
          http.setRequestHeaderSize(MAX_HEADER_BYTES);
          http.setIdleTimeout(manners.patience().idle().toMillis());
        });
    listen(config, settings);
    config.jetty.modifyWebSocketServletFactory(
        sockets -> {
          sockets.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
          sockets.setMaxBinaryMessageSize(MAX_MESSAGE_BYTES);
          sockets.setMaxFrameSize(MAX_MESSAGE_BYTES);
          sockets.setIdleTimeout(manners.patience().idle());
        });
  }

  private static void listen(JavalinConfig config, Settings settings) {
    Duration idle = settings.manners().patience().idle();
    if (settings.tls().isEmpty()) {
      config.jetty.addConnector(
          (server, http) ->
              new Listeners(server, http, idle).plain(settings.host(), settings.port()));
      return;
    }
    Tls tls = settings.tls().get();
    config.jetty.addConnector(
        (server, http) ->
            new Listeners(server, http, idle)
                .secure(settings.host(), settings.port(), tls.certificate().context()));
    tls.redirectPort()
        .ifPresent(
            port ->
                config.jetty.addConnector(
                    (server, http) ->
                        new Listeners(server, http, idle).plain(settings.host(), port)));
  }

  private static void harden(Server server, Settings settings) {
    Manners manners = settings.manners();
    AnswerHeaders headers = new AnswerHeaders(manners.strictTransport());
    Connections connections =
        new Connections(manners.patience(), manners.proxies()::trusts, server.getScheduler());
    server.setErrorHandler(new BareErrors(headers));
    server.setStopTimeout(settings.drain().toMillis());
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    server.addBean(connections);
    if (settings.tls().isPresent()) {
      server.insertHandler(new SecuredRedirectHandler(HttpStatus.PERMANENT_REDIRECT_308));
    }
    server.insertHandler(new FrontDoor(headers, connections));
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

  /// Answers with a problem. For features that answer some failures by themselves: the others.
  public static void refuse(Exception failure, Context ctx) {
    WhenRefused.undo(ctx);
    Refusal.answer(ctx, ProblemMapper.problem(failure, ctx));
  }

  private Optional<ServerConnector> redirect() {
    Connector[] listeners = javalin.jettyServer().server().getConnectors();
    return listeners.length > 1 ? Optional.of((ServerConnector) listeners[1]) : Optional.empty();
  }

  private void tellPort(ServerConnector redirect) {
    redirect
        .getConnectionFactory(HttpConnectionFactory.class)
        .getHttpConfiguration()
        .setSecurePort(port());
  }

  /// The port of plain HTTP which sends everybody to TLS.
  public OptionalInt redirectPort() {
    return redirect().stream().mapToInt(ServerConnector::getLocalPort).findFirst();
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
