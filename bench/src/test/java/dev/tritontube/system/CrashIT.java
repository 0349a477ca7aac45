package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.local.ChildProcess;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.RestClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 of every process at random moments of uploads, and of what goes on after the kill
/// before: what was acknowledged is there, the rest leaves nothing.
@Order(7)
class CrashIT {
  @TempDir private Path folder;

  @Test
  void acknowledgedVideosSurviveACrashOfEverythingAndTheOthersLeaveNoBlob() throws Exception {
    long seed = System.nanoTime();
    System.out.println("CrashIT seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] clip = Clips.tiny(folder);
    try (LocalCluster cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")))) {
      cluster.start(3);
      Set<String> acknowledged = new HashSet<>();
      for (int round = 0; round < 3; round++) {
        acknowledged.addAll(crashDuringUploads(cluster, clip, random));
        cluster.start(3);
      }
      assertFalse(acknowledged.isEmpty());
      RestClient rest = cluster.rest();
      awaitSettled(rest, acknowledged);
      for (JsonNode video : rest.json("/api/v1/videos?limit=100").get("items")) {
        rest.delete(video.get("id").asText());
      }
      AdminCli admin = new AdminCli(cluster);
      Eventually.holds("no live blob of unfinished uploads remains", () -> admin.hasLiveBlobs(0));
    }
  }

  private static Set<String> crashDuringUploads(
      LocalCluster cluster, byte[] clip, SplittableRandom random) throws Exception {
    Workload people = new Workload(cluster.rest(), clip);
    people.upload(20_000_000);
    people.upload(100_000);
    people.proceed(1, 0);
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(2000)).toNanos());
    for (ChildProcess process : cluster.processes()) {
      process.kill();
    }
    people.close();
    return people.uploaded().keySet();
  }

  /// Waits until every acknowledged video is encoded, and nothing is left that is neither
  /// acknowledged nor FAILED.
  private static void awaitSettled(RestClient rest, Set<String> acknowledged)
      throws IOException, InterruptedException {
    for (String id : acknowledged) {
      Videos.awaitCompleted(rest, id);
      assertEquals(rest.video(id).get("sizeBytes").asLong(), originalLength(rest, id));
    }
    for (JsonNode video : rest.json("/api/v1/videos?limit=100").get("items")) {
      Videos.awaitCompleted(rest, video.get("id").asText());
    }
  }

  private static long originalLength(RestClient rest, String id) throws IOException {
    byte[] original = rest.bytes(rest.resolve("/api/v1/videos/" + id + "/original"));
    assertEquals(rest.video(id).get("sha256").asText(), Workload.sha256(original));
    return original.length;
  }
}
