package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.PlaybackCheck;
import dev.tritontube.local.RestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Encoding is done by two processes of their own, while the web server only serves. Everything is
/// encoded, also what could be played as it is.
@Order(6)
class WorkerLossIT {

  @TempDir private static Path folder;
  private static LocalCluster cluster;
  private static RestClient rest;
  private static PlaybackCheck check;

  @BeforeAll
  static void start() throws Exception {
    Settings settings =
        Settings.in(folder.resolve("data"))
            .with("TRITONTUBE_ROLES", "web")
            .with("TRITONTUBE_REMUX", "false");
    cluster = new LocalCluster(Installation.fromSystemProperty(), settings);
    cluster.start(3);
    cluster.startWorker(1);
    cluster.startWorker(2);
    rest = cluster.rest();
    check = new PlaybackCheck(rest);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void othersFinishWhatAKilledWorkerBegan() throws Exception {
    killAWorkerInTheMiddleOf(3, 6);
  }

  @Test
  @Tag("soak")
  void othersFinishTenVideosOfAKilledWorker() throws Exception {
    killAWorkerInTheMiddleOf(10, 20);
  }

  private void killAWorkerInTheMiddleOf(int videos, int seconds) throws Exception {
    byte[] clip = Clips.make(folder, seconds, "640x360");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < videos; i++) {
      ids.add(
          rest.upload(BodyPublishers.ofByteArray(Clips.variant(clip, i, 64)), "x")
              .get("id")
              .asText());
    }
    Map<URI, String> before = beginnings(ids);
    cluster.worker(1).kill();
    for (String id : ids) {
      Videos.awaitCompleted(rest, id);
      assertTrue(check.fetchAll(segments(id)) > 0);
    }
    for (Map.Entry<URI, String> segment : before.entrySet()) {
      assertEquals(segment.getValue(), tag(segment.getKey()), "was there before, and is no other");
    }
    cluster.startWorker(1);
  }

  /// The first segments of all, which are waited for: then everything has begun. With their tags.
  private Map<URI, String> beginnings(List<String> ids) throws Exception {
    Map<URI, String> tags = new LinkedHashMap<>();
    for (String id : ids) {
      URI first =
          segments(id).stream()
              .filter(address -> address.getPath().endsWith("240p/0.m4s"))
              .findFirst()
              .orElseThrow();
      tags.put(first, tag(first));
    }
    return tags;
  }

  @Test
  void whoWaitsForASegmentGetsItFromTheNextWebServer() throws Exception {
    byte[] clip = Clips.make(folder, 40, "640x360");
    String id = rest.upload(BodyPublishers.ofByteArray(clip), "long").get("id").asText();
    List<URI> segments =
        segments(id).stream().filter(address -> address.getPath().contains("360p/")).toList();
    cluster.worker(1).pause();
    cluster.worker(2).pause();
    FutureTask<Integer> held = new FutureTask<>(() -> statusOf(segments.getLast()));
    Thread.ofVirtual().start(held);
    assertEquals("PROCESSING", status(id)); // A round trip later, the request is held.
    assertFalse(held.isDone());
    cluster.web().kill();
    cluster.worker(1).resume();
    cluster.worker(2).resume();
    assertEquals(0, held.get(), "was broken off");

    cluster.startWeb();
    Eventually.holds("the segment is there", () -> statusOf(segments.getLast()) == 200);
    Videos.awaitCompleted(rest, id);
  }

  private Set<URI> segments(String id) throws Exception {
    Eventually.holds(id + " plays", () -> rest.video(id).get("playable").asBoolean());
    return check.dashSegments(rest.resolve("/api/v1/videos/" + id + "/manifest.mpd"));
  }

  private String status(String id) throws IOException {
    return rest.video(id).get("status").asText();
  }

  private String tag(URI segment) throws IOException {
    HttpResponse<byte[]> answer = rest.get(segment.toString());
    assertEquals(200, answer.statusCode(), segment::toString);
    return answer.headers().firstValue("ETag").orElseThrow();
  }

  /// 0 when the server does not answer.
  private int statusOf(URI segment) {
    try {
      return rest.get(segment.toString()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }
}
