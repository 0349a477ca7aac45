package dev.tritontube.client;

import dev.tritontube.client.TritonTubeException.Interrupted;
import dev.tritontube.client.TritonTubeException.Unreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Sends one request and waits as long as anything moves: a whole transfer may take hours, its
/// silence may not.
///
/// @param idle after how much silence a request is given up
record Transport(HttpClient http, Duration idle) {

  /// @param moved a number that changes whenever bytes come or go
  HttpResponse<byte[]> exchange(
      HttpRequest request, BodyHandler<byte[]> receiver, LongSupplier moved) {
    CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, receiver);
    try {
      return await(answer, request, moved);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Interrupted("interrupted at " + name(request), e);
    } finally {
      answer.cancel(true); // Nothing to it that has ended.
    }
  }

  private HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> answer, HttpRequest request, LongSupplier moved)
      throws InterruptedException {
    long before = moved.getAsLong();
    while (true) {
      try {
        return answer.get(idle.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long now = moved.getAsLong();
        if (now == before) {
          throw new Unreachable(name(request) + ": silent for " + idle.toSeconds() + " s", e, true);
        }
        before = now;
      } catch (ExecutionException e) {
        throw broken(request, e.getCause());
      }
    }
  }

  private static RuntimeException broken(HttpRequest request, @Nullable Throwable cause) {
    return switch (cause) {
      case ConnectException refused -> unreachable(request, "cannot be connected to", refused);
      case HttpConnectTimeoutException late -> unreachable(request, "connects too slowly", late);
      case IOException broken ->
          new Unreachable(name(request) + ": " + reason("broke off", broken), broken, true);
      case UncheckedIOException wrapped -> broken(request, wrapped.getCause()); // Of a body.
      case null, default -> new IllegalStateException("at " + name(request), cause);
    };
  }

  private static Unreachable unreachable(HttpRequest request, String what, IOException cause) {
    return new Unreachable(request.uri().getAuthority() + ": " + reason(what, cause), cause, false);
  }

  private static String reason(String what, IOException cause) {
    String message = cause.getMessage();
    return message == null ? what : what + " (" + message + ")";
  }

  private static String name(HttpRequest request) {
    return request.method() + " " + request.uri();
  }
}
