package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.PlaybackCheck;
import dev.tritontube.local.RestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs under an administrator's hands, while ffmpeg runs.
@Order(5)
class JobsIT {
  @TempDir private static Path folder;
  private static LocalCluster cluster;
  private static AdminCli admin;
  private static byte[] clip;

  @BeforeAll
  static void start() throws Exception {
    Settings settings =
        Settings.in(folder.resolve("data"))
            .with("TRITONTUBE_JOB_RETRIES", "2")
            .with("TRITONTUBE_REMUX", "false");
    cluster = new LocalCluster(Installation.fromSystemProperty(), settings);
    cluster.start(3);
    admin = new AdminCli(cluster);
    clip = Clips.make(folder, 60, "640x360");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void cancelsWhatRunsAndTakesItUpAgain() throws Exception {
    RestClient rest = cluster.rest();
    String video = upload(1);
    Eventually.holds("ffmpeg encodes it", () -> isEncoding(video));
    String job = job(video).get("id").asText();

    assertEquals("CANCELLED", admin.json("jobs", "cancel", job).get("state").asText());

    Eventually.within(Duration.ofSeconds(5), "no ffmpeg runs any more", () -> !ffmpegRuns());
    assertEquals("FAILED", rest.video(video).get("status").asText());
    assertEquals("cancelled", rest.video(video).at("/error/code").asText());
    assertEquals("CANCELLED", rest.json("/api/v1/jobs/" + job).get("state").asText());
    assertEquals(4, admin.run("jobs", "cancel", job).exitCode());

    admin.json("jobs", "retry", job);
    Videos.awaitCompleted(rest, video);
    assertEquals("DONE", job(video).get("state").asText());
    rest.delete(video);
    Eventually.holds("none of its blobs remains", () -> admin.hasLiveBlobs(0));
    assertEquals(4, admin.run("jobs", "show", job).exitCode());
  }

  @Test
  void keepsWhatFailedTooOftenUntilItIsRetried() throws Exception {
    RestClient rest = cluster.rest();
    String video = upload(2);
    Eventually.holds("ffmpeg encodes it", () -> isEncoding(video));

    cluster.node(2).kill();
    cluster.node(3).kill();
    Eventually.holds("it is dead", () -> job(video).get("state").asText().equals("DEAD"));
    JsonNode dead = admin.json("jobs", "list", "--dead").get("jobs").get(0);
    assertEquals(video, dead.at("/videos/0/id").asText());
    assertEquals("internal_error", dead.at("/reason/code").asText());
    assertFalse(dead.at("/lastError/detail").asText().isEmpty());

    cluster.startNode(2);
    cluster.startNode(3);
    Eventually.holds("the nodes are back", () -> admin.healthy());
    assertEquals(1, admin.json("jobs", "retry", "--all-dead").get("retried").size());
    Videos.awaitCompleted(rest, video);
    rest.delete(video);
  }

  @Test
  void encodesAgainWhileWhatThereIsPlaysOn() throws Exception {
    RestClient rest = cluster.rest();
    String video = Videos.completed(rest, Clips.make(folder, 5, "1280x720"));
    URI manifest = rest.resolve("/api/v1/videos/" + video + "/manifest.mpd");
    PlaybackCheck playback = new PlaybackCheck(rest);
    Set<URI> before = playback.dashSegments(manifest);

    String job = admin.json("jobs", "encode", video, "--profile", "small").get("id").asText();
    Eventually.holds(
        "it is encoded again",
        () -> {
          assertEquals("COMPLETED", rest.video(video).get("status").asText());
          return job(video).get("state").asText().equals("DONE");
        });

    assertEquals(job, job(video).get("id").asText());
    Set<URI> after = playback.dashSegments(manifest);
    assertTrue(Collections.disjoint(before, after));
    assertTrue(playback.fetchAll(after) > 0);
    assertTrue(playback.fetchAll(before) > 0);
    assertEquals("480p", rest.video(video).get("renditions").get(2).get("name").asText());
    assertEquals(3, rest.video(video).get("renditions").size());
    assertEquals(2, admin.run("jobs", "encode", video, "--profile", "tiny").exitCode());
    rest.delete(video);
  }

  private static String upload(int seed) throws IOException {
    byte[] bytes = Clips.variant(clip, seed, 1000);
    JsonNode video = cluster.rest().upload(BodyPublishers.ofByteArray(bytes), "a clip");
    return video.get("id").asText();
  }

  private static boolean isEncoding(String video) throws Exception {
    return job(video).at("/progress/runs").size() > 0 && ffmpegRuns();
  }

  private static JsonNode job(String video) throws Exception {
    for (JsonNode job : cluster.rest().json("/api/v1/jobs").get("items")) {
      if (job.at("/videos/0/id").asText().equals(video)) {
        return job;
      }
    }
    throw new AssertionError("video " + video + " has no job");
  }

  private static boolean ffmpegRuns() {
    return ProcessHandle.of(cluster.web().pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .anyMatch(child -> child.info().command().orElse("").endsWith("ffmpeg"));
  }
}
