package dev.tritontube.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The REST side of a web server: documents that are set, and one upload at a time.
final class FakeSite implements AutoCloseable {
  static final String USER =
      """
      {"id":"u1","username":"ann","role":"uploader","state":"active","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}
      """;
  static final String KEY_DOCUMENT =
      """
      {"id":"k1","name":"nightly","user":null,"scopes":["read","upload"],"createdAt":"2026-01-01T00:00:00Z","expiresAt":null,"lastUsedAt":null}
      """;

  /// `METHOD /path?query: body`, in the order in which they came.
  final List<String> asked = new CopyOnWriteArrayList<>();

  /// After how many bytes of an upload there is no room any more.
  volatile long room = Long.MAX_VALUE;

  /// What is downloaded.
  volatile byte[] original = new byte[0];

  volatile String video = video("v1", "COMPLETED", "null");

  private record Answer(int status, String document) {}

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final HttpServer http;
  private final ByteArrayOutputStream uploaded = new ByteArrayOutputStream();
  private int uploads;
  private long length;

  FakeSite() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.start();
  }

  static String video(String id, String status, String error) {
    return """
        {"id":"%s","title":"Evil \\u001b[31m title","description":"","tags":["sea"],"visibility":"public","status":"%s",
        "playable":true,"progress":{"stage":"done","percent":100,"etaSeconds":0},"error":%s,
        "durationSeconds":3725.4,"width":1280,"height":720,"frameRate":30.0,"sizeBytes":1234567,"container":"mp4",
        "videoCodec":"h264","audioCodec":null,"sha256":"00","renditions":[{"name":"240p","width":426,"height":240,
        "bitrate":480000,"codecs":"avc1.640015"}],"links":{"self":"/s","dash":"/d","hls":"/h","poster":null,
        "original":"/o"},"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:09Z"}
        """
        .formatted(id, status, error);
  }

  String address() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /// @param request the method and the path, without a query
  FakeSite answer(String request, int status, String document) {
    answers.put(request, new Answer(status, document));
    return this;
  }

  FakeSite refuse(String request, int status, String code) {
    return answer(
        request,
        status,
        "{\"status\":%d,\"code\":\"%s\",\"detail\":\"told\",\"requestId\":\"r1\"}"
            .formatted(status, code));
  }

  /// How many uploads were begun.
  synchronized int uploads() {
    return uploads;
  }

  synchronized byte[] uploaded() {
    return uploaded.toByteArray();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      String request = exchange.getRequestMethod() + " " + path;
      boolean text =
          "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
      asked.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + (text ? ": " + new String(body, UTF_8) : ""));
      String key = exchange.getRequestHeaders().getFirst("Authorization");
      Answer answer = answers.get(request);
      if (!("Bearer " + FakeAdminServer.KEY).equals(key)) {
        problem(exchange, 401, "unauthorized");
      } else if (answer != null) {
        send(exchange, answer.status(), answer.document());
      } else {
        special(exchange, request, body);
      }
    }
  }

  private void special(HttpExchange exchange, String request, byte[] body) throws IOException {
    switch (request) {
      case "POST /api/v1/uploads" -> begin(exchange);
      case "HEAD /api/v1/uploads/x" -> {
        exchange.getResponseHeaders().set("Upload-Length", Long.toString(length));
        offset(exchange, 200);
      }
      case "PATCH /api/v1/uploads/x" -> append(exchange, body);
      case "GET /api/v1/uploads/x" ->
          send(
              exchange,
              200,
              """
              {"id":"x","state":"DONE","offset":1,"length":1,"expiresAt":"2026-01-02T00:00:00Z","video":{"id":"v1"}}
              """);
      case "GET /api/v1/videos/v1", "PATCH /api/v1/videos/v1" -> send(exchange, 200, video);
      case "HEAD /api/v1/videos/v1/original", "HEAD /api/v1/videos/v1/frames/f1/frames.zip" -> {
        describe(exchange);
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(original.length));
        exchange.sendResponseHeaders(200, -1);
      }
      case "GET /api/v1/videos/v1/original", "GET /api/v1/videos/v1/frames/f1/frames.zip" -> {
        describe(exchange);
        exchange.sendResponseHeaders(200, original.length);
        exchange.getResponseBody().write(original);
      }
      default -> problem(exchange, 404, "not_found");
    }
  }

  private void begin(HttpExchange exchange) throws IOException {
    uploads++;
    uploaded.reset();
    length = Long.parseLong(exchange.getRequestHeaders().getFirst("Upload-Length"));
    exchange.getResponseHeaders().set("Location", "/api/v1/uploads/x");
    exchange.sendResponseHeaders(201, -1);
  }

  private void append(HttpExchange exchange, byte[] body) throws IOException {
    String offset = exchange.getRequestHeaders().getFirst("Upload-Offset");
    if (uploaded.size() + body.length > room) {
      problem(exchange, 507, "storage_full");
    } else if (!offset.equals(Integer.toString(uploaded.size()))) {
      problem(exchange, 409, "wrong_offset");
    } else {
      uploaded.write(body);
      offset(exchange, 204);
    }
  }

  private void offset(HttpExchange exchange, int status) throws IOException {
    exchange.getResponseHeaders().set("Upload-Offset", Integer.toString(uploaded.size()));
    exchange.sendResponseHeaders(status, -1);
  }

  private void describe(HttpExchange exchange) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(original);
      exchange.getResponseHeaders().set("ETag", '"' + HexFormat.of().formatHex(digest) + '"');
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    exchange
        .getResponseHeaders()
        .set("Content-Disposition", "attachment; filename*=UTF-8''K%C3%BCste.mp4");
  }

  private static void problem(HttpExchange exchange, int status, String code) throws IOException {
    send(
        exchange,
        status,
        "{\"status\":%d,\"code\":\"%s\",\"detail\":\"told\",\"requestId\":\"r1\"}"
            .formatted(status, code));
  }

  private static void send(HttpExchange exchange, int status, String document) throws IOException {
    byte[] bytes = document.getBytes(UTF_8);
    String type = status < 400 ? "application/json" : "application/problem+json";
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
