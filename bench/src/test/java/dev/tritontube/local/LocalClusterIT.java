package dev.tritontube.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.local.LocalCluster.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody who starts a cluster is told when it does not go as it should.
class LocalClusterIT {
  @TempDir private static Path folder;
  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")));
    cluster.start(2);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aSecondClusterIsKeptOffTheFolder() throws Exception {
    try (LocalCluster second =
        new LocalCluster(cluster.installation(), Settings.in(cluster.data()))) {
      IOException refusal = assertThrows(IOException.class, () -> second.start(2));

      assertEquals("another cluster runs in " + cluster.data(), refusal.getMessage());
    }
    Path pidFile = cluster.data().resolve("run/web.pid");
    assertEquals(Long.toString(cluster.web().pid()), Files.readString(pidFile).strip());
  }

  @Test
  void aServerOfAnotherClusterOnThePortIsNotTakenForTheOwn() {
    Settings samePort =
        new Settings(folder.resolve("other"), cluster.webUri().getPort(), 0, 0, Map.of());
    try (LocalCluster other = new LocalCluster(cluster.installation(), samePort)) {
      IOException failure = assertThrows(IOException.class, () -> other.start(1));

      assertSays("it is in use", failure);
    }
  }

  @Test
  void processesLeftBehindAreNotDisturbed() throws Exception {
    Path data = folder.resolve("left");
    Files.createDirectories(data.resolve("run"));
    Process left = new ProcessBuilder("sh", "-c", "read line", data.toString()).start();
    try {
      Files.writeString(data.resolve("run/node-1.pid"), left.pid() + "\n");
      try (LocalCluster next = new LocalCluster(cluster.installation(), Settings.in(data))) {
        IOException refusal = assertThrows(IOException.class, () -> next.start(1));

        assertSays("still runs", refusal);
      }
    } finally {
      left.destroy();
    }
  }

  @Test
  void endsAreTold() throws Exception {
    LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    Thread watching = Thread.ofVirtual().start(() -> ChildWatch.untilAllEnded(cluster, told::add));

    cluster.node(2).kill();

    String line = told.poll(30, TimeUnit.SECONDS);
    assertEquals(
        "node-2 was ended by signal 9; the others go on (its log: "
            + cluster.data().resolve("log/node-2.log")
            + ")",
        line);
    cluster.close();
    watching.join();
    assertTrue(told.isEmpty(), "the stop was told, too: " + told);
    cluster.start(2);
  }

  private static void assertSays(String words, Exception failure) {
    assertTrue(String.valueOf(failure.getMessage()).contains(words), failure.getMessage());
  }
}
