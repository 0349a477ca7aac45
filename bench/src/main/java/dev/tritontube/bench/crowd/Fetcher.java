package dev.tritontube.bench.crowd;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Gets segments as players do: an answer has to begin within 10 s, and what fails is asked for
/// again a second later, four times in all (dash.js 5, hls.js 1.7). Thread-safe.
///
/// @param line of the one who watches
record Fetcher(HttpClient http, Line line) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int TRIES = 4;
  private static final int BUFFER_BYTES = 64 << 10;

  /// What came, and how long that took after the answer had begun: players of dash.js do not count
  /// the time before.
  record Fetched(long bytes, double seconds) {
    double bitsPerSecond() {
      return bytes * Byte.SIZE / Math.max(seconds, 1e-3);
    }
  }

  /// @throws IOException when a player would give up
  Fetched get(URI address) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(address);
      } catch (IOException e) {
        if (attempt == TRIES) {
          throw new IOException("gave up on " + address.getPath() + ": " + e.getMessage(), e);
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  private Fetched once(URI address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != 200) {
        throw new IOException("status " + answer.statusCode());
      }
      return receive(body);
    }
  }

  private Fetched receive(InputStream body) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      line.carry(read);
      bytes += read;
    }
    return new Fetched(bytes, (System.nanoTime() - begun) / 1e9);
  }
}
