package dev.tritontube.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.tritontube.client.TritonTubeException.Interrupted;
import dev.tritontube.client.TritonTubeException.Overdue;
import dev.tritontube.client.TritonTubeException.Refused;
import dev.tritontube.client.TritonTubeException.Unreachable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TritonTubeTest {
  private static final String VIDEO = FakeServer.video("v1", "");

  private final TestWorld time = new TestWorld();
  private FakeServer server;
  private TritonTube tube;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
    tube = TritonTube.at(server.address()).apiKey("k1").in(time.world()).open();
  }

  @AfterEach
  void stop() {
    tube.close();
    server.close();
  }

  @Test
  void readsAVideoWhateverANewerServerAdds() {
    server.then(
        FakeServer.json(
            FakeServer.video("v1", ",\"mood\":{\"a\":[1]}")
                .replace("\"PROCESSING\"", "\"DREAMING\"")
                .replace("\"public\"", "\"friends\"")));
    Video video = tube.videos().one("v1");
    assertEquals(VideoStatus.OTHER, video.status());
    assertEquals(Visibility.OTHER, video.visibility());
    assertEquals(20.5, video.durationSeconds());
    assertEquals(List.of("sea"), video.tags());
    assertEquals("240p", video.renditions().getFirst().name());
    assertNull(video.audioCodec());
    assertNull(video.expiresAt());
    assertEquals("Bearer k1", server.asked.getFirst().header("Authorization"));
  }

  @Test
  void saysWhatTheServerSaid() {
    server.then(FakeServer.problem(403, "not_owner"));
    Refused refused = assertThrows(Refused.class, () -> tube.videos().delete("v1"));
    assertEquals(403, refused.status());
    assertEquals("not_owner", refused.code());
    assertEquals("told", refused.detail());
    assertEquals("r1", refused.requestId());
    assertEquals(Optional.empty(), refused.retryAfter());
    assertFalse(refused.isTemporary());
  }

  @Test
  void knowsAnswersThatAreNoneOfAServerOfOurs() {
    server.then(exchange -> FakeServer.json(exchange, 500, "<html>"));
    assertEquals("unexpected", assertThrows(Refused.class, () -> tube.videos().one("v1")).code());
    server.then(FakeServer.json("<html>"));
    assertEquals("unexpected", assertThrows(Refused.class, () -> tube.videos().one("v1")).code());
  }

  @Test
  void comesBackWhenTheServerSaysSo() {
    server.then(FakeServer.busy(7)).then(FakeServer.json(VIDEO));
    assertEquals("v1", tube.videos().one("v1").id());
    assertEquals(List.of(Duration.ofSeconds(7)), time.pauses);
  }

  @Test
  void doesNotWaitForLongerThanItIsAllowedTo() {
    server.then(FakeServer.busy(3600));
    Refused refused = assertThrows(Refused.class, () -> tube.videos().one("v1"));
    assertEquals(Optional.of(Duration.ofHours(1)), refused.retryAfter());
    assertTrue(refused.isTemporary());
    assertEquals(List.of(), time.pauses);
  }

  @Test
  void triesAgainAfterLongerAndLongerPausesUntilItIsEnough() {
    server.otherwise(FakeServer::hangUp);
    assertThrows(Unreachable.class, () -> tube.videos().one("v1"));
    assertEquals(Retries.STANDARD.inARow(), time.pauses.size());
    long most = 250;
    for (Duration pause : time.pauses) {
      assertTrue(pause.toMillis() >= most / 2 && pause.toMillis() <= most, pause::toString);
      most = Math.min(2 * most, 15_000);
    }
  }

  @Test
  void sendsNothingTwiceThatMightBeDoneTwice() {
    server.otherwise(FakeServer::hangUp);
    assertThrows(Unreachable.class, () -> tube.account().changePassword("a", "b"));
    assertEquals(1, server.asked.size());
  }

  @Test
  void repeatsWhatWasCertainlyNotDone() {
    server.then(FakeServer.busy(0)).then(exchange -> FakeServer.empty(exchange, 204));
    tube.account().changePassword("a", "b");
    assertEquals(2, server.asked.size());
  }

  @Test
  void tellsTheServerThatItIsTheSameAgain() {
    server.then(FakeServer::hangUp).then(FakeServer.json(FakeServer.USER));
    assertEquals(Role.UPLOADER, tube.users().create("ann", null, Role.UPLOADER).role());
    server.then(FakeServer.json(FakeServer.USER));
    tube.users().create("ann", null, Role.UPLOADER);
    List<String> keys =
        server.asked.stream().map(request -> request.header("Idempotency-key")).toList();
    assertEquals(keys.get(0), keys.get(1));
    assertEquals(2, Set.copyOf(keys).size());
  }

  @Test
  void saysThatNobodyListensThere() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<Duration> told = new ArrayList<>();
    try (TritonTube nobody =
        TritonTube.at("http://127.0.0.1:" + port)
            .retries(new Retries(1, Duration.ofMillis(10), Duration.ofSeconds(1)))
            .onRetry((failure, pause) -> told.add(pause))
            .in(time.world())
            .open()) {
      // Also a POST without a key: it did not get there.
      Unreachable failure =
          assertThrows(
              Unreachable.class, () -> nobody.account().resetPassword("token", "password"));
      assertTrue(String.valueOf(failure.getMessage()).contains("127.0.0.1:" + port));
    }
    assertEquals(1, told.size());
  }

  @Test
  void givesUpARequestOnWhichNothingMoves() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    server.then(exchange -> awaitQuietly(end));
    try (TritonTube impatient =
        TritonTube.at(server.address())
            .idle(Duration.ofMillis(50))
            .retries(Retries.NONE)
            .in(time.world())
            .open()) {
      Unreachable failure = assertThrows(Unreachable.class, () -> impatient.videos().one("v1"));
      assertTrue(String.valueOf(failure.getMessage()).contains("silent"));
    } finally {
      end.countDown();
    }
  }

  @Test
  void stopsWhenItIsInterrupted() {
    server.otherwise(FakeServer.json(VIDEO));
    Thread.currentThread().interrupt();
    assertThrows(Interrupted.class, () -> tube.videos().one("v1"));
    assertTrue(Thread.interrupted());
  }

  @Test
  void givesItsKeyToNobodyElse() {
    server.then(
        exchange -> {
          exchange.getResponseHeaders().set("Location", "http://127.0.0.2/");
          FakeServer.empty(exchange, 302);
        });
    assertThrows(Refused.class, () -> tube.videos().one("v1"));
    assertThrows(IllegalArgumentException.class, () -> tube.address("http://elsewhere.example/x"));
    assertThrows(IllegalArgumentException.class, () -> tube.address("//elsewhere.example/x"));
    server.then(
        exchange -> {
          exchange
              .getResponseHeaders()
              .set("Location", "http://elsewhere.example/api/v1/uploads/x");
          FakeServer.empty(exchange, 201);
        });
    assertThrows(
        IllegalArgumentException.class,
        () -> tube.uploads().begin(Source.of("x", new byte[1]), NewVideo.untitled()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:8080",
        "ftp://x",
        "http:///x",
        "http://x/y",
        "http://x?a=b",
        "http://u@x"
      })
  void takesOnlyAddressesOfServers(String address) {
    assertThrows(IllegalArgumentException.class, () -> TritonTube.at(address));
  }

  @Test
  void putsWhateverAnIdIsIntoOnePartOfThePath() {
    assertThrows(Refused.class, () -> tube.videos().delete("../users/u1?x=#"));
    assertEquals(
        "DELETE /api/v1/videos/%2E%2E%2Fusers%2Fu1%3Fx%3D%23", server.asked.getFirst().toString());
  }

  @Test
  void asksForPagesAsTheyAreNeeded() {
    server
        .then(FakeServer.json(page("c1", "a", "b")))
        .then(FakeServer.json(page("c2")))
        .then(FakeServer.json(page("c3", "c", "d")))
        .then(FakeServer.json(page(null, "e")));
    VideoQuery query =
        VideoQuery.all().matching("sea & sand").sortedBy(VideoQuery.Sort.LONGEST).pagesOf(2);
    try (Stream<Video> videos = tube.videos().list(query)) {
      assertEquals(List.of(), server.asked);
      assertEquals(List.of("a", "b", "c"), videos.limit(3).map(Video::id).toList());
    }
    assertEquals(3, server.asked.size());
    assertEquals(
        "GET /api/v1/videos?cursor=c2&limit=2&q=sea+%26+sand&sort=-durationSeconds",
        server.asked.getLast().toString());
  }

  private static String page(@Nullable String cursor, String... ids) {
    return "{\"items\":[%s],\"nextCursor\":%s}"
        .formatted(
            String.join(",", Stream.of(ids).map(id -> FakeServer.video(id, "")).toList()),
            cursor == null ? null : '"' + cursor + '"');
  }

  @Test
  void looksUntilAVideoIsDone() {
    for (int i = 0; i < 10; i++) {
      server.then(FakeServer.json(VIDEO));
    }
    server.then(FakeServer.json(VIDEO.replace("PROCESSING", "COMPLETED")));
    Video video = tube.videos().awaitEnd("v1", Duration.ofMinutes(5));
    assertEquals(VideoStatus.COMPLETED, video.status());
    assertEquals(10, time.pauses.size());
    assertEquals(Duration.ofMillis(200), time.pauses.getFirst());
    assertEquals(Duration.ofSeconds(3), time.pauses.getLast());
  }

  @Test
  void saysWhenAVideoIsNotDoneInTime() {
    server.otherwise(FakeServer.json(VIDEO));
    Overdue overdue =
        assertThrows(Overdue.class, () -> tube.videos().awaitEnd("v1", Duration.ofSeconds(10)));
    assertEquals("v1", overdue.video().id());
    assertEquals(
        Duration.ofSeconds(10), time.pauses.stream().reduce(Duration.ZERO, Duration::plus));
  }

  @Test
  void editsUnlessSomebodyElseDid() {
    server
        .then(
            exchange -> {
              exchange.getResponseHeaders().set("ETag", "\"t1\"");
              FakeServer.json(exchange, 200, VIDEO);
            })
        .then(FakeServer::hangUp);
    Video seen = tube.videos().one("v1");
    VideoEdit edit = VideoEdit.none().title("Harbour").neverExpires();
    // Whether it was done nobody knows, and doing it again would be refused either way.
    assertThrows(Unreachable.class, () -> tube.videos().edit(seen, edit));
    assertEquals(2, server.asked.size());
    assertEquals("\"t1\"", server.asked.getLast().header("If-match"));
    assertThrows(
        IllegalArgumentException.class, () -> tube.videos().edit(seen.withEtag(null), edit));
  }

  @Test
  void choosesAPoster() {
    server.otherwise(FakeServer.json(VIDEO));

    tube.videos().poster("v1", Duration.ofMillis(1500));
    tube.videos().poster("v1", new byte[] {1, 2, 3});
    tube.videos().automaticPoster("v1");

    assertEquals(
        List.of(
            "PUT /api/v1/videos/v1/poster",
            "PUT /api/v1/videos/v1/poster",
            "DELETE /api/v1/videos/v1/poster"),
        server.asked.stream().map(Object::toString).toList());
    assertEquals("application/json", server.asked.get(0).header("Content-type"));
    assertEquals("application/octet-stream", server.asked.get(1).header("Content-type"));
  }

  @Test
  void doesOneThingWithMoreVideosThanTheServerTakesAtOnce() {
    server.otherwise(
        exchange ->
            FakeServer.json(
                exchange,
                200,
                """
                {"items":[{"id":"a","status":200,"error":null},{"id":"b","status":404,"error":{"code":"not_found","detail":"d"}}]}
                """));
    List<String> ids = Stream.iterate(0, n -> n + 1).limit(501).map(String::valueOf).toList();
    List<BatchResult> results = tube.videos().tag(ids, List.of("sea"), List.of());
    assertEquals(2, server.asked.size());
    assertEquals(4, results.size());
    assertTrue(results.getFirst().isDone());
    assertEquals(new Video.Reason("not_found", "d"), results.getLast().error());
  }

  private static String tokens(int number) {
    return """
        {"accessToken":"a%d","tokenType":"Bearer","expiresIn":900,"refreshToken":"r%d","user":%s}
        """
        .formatted(number, number, FakeServer.USER);
  }

  private TritonTube signedIn() {
    TritonTube person = TritonTube.at(server.address()).in(time.world()).open();
    server.then(FakeServer.json(tokens(1)));
    person.account().login("ann", "correct horse");
    return person;
  }

  /// Takes no access token but this one.
  private static FakeServer.Answer only(String token, AtomicInteger renewals) {
    return exchange -> {
      if (exchange.getRequestURI().getPath().endsWith("/refresh")) {
        renewals.incrementAndGet();
        FakeServer.json(exchange, 200, tokens(2));
      } else if (bearer(exchange).equals("Bearer " + token)) {
        FakeServer.json(exchange, 200, VIDEO);
      } else {
        FakeServer.problem(exchange, 401, "unauthorized");
      }
    };
  }

  private static String bearer(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  @Test
  void renewsATokenOnceHoweverManyThreadsNeedIt() throws Exception {
    AtomicInteger renewals = new AtomicInteger();
    try (TritonTube person = signedIn();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.otherwise(only("a2", renewals));
      List<Future<Video>> videos =
          Stream.generate(() -> threads.submit(() -> person.videos().one("v1"))).limit(16).toList();
      for (Future<Video> video : videos) {
        assertEquals("v1", video.get().id());
      }
    }
    assertEquals(1, renewals.get());
  }

  @Test
  void renewsATokenWhenTheThreadThatDidSoIsInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    FakeServer.Answer ordinary = only("a2", new AtomicInteger());
    AtomicInteger renewals = new AtomicInteger();
    try (TritonTube person = signedIn();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.otherwise(
          exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/refresh")
                && renewals.getAndIncrement() == 0) {
              asked.countDown();
              awaitQuietly(end);
            } else {
              ordinary.to(exchange);
            }
          });
      Future<Video> interrupted = threads.submit(() -> person.videos().one("v1"));
      asked.await();
      Future<Video> other = threads.submit(() -> person.videos().one("v1"));
      interrupted.cancel(true);
      assertEquals("v1", other.get().id());
    } finally {
      end.countDown();
    }
    assertEquals(2, renewals.get());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void renewsATokenBeforeItIsOver() {
    AtomicInteger renewals = new AtomicInteger();
    try (TritonTube person = signedIn()) {
      server.otherwise(only("a1", renewals));
      person.videos().one("v1");
      assertEquals(0, renewals.get());
      time.advance(Duration.ofSeconds(880));
      server.otherwise(only("a2", renewals));
      person.videos().one("v1");
    }
    assertEquals(1, renewals.get());
    assertTrue(
        server.asked.stream()
            .skip(2)
            .noneMatch(asked -> asked.header("Authorization").contains("a1")));
  }

  @Test
  void isNobodyWhenTheSessionIsOver() {
    try (TritonTube person = signedIn()) {
      server
          .then(FakeServer.problem(401, "unauthorized"))
          .then(FakeServer.problem(401, "bad_refresh_token"));
      assertEquals(
          "bad_refresh_token", assertThrows(Refused.class, () -> person.videos().one("v1")).code());
      server.then(FakeServer.json(VIDEO));
      person.videos().one("v1");
      assertEquals("", server.asked.getLast().header("Authorization"));
    }
  }

  @Test
  void keepsASessionWhenTheServerCannotBeReached() {
    try (TritonTube person = signedIn()) {
      server.then(FakeServer.problem(401, "unauthorized")).then(FakeServer::hangUp);
      server.otherwise(only("a2", new AtomicInteger()));
      assertEquals("v1", person.videos().one("v1").id());
    }
  }

  @Test
  void signsOut() {
    try (TritonTube person = signedIn()) {
      server.then(exchange -> FakeServer.empty(exchange, 204));
      person.account().logout();
      assertEquals("POST /api/v1/auth/logout", server.asked.getLast().toString());
      server.then(FakeServer.json(VIDEO));
      person.videos().one("v1");
      assertEquals("", server.asked.getLast().header("Authorization"));
    }
  }

  @Test
  void tellsAKeyButNotInLogs() throws IOException {
    server.then(
        FakeServer.json(
            """
            {"apiKey":{"id":"k2","name":"nightly","user":null,"scopes":["read","upload"],"createdAt":"2026-01-01T00:00:00Z","expiresAt":null,"lastUsedAt":null},"key":"tt_secret"}
            """));
    Keys.Created made = tube.keys().create("nightly", Set.of(Scope.UPLOAD, Scope.READ), null);
    assertEquals("tt_secret", made.key());
    assertEquals(List.of(Scope.READ, Scope.UPLOAD), made.apiKey().scopes());
    assertFalse(made.toString().contains("secret"));
  }
}
