package dev.tritontube.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.web.contract.Operation;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers that do not end by themselves.
final class Streams {
  private Streams() {}

  static boolean isOne(Operation operation) {
    return operation.method().equals("GET") && operation.id().matches("followEvents|followCluster");
  }

  /// Opens a stream and leaves it again. Who left is missed a little later, so there may be no
  /// room.
  static int status(RestBed bed, HttpRequest.Builder request) throws Exception {
    AtomicInteger status = new AtomicInteger();
    Eventually.holds(
        "there is room for one who follows",
        () -> {
          status.set(once(bed, request));
          return status.get() != 503;
        });
    return status.get();
  }

  private static int once(RestBed bed, HttpRequest.Builder request) throws Exception {
    HttpResponse<InputStream> answer =
        bed.client.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream _ = answer.body()) {
      if (answer.statusCode() == 200) {
        assertEquals("text/event-stream", answer.headers().firstValue("Content-Type").orElse(""));
      }
      return answer.statusCode();
    }
  }
}
