package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Uploads that their clients follow, over real HTTP.
@Timeout(60)
class UploadProgressTest {
  private static final byte[] FILE = RestBed.mp4(100_000);

  @TempDir Path folder;
  private final String token = UUID.randomUUID().toString();
  private final String progress = "/api/v1/uploads/" + token + "/progress";
  private RestBed bed;

  @BeforeEach
  void start() throws Exception {
    bed = new RestBed(folder);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void tellsHowManyBytesCameAndWhatBecameOfThem() throws Exception {
    try (SocketClient watch = new SocketClient(bed.client, bed.uri(progress), RestBed.KEY);
        Socket socket = new Socket("127.0.0.1", bed.server.port())) {
      assertEquals("WAITING", watch.next().get("status").asText());
      begin(socket, "video/mp4", FILE.length, Arrays.copyOf(FILE, 25_000));
      JsonNode begun = watch.next();
      assertEquals("UPLOADING", begun.get("status").asText());
      assertEquals(0, begun.at("/progress/percent").asInt());
      Eventually.holds("a quarter came", () -> reported() == 25);
      while (begun.at("/progress/percent").asInt() != 25) { // It may tell of parts of it first.
        begun = watch.next();
      }
      JsonNode polled = RestBed.json(bed.send(bed.authorized(progress)));
      assertEquals(25_000, polled.get("receivedBytes").asLong());
      assertEquals(FILE.length, polled.get("totalBytes").asLong());
      assertTrue(polled.at("/progress/etaSeconds").isInt());
      assertEquals(409, upload("?uploadId=" + token).statusCode());

      socket.getOutputStream().write(FILE, 25_000, FILE.length - 25_000);
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertTrue(answer.startsWith("HTTP/1.1 201"), answer);
      JsonNode done = watch.next();
      while (done.get("status").asText().equals("UPLOADING")) {
        done = watch.next();
      }
      assertEquals("COMPLETED", done.get("status").asText());
      assertEquals(100, done.at("/progress/percent").asInt());
      assertTrue(answer.contains("\"id\":\"" + done.get("video").asText() + "\""), answer);
      assertEquals(1000, watch.end());
    }
  }

  @Test
  void saysWhyAnUploadEnded() throws Exception {
    HttpResponse<byte[]> refused =
        bed.send(
            bed.authorized("/api/v1/videos?uploadId=" + token)
                .header("Content-Type", "video/mp4")
                .POST(BodyPublishers.ofByteArray("no media at all, only words".getBytes(UTF_8))));
    assertEquals(415, refused.statusCode());
    JsonNode failed = RestBed.json(bed.send(bed.authorized(progress)));
    assertEquals("FAILED", failed.get("status").asText());
    assertEquals("unsupported_media", failed.at("/error/code").asText());
    assertEquals(201, upload("?uploadId=" + token).statusCode());
  }

  @Test
  void saysWhenTheClientWentAway() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", bed.server.port())) {
      begin(socket, "video/mp4", FILE.length, Arrays.copyOf(FILE, 25_000));
      Eventually.holds("a quarter came", () -> reported() == 25);
    }
    Eventually.holds(
        "it failed",
        () ->
            RestBed.json(bed.send(bed.authorized(progress)))
                .at("/error/code")
                .asText()
                .equals("incomplete"));
  }

  @Test
  void followsFormsToo() throws Exception {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\n"
            + new String(FILE, ISO_8859_1)
            + "\r\n--b--\r\n";
    HttpResponse<byte[]> made =
        bed.send(
            bed.authorized("/api/v1/videos?uploadId=" + token)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofByteArray(body.getBytes(ISO_8859_1))));
    assertEquals(201, made.statusCode());
    JsonNode done = RestBed.json(bed.send(bed.authorized(progress)));
    assertEquals(RestBed.json(made).get("id"), done.get("video"));
    assertEquals(body.length(), done.get("totalBytes").asLong());
  }

  @Test
  void isForTheHolderOfTheKey() throws Exception {
    upload("?uploadId=" + token);
    assertEquals(401, bed.get(progress).statusCode());
    assertEquals(200, bed.send(bed.authorized(progress)).statusCode());
    assertEquals(404, bed.send(bed.authorized(progress.replace("0", "1") + "1")).statusCode());
    String unknown = "/api/v1/uploads/" + UUID.randomUUID() + "/progress";
    assertEquals(404, bed.send(bed.authorized(unknown)).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "with%20space-0123456789", "..%2F..%2Fxxxxxxxxxxxxxxx"})
  void refusesTokensThatAreNone(String wrong) throws Exception {
    HttpResponse<byte[]> refused = upload("?uploadId=" + wrong);
    assertEquals(400, refused.statusCode());
    assertEquals("bad_parameter", RestBed.code(refused));
  }

  private int reported() throws Exception {
    bed.rest.follows().report();
    return RestBed.json(bed.send(bed.authorized(progress))).at("/progress/percent").asInt();
  }

  private HttpResponse<byte[]> upload(String query) throws Exception {
    return bed.upload(FILE, query);
  }

  private void begin(Socket socket, String type, int length, byte[] start) throws Exception {
    String head =
        "POST /api/v1/videos?uploadId="
            + token
            + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nAuthorization: Bearer "
            + RestBed.KEY
            + "\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(start);
    socket.getOutputStream().flush();
  }
}
