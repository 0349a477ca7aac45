package dev.tritontube.web.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.zip.GZIPInputStream;

/// Sends the requests of tests, and holds every exchange against the contract. Thread-safe.
public final class CheckedClient implements AutoCloseable {
  /// Longer bodies are files, of which the contract says nothing.
  private static final int MAX_CHECKED_BYTES = 64 * 1024;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Contract contract = Contract.read();
  private final Set<String> granted = ConcurrentHashMap.newKeySet();

  /// For what is no exchange of two documents: streams and sockets.
  public HttpClient unchecked() {
    return client;
  }

  /// The ids of operations of which a request was granted.
  public Set<String> granted() {
    return granted;
  }

  /// @throws AssertionError when request or answer is not as in the contract
  public HttpResponse<byte[]> send(HttpRequest request) throws Exception {
    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
    Exchange exchange =
        new Exchange(
            request.method(),
            request.uri(),
            request.headers(),
            request.bodyPublisher().map(CheckedClient::bytes).orElse(new byte[0]),
            answer.statusCode(),
            answer.headers(),
            plain(answer));
    ExchangeCheck.require(contract, exchange);
    if (exchange.succeeded()) {
      contract
          .operation(exchange.method(), exchange.uri().getRawPath())
          .ifPresent(operation -> granted.add(operation.id()));
    }
    return answer;
  }

  /// The body as it was before it was compressed.
  private static byte[] plain(HttpResponse<byte[]> answer) throws IOException {
    boolean packed =
        answer.body().length > 0
            && answer.statusCode() != 206
            && answer.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent();
    if (!packed) {
      return answer.body();
    }
    try (InputStream bytes = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      return bytes.readAllBytes();
    }
  }

  private static byte[] bytes(BodyPublisher body) {
    if (body.contentLength() <= 0 || body.contentLength() > MAX_CHECKED_BYTES) {
      return new byte[0];
    }
    var all = BodySubscribers.ofByteArray();
    body.subscribe(new Collecting(all));
    return all.getBody().toCompletableFuture().join();
  }

  /// Publishers of bodies publish single buffers, subscribers of bodies take lists of them.
  private record Collecting(HttpResponse.BodySubscriber<byte[]> target)
      implements Flow.Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      target.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer buffer) {
      target.onNext(List.of(buffer));
    }

    @Override
    public void onError(Throwable failure) {
      target.onError(failure);
    }

    @Override
    public void onComplete() {
      target.onComplete();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
