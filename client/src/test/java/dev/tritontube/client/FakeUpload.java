package dev.tritontube.client;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// The server's side of one upload by tus, which a test can cut off.
final class FakeUpload implements FakeServer.Answer {
  static final String PATH = "/api/v1/uploads/u1";

  final Map<String, String> metadata = new LinkedHashMap<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private long length = -1;
  private long arrived;
  private String title = "film";
  private String description = "";

  /// What has come.
  synchronized byte[] bytes() {
    return received.toByteArray();
  }

  /// Bytes of bodies, those included that were sent again.
  synchronized long arrived() {
    return arrived;
  }

  @Override
  public synchronized void to(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    switch (exchange.getRequestMethod() + " " + path) {
      case "POST /api/v1/uploads" -> create(exchange);
      case "HEAD " + PATH -> {
        exchange.getResponseHeaders().set("Upload-Length", Long.toString(length));
        offset(exchange, 200);
      }
      case "PATCH " + PATH -> append(exchange);
      case "GET " + PATH -> FakeServer.json(exchange, 200, status());
      case "GET /api/v1/videos/v1" -> FakeServer.json(exchange, 200, video());
      case "PATCH /api/v1/videos/v1" -> edit(exchange);
      default -> FakeServer.problem(exchange, 404, "not_found");
    }
  }

  private void create(HttpExchange exchange) throws IOException {
    length = Long.parseLong(exchange.getRequestHeaders().getFirst("Upload-Length"));
    for (String pair : exchange.getRequestHeaders().getFirst("Upload-Metadata").split(",")) {
      String[] parts = pair.split(" ");
      metadata.put(parts[0], new String(Base64.getDecoder().decode(parts[1])));
    }
    title = metadata.getOrDefault("title", title);
    description = metadata.getOrDefault("description", description);
    exchange.getResponseHeaders().set("Location", PATH);
    FakeServer.empty(exchange, 201);
  }

  private void append(HttpExchange exchange) throws IOException {
    long offset = Long.parseLong(exchange.getRequestHeaders().getFirst("Upload-Offset"));
    if (offset != received.size()) {
      exchange.getRequestBody().readAllBytes();
      FakeServer.problem(exchange, 409, "wrong_offset");
      return;
    }
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    arrived += bytes.length;
    String checksum = exchange.getRequestHeaders().getFirst("Upload-Checksum");
    String expected = Base64.getEncoder().encodeToString(Sha256.digest().digest(bytes));
    if (checksum != null && !checksum.equals("sha256 " + expected)) {
      FakeServer.problem(exchange, 460, "checksum_mismatch");
      return;
    }
    received.write(bytes);
    offset(exchange, 204);
  }

  /// Takes some bytes of the next body, and hangs up.
  FakeServer.Answer cutAfter(int bytes) {
    return exchange -> {
      InputStream body = exchange.getRequestBody();
      synchronized (this) {
        byte[] some = body.readNBytes(bytes);
        arrived += some.length;
        received.write(some);
      }
      throw new IOException("cut off");
    };
  }

  private void offset(HttpExchange exchange, int status) throws IOException {
    exchange.getResponseHeaders().set("Upload-Offset", Integer.toString(received.size()));
    FakeServer.empty(exchange, status);
  }

  private String status() {
    boolean done = received.size() == length;
    return """
        {"id":"u1","state":"%s","offset":%d,"length":%d,"expiresAt":"2026-01-02T00:00:00Z","video":%s}
        """
        .formatted(
            done ? "DONE" : "OPEN",
            received.size(),
            length,
            done ? "{\"id\":\"v1\",\"self\":\"/api/v1/videos/v1\"}" : null);
  }

  private String video() {
    return FakeServer.video("v1", "")
        .replace("\"title\":\"Holiday\"", "\"title\":\"" + title + "\"")
        .replace("\"description\":\"\"", "\"description\":\"" + description + "\"");
  }

  private void edit(HttpExchange exchange) throws IOException {
    Edit edit = Json.tryRead(exchange.getRequestBody().readAllBytes(), Edit.class).orElseThrow();
    title = edit.title() == null ? title : edit.title();
    description = edit.description() == null ? description : edit.description();
    FakeServer.json(exchange, 200, video());
  }

  record Edit(String title, String description) {}
}
