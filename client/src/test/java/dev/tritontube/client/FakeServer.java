package dev.tritontube.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server that answers as a test tells it to, and remembers what it was asked.
final class FakeServer implements AutoCloseable {
  /// What a request is answered with.
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /// @param authorization empty: none
  record Asked(String method, String path, Map<String, List<String>> headers) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
  private final HttpServer http;
  private volatile Answer otherwise = exchange -> problem(exchange, 404, "not_found");

  FakeServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::answer);
    http.start();
  }

  String address() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /// Answers the next request, once.
  FakeServer then(Answer answer) {
    next.add(answer);
    return this;
  }

  /// Answers what no other answer is for.
  FakeServer otherwise(Answer answer) {
    otherwise = answer;
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Map.copyOf(exchange.getRequestHeaders())));
    try (exchange) {
      Optional.ofNullable(next.poll()).orElse(otherwise).to(exchange);
    }
  }

  static void json(HttpExchange exchange, int status, String document) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
    byte[] body = document.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  static Answer json(String document) {
    return exchange -> json(exchange, 200, document);
  }

  static void empty(HttpExchange exchange, int status) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, -1);
  }

  static void problem(HttpExchange exchange, int status, String code) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
    json(
        exchange,
        status,
        "{\"status\":%d,\"code\":\"%s\",\"detail\":\"told\",\"requestId\":\"r1\",\"new\":1}"
            .formatted(status, code));
  }

  static Answer problem(int status, String code) {
    return exchange -> problem(exchange, status, code);
  }

  static Answer busy(int retryAfter) {
    return exchange -> {
      exchange.getResponseHeaders().set("Retry-After", Integer.toString(retryAfter));
      problem(exchange, 503, "busy");
    };
  }

  /// Reads the request and hangs up.
  static void hangUp(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
  }

  static String video(String id, String fields) {
    return """
        {"id":"%s","title":"Holiday","description":"","tags":["sea"],"visibility":"public","status":"PROCESSING",
        "playable":true,"progress":{"stage":"encoding","percent":40,"etaSeconds":12},"error":null,
        "durationSeconds":20.5,"width":1280,"height":720,"frameRate":30.0,"sizeBytes":1234567,"container":"mp4",
        "videoCodec":"h264","audioCodec":null,"sha256":"00","renditions":[{"name":"240p","width":426,"height":240,
        "bitrate":480000,"codecs":"avc1.640015"}],"links":{"self":"/api/v1/videos/x","dash":"/d","hls":"/h",
        "poster":null,"thumbnails":null,"original":"/o"},"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:09Z"%s}
        """
        .formatted(id, fields);
  }

  static final String USER =
      """
      {"id":"u1","username":"ann","role":"uploader","state":"active","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}
      """;

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
