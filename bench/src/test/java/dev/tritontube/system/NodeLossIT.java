package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.RestClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes die and return while people watch and upload. The segment cache is off, so every segment
/// comes from the ring.
class NodeLossIT {
  @TempDir private static Path folder;
  private static LocalCluster cluster;
  private static AdminCli admin;
  private static byte[] clip;
  private static byte[] upload;

  @BeforeAll
  static void start() throws Exception {
    Settings settings = Settings.in(folder.resolve("data")).with("TRITONTUBE_CACHE_BYTES", "0");
    cluster = new LocalCluster(Installation.fromSystemProperty(), settings);
    cluster.start(3);
    admin = new AdminCli(cluster);
    clip = Clips.small(folder);
    upload = Clips.tiny(folder);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void noRequestFailsWhileANodeIsKilledAndReturns() throws Exception {
    killEach(1 + new Random().nextInt(3));
  }

  @Test
  @Tag("soak")
  void noRequestFailsWhileOneNodeAfterTheOtherIsKilledAndReturns() throws Exception {
    killEach(1, 2, 3, 2, 1);
  }

  private void killEach(int... nodes) throws Exception {
    RestClient rest = cluster.rest();
    String watched = Videos.completed(rest, clip);
    try (Workload people = new Workload(rest, upload)) {
      people.watch(watched);
      people.watch(watched);
      people.upload(300_000);
      for (int node : nodes) {
        people.proceed(2, 20);
        cluster.node(node).kill();
        people.proceed(3, 30);
        cluster.startNode(node);
        Eventually.holds("all replicas are there again", () -> admin.healthy());
      }
      people.close();
      people.assertNothingFailed();
      people.assertOriginalsAreWhole(rest);
    }
  }

  @Test
  void pausedNodeIsRoutedAround() throws Exception {
    RestClient rest = cluster.rest();
    String watched = Videos.completed(rest, clip);
    try (Workload people = new Workload(rest, upload)) {
      people.watch(watched);
      people.upload(300_000);
      people.proceed(1, 10);
      cluster.node(2).pause();
      people.proceed(2, 20);
      cluster.node(2).resume();
      people.close();
      people.assertNothingFailed();
      people.assertOriginalsAreWhole(rest);
    }
    Eventually.holds("all replicas are there again", () -> admin.replicated());
  }

  @Test
  void withTwoOfThreeDownReadsGoOnAndWritesAreRefusedEarly() throws Exception {
    RestClient rest = cluster.rest();
    String id = Videos.completed(rest, clip);
    Eventually.holds("fully replicated", () -> admin.replicated());
    cluster.node(1).kill();
    cluster.node(3).kill();

    byte[] original = rest.bytes(rest.resolve("/api/v1/videos/" + id + "/original"));
    assertEquals(Workload.sha256(clip), Workload.sha256(original));
    assertEquals(200, rest.get("/api/v1/health/ready").statusCode());
    long before = System.nanoTime();
    HttpResponse<byte[]> refused = upload(rest, 1);
    Duration took = Duration.ofNanos(System.nanoTime() - before);
    assertEquals(503, refused.statusCode());
    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
    // The promise itself: a refusal in under 5 s.
    assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, () -> "the refusal took " + took);

    cluster.startNode(1);
    cluster.startNode(3);
    Eventually.holds(
        "writes work again", () -> upload(rest, System.nanoTime()).statusCode() == 201);
    Eventually.holds("all replicas are there again", () -> admin.replicated());
  }

  private HttpResponse<byte[]> upload(RestClient rest, long seed) throws java.io.IOException {
    return rest.send(
        rest.request("/api/v1/videos")
            .header("Content-Type", "video/mp4")
            .POST(BodyPublishers.ofByteArray(Clips.variant(upload, seed, 1000)))
            .build());
  }
}
