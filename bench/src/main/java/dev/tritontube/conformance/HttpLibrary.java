package dev.tritontube.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

/// Asks a server, compression accepted and redirects not followed. What is "not yet" there is asked
/// for again, as players do.
final class HttpLibrary implements Library {
  private static final int NOT_YET = 503;
  private static final int CONFLICT = 409;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  @Override
  public Answer get(URI address) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      Answer answer = once(address);
      while ((answer.status() == NOT_YET || answer.status() == CONFLICT)
          && System.nanoTime() < deadline) {
        Thread.sleep(PAUSE);
        answer = once(address);
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted at " + address, e);
    }
  }

  private Answer once(URI address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(60))
            .header("Accept-Encoding", "gzip")
            .build();
    HttpResponse<byte[]> response = send(request);
    boolean compressed =
        response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
    String type = response.headers().firstValue("Content-Type").orElse("");
    return new Answer(
        response.statusCode(),
        type.split(";", 2)[0].strip(),
        compressed,
        compressed ? unpacked(response.body()) : response.body());
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (ConnectException e) {
      throw new IOException("nobody answers at " + request.uri().getAuthority(), e);
    }
  }

  private static byte[] unpacked(byte[] body) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    }
  }
}
