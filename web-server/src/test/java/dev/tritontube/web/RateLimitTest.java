package dev.tritontube.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.http.HttpServer;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.http.TrustedProxies;
import dev.tritontube.web.limits.RateLimitRoutes;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Six requests a minute, two registrations an hour, and a proxy on this machine.
class RateLimitTest {
  private static final int LIMIT = 6;
  private static final String ANN = "203.0.113.7";
  private static final String BOB = "203.0.113.8";

  @TempDir private Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private RestBed bed;

  @BeforeEach
  void start() throws Exception {
    bed = new RestBed(folder);
    serveBehind(TrustedProxies.of(List.of("127.0.0.1")));
  }

  private void serveBehind(TrustedProxies proxies) {
    bed.server.close();
    List<Routes> routes = new ArrayList<>();
    routes.add(
        new RateLimitRoutes(
            new RateLimitRoutes.Limits(LIMIT, 2), bed.accounts.callers(), nanos::get));
    routes.addAll(bed.rest.routes());
    bed.server =
        HttpServer.start(
            new HttpServer.Settings(
                "127.0.0.1", 0, Duration.ofSeconds(1), HttpServer.Manners.USUAL.with(proxies)),
            routes,
            bed.meters);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void anAddressIsToldWhatItHasLeftAndRefusedBeyond() throws Exception {
    for (int i = 1; i <= LIMIT; i++) {
      HttpResponse<byte[]> answer = list(ANN);
      assertEquals(200, answer.statusCode());
      assertEquals("\"address\";q=6;w=60", header(answer, "RateLimit-Policy"));
      assertEquals("\"address\";r=" + (LIMIT - i) + ";t=" + 10 * i, header(answer, "RateLimit"));
    }
    HttpResponse<byte[]> refused = list(ANN);
    assertEquals(429, refused.statusCode());
    assertEquals("too_many_requests", RestBed.code(refused));
    assertEquals("10", header(refused, "Retry-After"));
    assertEquals("\"address\";r=0;t=60", header(refused, "RateLimit"));
    assertEquals(200, list(BOB).statusCode(), "another address");

    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    assertEquals(200, list(ANN).statusCode(), "after the time that was told");
    assertEquals(429, list(ANN).statusCode());
  }

  @Test
  void anAccountIsCountedByItselfWhereverItIs() throws Exception {
    String token = token("ann");
    for (int i = 0; i < LIMIT; i++) {
      HttpResponse<byte[]> answer = bed.send(by(token, i % 2 == 0 ? ANN : BOB, "/api/v1/videos"));
      assertEquals(200, answer.statusCode());
      assertTrue(header(answer, "RateLimit").startsWith("\"account\""));
    }
    assertEquals(429, bed.send(by(token, ANN, "/api/v1/videos")).statusCode());
    assertEquals(200, list(ANN).statusCode(), "nobody at the same address");
    assertEquals(200, bed.send(by(token("bob"), ANN, "/api/v1/videos")).statusCode());
  }

  @Test
  void aWrongKeyIsCountedAsNoAccount() throws Exception {
    for (int i = 0; i < LIMIT; i++) {
      bed.send(by("wrong" + i, ANN, "/api/v1/auth/me"));
    }
    assertEquals(429, list(ANN).statusCode());
  }

  @Test
  void playersUploadsHealthAndAdministratorsAreNotCounted() throws Exception {
    String token = token("ann");
    String upload =
        header(
            bed.send(
                by(token, ANN, "/api/v1/uploads")
                    .headers("Tus-Resumable", "1.0.0", "Upload-Length", "100000")
                    .POST(BodyPublishers.noBody())),
            "Location");
    for (int i = 0; i < 2 * LIMIT; i++) {
      for (String path :
          List.of(
              "/api/v1/videos/x/manifest.mpd",
              "/api/v1/videos/x/media/r/v/0.m4s",
              "/api/v1/videos/x/t/token/master.m3u8",
              "/api/v1/videos/x/poster.jpg",
              "/api/v1/videos/x/original")) {
        HttpResponse<byte[]> answer = bed.get(path, "X-Forwarded-For", ANN);
        assertTrue(answer.statusCode() == 404 || answer.statusCode() == 403, path);
        assertEquals("", header(answer, "RateLimit"));
      }
      assertEquals(200, bed.send(by(RestBed.KEY, ANN, "/api/v1/videos")).statusCode());
      HttpRequest.Builder piece =
          by(token, ANN, upload)
              .headers("Tus-Resumable", "1.0.0", "Upload-Offset", Integer.toString(1000 * i))
              .header("Content-Type", "application/offset+octet-stream")
              .method("PATCH", BodyPublishers.ofByteArray(RestBed.mp4(1000)));
      assertEquals(204, bed.send(piece).statusCode());
    }
    assertEquals(200, bed.send(by(token, ANN, "/api/v1/videos")).statusCode());
    assertEquals(200, list(ANN).statusCode());
  }

  @Test
  void registrationIsScarcer() throws Exception {
    assertEquals(201, register("ann", ANN, "").statusCode());
    HttpResponse<byte[]> last = register("bob", ANN, "/");
    assertEquals(201, last.statusCode());
    assertTrue(last.headers().allValues("RateLimit").contains("\"registration\";r=0;t=3600"));
    HttpResponse<byte[]> refused = register("cid", ANN, "/");
    assertEquals(429, refused.statusCode());
    assertEquals("1800", header(refused, "Retry-After"));
    assertEquals(201, register("dan", BOB, "").statusCode());
  }

  @Test
  void socketsAreCountedToo() throws Exception {
    String path = bed.uploaded(RestBed.mp4(1000), "").at("/links/self").asText() + "/progress";
    for (int i = 0; i < LIMIT; i++) {
      list(ANN);
    }
    String answer =
        bed.raw(
            "GET "
                + path
                + " HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, close\r\nX-Forwarded-For: "
                + ANN
                + "\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 429"), answer);
  }

  @Test
  void aClientThatSaysForWhomItAsksIsNotBelieved() throws Exception {
    serveBehind(TrustedProxies.of(List.of("10.0.0.0/8")));
    for (int i = 0; i < 2 * LIMIT; i++) {
      // From this machine itself.
      assertEquals(200, list(ANN).statusCode());
    }
  }

  private HttpResponse<byte[]> list(String address) throws Exception {
    return bed.get("/api/v1/videos", "X-Forwarded-For", address);
  }

  private HttpRequest.Builder by(String key, String address, String path) {
    return bed.request(path).headers("Authorization", "Bearer " + key, "X-Forwarded-For", address);
  }

  private HttpResponse<byte[]> register(String name, String address, String suffix)
      throws Exception {
    String body = "{\"username\":\"" + name + "\",\"password\":\"correct horse " + name + "\"}";
    // The contract knows no address with a slash at its end, which the router takes.
    return bed.client.send(
        bed.request("/api/v1/auth/register" + suffix)
            .header("X-Forwarded-For", address)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  /// Of a new account; made and signed in from an address of its own.
  private String token(String name) throws Exception {
    String address = "2001:db8:" + Integer.toHexString(name.hashCode() & 0xffff) + "::1";
    assertEquals(201, register(name, address, "").statusCode());
    String body = "{\"username\":\"" + name + "\",\"password\":\"correct horse " + name + "\"}";
    HttpResponse<byte[]> answer =
        bed.send(
            bed.request("/api/v1/auth/login")
                .header("X-Forwarded-For", address)
                .POST(BodyPublishers.ofString(body)));
    return RestBed.json(answer).get("accessToken").asText();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return String.join(", ", answer.headers().allValues(name));
  }
}
