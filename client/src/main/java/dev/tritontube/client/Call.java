package dev.tritontube.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// One request before it is sent, which may be more than once. For one thread.
final class Call {
  /// Of an answer that is held in memory.
  private static final long MAX_ANSWER_BYTES = 16L << 20;

  private final String method;
  private final String path;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private Supplier<BodyPublisher> body = BodyPublishers::noBody;
  private BodyHandler<byte[]> receiver =
      BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES);
  private LongSupplier moved = () -> 0;
  private boolean repeatable;
  private boolean anonymous;

  private Call(String method, String path) {
    this.method = method;
    this.path = path;
    this.repeatable = !method.equals("POST");
  }

  /// @param path of the server, with its query
  static Call of(String method, String path) {
    return new Call(method, path);
  }

  static Call get(String path) {
    return of("GET", path);
  }

  static Call delete(String path) {
    return of("DELETE", path);
  }

  static Call post(String path, Map<String, ?> document) {
    return of("POST", path).json(document);
  }

  /// A part of a path, whatever is in it.
  static String segment(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20").replace(".", "%2E");
  }

  /// A query, with its question mark if there is anything in it.
  static String query(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), UTF_8))
            .collect(Collectors.joining("&", "?", ""));
  }

  Call json(Map<String, ?> document) {
    byte[] bytes = Json.write(document);
    return header("Content-Type", "application/json").body(() -> BodyPublishers.ofByteArray(bytes));
  }

  Call header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /// @param body gives the same bytes each time
  Call body(Supplier<BodyPublisher> body) {
    this.body = body;
    return this;
  }

  /// @param receiver takes the answer's body
  Call into(BodyHandler<byte[]> receiver) {
    this.receiver = receiver;
    return this;
  }

  /// @param moved a number that changes whenever bytes come or go
  Call watchedBy(LongSupplier moved) {
    this.moved = moved;
    return this;
  }

  /// It makes something: a key tells the server when it is the same request again.
  Call once() {
    repeatable = true;
    return header("Idempotency-Key", UUID.randomUUID().toString());
  }

  /// Carrying it out twice comes to the same.
  Call repeatable() {
    repeatable = true;
    return this;
  }

  /// It is carried out unless somebody changed what it changes, so not twice.
  Call unlessChanged(String etag) {
    repeatable = false;
    return header("If-Match", etag);
  }

  /// It says nothing of who the caller is.
  Call anonymous() {
    anonymous = true;
    return this;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  Map<String, String> headers() {
    return headers;
  }

  BodyPublisher publisher() {
    return body.get();
  }

  BodyHandler<byte[]> receiver() {
    return receiver;
  }

  LongSupplier moved() {
    return moved;
  }

  boolean mayBeRepeated() {
    return repeatable;
  }

  boolean isAnonymous() {
    return anonymous;
  }
}
