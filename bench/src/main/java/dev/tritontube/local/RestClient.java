package dev.tritontube.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// What the demo and the system tests need of the REST interface. Thread-safe.
public final class RestClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI server;
  private final String key;

  public RestClient(URI server, String key) {
    this.server = server;
    this.key = key;
  }

  /// An answer that was not the expected one.
  public static final class UnexpectedAnswer extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    UnexpectedAnswer(int status, String message) {
      super(message);
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  public boolean ready() {
    try {
      return send(request("/api/v1/health/ready").GET().build()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /// Uploads a file as a raw body.
  ///
  /// @return the video
  public JsonNode upload(Path file, String title) throws IOException {
    return upload(BodyPublishers.ofFile(file), title);
  }

  public JsonNode upload(BodyPublisher body, String title) throws IOException {
    String query = "?title=" + URLEncoder.encode(title, StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        request("/api/v1/videos" + query)
            .timeout(Duration.ofMinutes(10))
            .header("Content-Type", "application/octet-stream");
    return JSON.readTree(expect(201, send(request.POST(body).build())).body());
  }

  public JsonNode video(String id) throws IOException {
    return JSON.readTree(expect(200, get("/api/v1/videos/" + id)).body());
  }

  /// Deletes a video for good.
  public void delete(String id) throws IOException {
    expect(204, send(request("/api/v1/videos/" + id + "?purge=true").DELETE().build()));
  }

  public JsonNode json(String path) throws IOException {
    return JSON.readTree(expect(200, get(path)).body());
  }

  /// GETs a path or an address and gives the answer, whatever its status is.
  public HttpResponse<byte[]> get(String path) throws IOException {
    return send(request(path).GET().build());
  }

  /// GETs what has to be there.
  public byte[] bytes(URI address) throws IOException {
    return expect(200, get(address.toString())).body();
  }

  public URI resolve(String path) {
    return server.resolve(path);
  }

  /// A request with the key on it.
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + key);
  }

  public HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted at " + request.method() + " " + request.uri(), e);
    }
  }

  private static HttpResponse<byte[]> expect(int status, HttpResponse<byte[]> answer)
      throws IOException {
    if (answer.statusCode() != status) {
      String body =
          new String(
              answer.body(), 0, Math.min(answer.body().length, 1000), StandardCharsets.UTF_8);
      throw new UnexpectedAnswer(
          answer.statusCode(),
          "%s %s: %d instead of %d: %s"
              .formatted(
                  answer.request().method(),
                  answer.request().uri(),
                  answer.statusCode(),
                  status,
                  body));
    }
    return answer;
  }
}
