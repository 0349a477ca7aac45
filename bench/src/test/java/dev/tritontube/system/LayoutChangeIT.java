package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.RestClient;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes are added, drained and removed while people watch and upload, with the segment cache off.
@Order(3)
class LayoutChangeIT {
  @TempDir private Path folder;
  private LocalCluster cluster;
  private AdminCli admin;
  private byte[] clip;
  private byte[] upload;

  @BeforeEach
  void start() throws Exception {
    Settings settings = Settings.in(folder.resolve("data")).with("TRITONTUBE_CACHE_BYTES", "0");
    cluster = new LocalCluster(Installation.fromSystemProperty(), settings);
    cluster.start(3);
    admin = new AdminCli(cluster);
    clip = Clips.small(folder);
    upload = Clips.tiny(folder);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void fourthNodeTakesThePlaceOfTheFirstAndNobodyNotices() throws Exception {
    RestClient rest = cluster.rest();
    String watched = Videos.completed(rest, clip);
    try (Workload people = new Workload(rest, upload)) {
      people.watch(watched);
      people.upload(300_000);
      people.proceed(3, 20);
      assertDrainIsRefused();

      cluster.startNode(4);
      assertMovement(admin.json("nodes", "add", cluster.nodeAddress(4)));
      assertBalanced(4);
      people.proceed(2, 20);
      assertMovement(admin.json("nodes", "drain", cluster.nodeAddress(1)));
      people.proceed(2, 20);
      admin.json("nodes", "remove", cluster.nodeAddress(1));
      assertBalanced(3);
      assertEquals(0, cluster.node(1).stop(Duration.ofSeconds(20)) % 143);
      people.proceed(2, 20);

      people.close();
      people.assertNothingFailed();
      people.assertOriginalsAreWhole(rest);
    }
    Eventually.holds("fully replicated", () -> admin.replicated());
  }

  @Test
  void changeGoesOnAfterTheWebServerAndANodeWereKilled() throws Exception {
    RestClient rest = cluster.rest();
    String watched = Videos.completed(rest, clip);
    for (int i = 0; i < 10; i++) {
      rest.upload(BodyPublishers.ofByteArray(Clips.variant(upload, i, 5_000_000)), "filler " + i);
    }
    cluster.startNode(4);
    assertEquals(0, admin.run("nodes", "add", "--no-wait", cluster.nodeAddress(4)).exitCode());

    cluster.web().kill();
    cluster.node(2).kill();
    cluster.startNode(2);
    cluster.startWeb();

    Eventually.holds(
        "the change ends", () -> rest.json("/api/v1/cluster/ring").get("change").isNull());
    assertBalanced(4);
    Eventually.holds("fully replicated", () -> admin.replicated());
    assertEquals(
        Workload.sha256(clip),
        Workload.sha256(rest.bytes(rest.resolve("/api/v1/videos/" + watched + "/original"))));
  }

  @Test
  void lostNodeIsRemovedByForceAndItsReplicasAreMadeAnew() throws Exception {
    RestClient rest = cluster.rest();
    cluster.startNode(4);
    admin.json("nodes", "add", cluster.nodeAddress(4));
    String id = Videos.completed(rest, clip);
    cluster.node(2).kill();

    admin.json("nodes", "remove", "--force", cluster.nodeAddress(2));

    assertBalanced(3);
    Eventually.holds("fully replicated", () -> admin.replicated());
    cluster.node(1).kill();
    cluster.node(3).kill();
    assertEquals(
        Workload.sha256(clip),
        Workload.sha256(rest.bytes(rest.resolve("/api/v1/videos/" + id + "/original"))));
  }

  /// Three nodes cannot do without one.
  private void assertDrainIsRefused() throws Exception {
    AdminCli.Outcome outcome = admin.run("nodes", "drain", cluster.nodeAddress(1));
    assertEquals(4, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.errors().contains("3"), outcome::toString);
  }

  private static void assertMovement(JsonNode change) {
    long moved = change.get("movedReplicas").asLong();
    long minimum = change.get("minimumReplicas").asLong();
    assertTrue(moved > 0 && moved <= 1.05 * minimum, change::toString);
  }

  private void assertBalanced(int owners) throws IOException, InterruptedException {
    JsonNode ring = admin.json("ring", "show");
    double fair = ring.get("arcs").asDouble() * ring.get("replicas").asDouble() / owners;
    int owning = 0;
    for (JsonNode node : ring.get("nodes")) {
      long arcs = node.get("arcs").asLong();
      owning += arcs > 0 ? 1 : 0;
      assertTrue(arcs == 0 || Math.abs(arcs - fair) <= 0.02 * fair, ring::toString);
    }
    assertEquals(owners, owning, ring::toString);
  }
}
