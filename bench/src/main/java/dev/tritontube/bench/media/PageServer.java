package dev.tritontube.bench.media;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/// Serves the measuring page, and the players of the web server that is measured, which pages of
/// other sites may not take from there. Media come from the web server itself.
final class PageServer implements AutoCloseable {
  private static final Map<String, String> TYPES =
      Map.of("/page.html", "text/html; charset=utf-8", "/page.js", "text/javascript");

  private static final String PLAYERS = "/players/";

  private final HttpServer http;
  private final URI webServer;

  PageServer(URI webServer) throws IOException {
    this.webServer = webServer;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TYPES.keySet().forEach(path -> http.createContext(path, PageServer::answer));
    http.createContext(PLAYERS, this::player);
    http.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getHttpContext().getPath();
    try (exchange;
        InputStream file = PageServer.class.getResourceAsStream(path.substring(1))) {
      byte[] bytes = Objects.requireNonNull(file, path).readAllBytes();
      send(exchange, Objects.requireNonNull(TYPES.get(path), path), bytes);
    }
  }

  private void player(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream file =
            webServer.resolve(exchange.getRequestURI().getPath()).toURL().openStream()) {
      send(exchange, "text/javascript", file.readAllBytes());
    }
  }

  private static void send(HttpExchange exchange, String type, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  URI page(Player player) {
    return URI.create(
        "http://127.0.0.1:%d/page.html?player=%s"
            .formatted(http.getAddress().getPort(), player.id()));
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
