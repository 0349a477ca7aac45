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

/// Serves the measuring page. Players and media come from the web server that is measured.
final class PageServer implements AutoCloseable {
  private static final Map<String, String> TYPES =
      Map.of("/page.html", "text/html; charset=utf-8", "/page.js", "text/javascript");

  private final HttpServer http;

  PageServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TYPES.keySet().forEach(path -> http.createContext(path, PageServer::answer));
    http.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getHttpContext().getPath();
    try (exchange;
        InputStream file = PageServer.class.getResourceAsStream(path.substring(1))) {
      byte[] bytes = Objects.requireNonNull(file, path).readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", TYPES.get(path));
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  URI page(Player player, URI webServer) {
    return URI.create(
        "http://127.0.0.1:%d/page.html?player=%s&server=%s"
            .formatted(http.getAddress().getPort(), player.id(), webServer));
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
