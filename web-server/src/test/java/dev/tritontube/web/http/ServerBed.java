package dev.tritontube.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A server with routes of a test's own.
final class ServerBed implements AutoCloseable {
  final HttpServer server;
  final HttpClient client = HttpClient.newHttpClient();

  ServerBed(HttpServer.Manners manners, Routes... routes) {
    this(new HttpServer.Settings("127.0.0.1", 0, Duration.ofSeconds(1), manners), routes);
  }

  ServerBed(HttpServer.Settings settings, Routes... routes) {
    server = HttpServer.start(settings, List.of(routes), new SimpleMeterRegistry());
  }

  /// Routes that answer with what HTTP is made of.
  static Routes plain() {
    return routing -> {
      Routes.read(
          routing,
          "/api/v1/words/{count}",
          ctx -> {
            QueryParameters.of(ctx, "a");
            Json.answer(ctx, 200, Map.of("words", "word ".repeat(number(ctx.pathParam("count")))));
          });
      routing.post(
          "/api/v1/echo", ctx -> Json.answer(ctx, 201, Map.of("size", Json.object(ctx).size())));
      routing.get(
          "/page",
          ctx ->
              ctx.header("Content-Security-Policy", "default-src 'self'")
                  .html("<p>words</p>".repeat(200)));
    };
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<byte[]> post(String path, String json) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  Socket socket() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /// Sends bytes as they are and reads until the server closes.
  String raw(String request) throws IOException {
    try (Socket socket = socket()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
