package dev.tritontube.bench.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;

class PageServerTest {
  @Test
  void playersComeFromTheSameSiteAsThePage() throws IOException {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/players/hls.min.js",
        exchange -> {
          exchange.sendResponseHeaders(200, 6);
          exchange.getResponseBody().write("player".getBytes(UTF_8));
          exchange.close();
        });
    web.start();
    URI server = URI.create("http://127.0.0.1:" + web.getAddress().getPort());
    try (PageServer pages = new PageServer(server)) {
      URI page = pages.page(Player.HLS);
      assertTrue(text(page).contains("page.js"));
      assertTrue(text(page.resolve("/page.js")).contains("'/players/'"));
      assertEquals("player", text(page.resolve("/players/hls.min.js")));
    } finally {
      web.stop(0);
    }
  }

  private static String text(URI address) throws IOException {
    try (InputStream body = address.toURL().openStream()) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }
}
