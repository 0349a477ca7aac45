package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.local.ChildProcess;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.PlaybackCheck;
import dev.tritontube.local.RestClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A video goes in, plays, and is still there after a restart.
class MainPathIT {
  @TempDir private static Path folder;
  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")));
    cluster.start(3);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void uploadedVideoPlaysInDashAndHlsFromTheSameSegments() throws Exception {
    RestClient rest = cluster.rest();
    byte[] clip = Clips.make(folder, 5, "640x360");
    String id = Videos.completed(rest, clip);

    URI video = rest.resolve("/api/v1/videos/" + id + "/");
    PlaybackCheck playback = new PlaybackCheck(rest);
    Set<URI> dash = playback.dashSegments(video.resolve("manifest.mpd"));
    assertEquals(dash, playback.hlsSegments(video.resolve("master.m3u8")));
    assertTrue(playback.fetchAll(dash) > 0);
    assertArrayEquals(clip, rest.bytes(video.resolve("original")));
  }

  @Test
  void everythingIsThereAfterAStopAndAStart() throws Exception {
    byte[] clip = Clips.small(folder);
    String id = Videos.completed(cluster.rest(), clip);
    for (ChildProcess process : cluster.processes().reversed()) {
      assertEquals(
          143, process.stop(Duration.ofSeconds(20)), process.name() + " did not stop on SIGTERM");
    }

    cluster.start(3);

    RestClient rest = cluster.rest();
    assertEquals("COMPLETED", rest.video(id).get("status").asText());
    assertArrayEquals(clip, rest.bytes(rest.resolve("/api/v1/videos/" + id + "/original")));
  }

  @Test
  void deletedVideoLeavesNoBlobBehind() throws Exception {
    AdminCli admin = new AdminCli(cluster);
    RestClient rest = cluster.rest();
    long before = admin.liveBlobs();
    String id = Videos.completed(rest, Clips.variant(Clips.small(folder), 1, 1000));
    assertTrue(admin.liveBlobs() > before);

    rest.delete(id);

    assertEquals(404, rest.get("/api/v1/videos/" + id).statusCode());
    Eventually.holds("none of its blobs remains", () -> admin.hasLiveBlobs(before));
  }

  @Test
  void filesAreAsPromised() throws IOException {
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(cluster.keyFile())));
    for (String kept : List.of("catalog.db", "catalog.db-wal", "node-1", "node-2")) {
      Set<PosixFilePermission> permissions =
          Files.getPosixFilePermissions(cluster.data().resolve(kept));
      assertTrue(
          PosixFilePermissions.toString(permissions).endsWith("------"),
          () -> kept + " " + permissions);
    }
    for (ChildProcess process : cluster.processes()) {
      Path pidFile = cluster.data().resolve("run").resolve(process.name() + ".pid");
      assertEquals(Long.toString(process.pid()), Files.readString(pidFile).strip());
    }
  }
}
