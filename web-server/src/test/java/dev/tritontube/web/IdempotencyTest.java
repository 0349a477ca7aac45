package dev.tritontube.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotencyTest {
  @TempDir Path folder;
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
  void anUploadThatComesAgainIsOneVideoAlsoOnAnotherServer() throws Exception {
    HttpResponse<byte[]> first = upload("key-1", RestBed.mp4(1000), "?title=a");
    assertEquals(201, first.statusCode());
    assertTrue(first.headers().firstValue("Idempotency-Replayed").isEmpty());
    bed.restart();
    for (String form : List.of("key-1", "\"key-1\"")) {
      HttpResponse<byte[]> again = upload(form, RestBed.mp4(1000), "?title=a");
      assertEquals(201, again.statusCode());
      assertArrayEquals(first.body(), again.body());
      for (String header : List.of("Location", "Content-Type")) {
        assertEquals(first.headers().firstValue(header), again.headers().firstValue(header));
      }
      assertEquals("true", again.headers().firstValue("Idempotency-Replayed").orElseThrow());
    }
    assertEquals(1, videos());
    assertEquals(201, upload("key-2", RestBed.mp4(1000), "?title=a").statusCode());
    assertEquals(2, videos());
  }

  @Test
  void theKeyOfAnotherRequestIsRefused() throws Exception {
    upload("key", RestBed.mp4(1000), "?title=a");
    assertMismatch(upload("key", RestBed.mp4(1000), "?title=b"));
    assertMismatch(upload("key", RestBed.mp4(1001), "?title=a"));
    assertMismatch(upload("key", RestBed.mp4(1000, 8), "?title=a"));
    assertMismatch(document("/users", "key", "{\"username\":\"ann\"}"));
    assertEquals(201, document("/users", "other", "{\"username\":\"ann\"}").statusCode());
    assertMismatch(document("/users", "other", "{\"username\":\"bob\"}"));
    assertEquals(1, videos());
  }

  private static void assertMismatch(HttpResponse<byte[]> answer) throws Exception {
    assertEquals(422, answer.statusCode());
    assertEquals("idempotency_mismatch", RestBed.code(answer));
  }

  @Test
  void secretsAreGivenAgainAndAreNotInTheCatalog() throws Exception {
    String body = "{\"name\":\"nightly\",\"scopes\":[\"read\"]}";
    HttpResponse<byte[]> first = document("/auth/keys", "one key", body);
    assertEquals(400, first.statusCode(), "a space is none");
    first = document("/auth/keys", "one-key", body);
    assertEquals(201, first.statusCode());
    assertArrayEquals(first.body(), document("/auth/keys", "one-key", body).body());
    String secret = RestBed.json(first).get("key").asText();
    assertEquals(
        200,
        bed.send(bed.request("/api/v1/auth/me").header("Authorization", "Bearer " + secret))
            .statusCode());
    String kept =
        bed.database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select id || fingerprint || attempt || answer from idempotency_keys")
                        .mapTo(String.class)
                        .one());
    for (String open : List.of(secret, "one-key", "nightly")) {
      assertFalse(kept.contains(open));
      String encoded = java.util.Base64.getEncoder().encodeToString(open.getBytes());
      assertFalse(kept.contains(encoded.substring(0, encoded.length() - 3)));
    }
  }

  @Test
  void theSameKeyOfSomebodyElseIsAnother() throws Exception {
    String body = "{\"name\":\"nightly\",\"scopes\":[\"read\",\"upload\"]}";
    String other = RestBed.json(document("/auth/keys", "k", body)).get("key").asText();
    HttpResponse<byte[]> first = upload("same", RestBed.mp4(100), "");
    HttpResponse<byte[]> second =
        bed.send(
            bed.request("/api/v1/videos")
                .header("Authorization", "Bearer " + other)
                .header("Idempotency-Key", "same")
                .header("Content-Type", "video/mp4")
                .POST(BodyPublishers.ofByteArray(RestBed.mp4(100))));
    assertEquals(201, second.statusCode());
    assertNotEquals(RestBed.json(first).get("id"), RestBed.json(second).get("id"));
  }

  @Test
  void whatFailsCanBeTriedAgain() throws Exception {
    assertEquals(415, upload("key", new byte[1000], "").statusCode());
    assertEquals(201, upload("key", RestBed.mp4(1000), "").statusCode());
    for (String bad : List.of("", "a b", "\"a", "x".repeat(256))) {
      HttpResponse<byte[]> refused = document("/users", bad, "{\"username\":\"ann\"}");
      assertEquals(400, refused.statusCode(), bad);
    }
  }

  @Test
  void oneThatIsUnderWayIsNotBegunTwice() throws Exception {
    byte[] file = RestBed.mp4(20_000);
    String head =
        "POST /api/v1/videos HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\n"
            + "Idempotency-Key: slow\r\nContent-Type: video/mp4\r\nContent-Length: %d\r\n\r\n";
    try (Socket socket = new Socket("127.0.0.1", bed.server.port())) {
      socket.setSoTimeout(20_000);
      OutputStream sending = socket.getOutputStream();
      sending.write(head.formatted(RestBed.KEY, file.length).getBytes());
      sending.write(file, 0, 10_000);
      sending.flush();
      Eventually.holds("it is under way", () -> rows() == 1);
      HttpResponse<byte[]> second = upload("slow", file, "");
      assertEquals(409, second.statusCode());
      assertEquals("idempotency_conflict", RestBed.code(second));
      bed.rest.idempotency().run();
      sending.write(file, 10_000, 10_000);
      sending.flush();
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 201".length());
      assertEquals("HTTP/1.1 201", new String(status));
    }
    assertEquals(201, upload("slow", file, "").statusCode());
    assertEquals(1, videos());
  }

  @Test
  void aCrashDoesNotLockAKeyForEver() throws Exception {
    assertEquals(201, document("/users", "key", "{\"username\":\"ann\"}").statusCode());
    // As a process leaves it that is killed before it has done anything.
    bed.database
        .jdbi()
        .useTransaction(
            tx -> {
              tx.execute("delete from users");
              tx.execute("update idempotency_keys set answer = null, lease_until = 1");
            });
    assertEquals(201, document("/users", "key", "{\"username\":\"ann\"}").statusCode());
    bed.database
        .jdbi()
        .useTransaction(tx -> tx.execute("update idempotency_keys set expires_at = 1"));
    assertEquals(409, document("/users", "key", "{\"username\":\"ann\"}").statusCode());
    assertEquals(0, rows());
    document("/users", "key", "{\"username\":\"bob\"}");
    bed.database
        .jdbi()
        .useTransaction(tx -> tx.execute("update idempotency_keys set expires_at = 1"));
    bed.rest.idempotency().run();
    assertEquals(0, rows());
  }

  @Test
  void resumableUploadsAreBegunOnce() throws Exception {
    String[] places = new String[2];
    for (int i = 0; i < 2; i++) {
      HttpResponse<byte[]> created =
          bed.send(
              bed.authorized("/api/v1/uploads")
                  .header("Tus-Resumable", "1.0.0")
                  .header("Upload-Length", "1000")
                  .header("Idempotency-Key", "tus")
                  .POST(BodyPublishers.noBody()));
      assertEquals(201, created.statusCode());
      assertEquals("1.0.0", created.headers().firstValue("Tus-Resumable").orElseThrow());
      places[i] = created.headers().firstValue("Location").orElseThrow();
    }
    assertEquals(places[0], places[1]);
    assertMismatch(
        bed.send(
            bed.authorized("/api/v1/uploads")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "1001")
                .header("Idempotency-Key", "tus")
                .POST(BodyPublishers.noBody())));
  }

  private long rows() {
    return count("idempotency_keys");
  }

  private long videos() {
    return count("videos");
  }

  private long count(String table) {
    return bed.database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  private HttpResponse<byte[]> upload(String key, byte[] file, String query) throws Exception {
    return bed.send(
        bed.authorized("/api/v1/videos" + query)
            .header("Idempotency-Key", key)
            .header("Content-Type", "video/mp4")
            .POST(BodyPublishers.ofByteArray(file)));
  }

  private HttpResponse<byte[]> document(String path, String key, String body) throws Exception {
    return bed.send(
        bed.authorized("/api/v1" + path)
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }
}
