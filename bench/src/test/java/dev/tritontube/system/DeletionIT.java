package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.PlaybackCheck;
import dev.tritontube.local.RestClient;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is deleted in one of the ways there are leaves on the storage nodes what live videos need,
/// blob by blob, and nothing else.
class DeletionIT {
  private static final int REPLICAS = 3;

  @TempDir private static Path folder;
  private static LocalCluster cluster;
  private static AdminCli admin;
  private static byte[] clip;
  private static int seeds;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        new LocalCluster(
            Installation.fromSystemProperty(),
            Settings.in(folder.resolve("data")).with("TRITONTUBE_CLEANUP_AT", hoursFromNow(12)));
    cluster.start(3);
    admin = new AdminCli(cluster);
    clip = Clips.tiny(folder);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void leavesTheBlobsThatLiveVideosNeedAndNoOthers() throws Exception {
    RestClient rest = cluster.rest();
    String kept = Videos.completed(rest, newClip());
    long ofOne = settledBlobs();

    byte[] shared = newClip();
    String first = Videos.completed(rest, shared);
    String second = Videos.completed(rest, shared);
    long ofTwo = settledBlobs();
    assertTrue(ofTwo > ofOne, ofTwo + " blobs of two, " + ofOne + " of one");

    choosePoster(kept);
    awaitBlobs(ofTwo + REPLICAS);
    send(cluster.rest(), "DELETE", "/api/v1/videos/" + kept + "/poster", "");
    choosePoster(second);
    ofTwo += REPLICAS;
    awaitBlobs(ofTwo);

    delete(first, "");
    delete(second, "");
    assertEquals(ofTwo, settledBlobs(), "what is deleted can be restored");
    post("/api/v1/videos/" + first + "/restore", "");
    assertPlays(first);

    delete(second, "?purge=true");
    ofTwo -= REPLICAS;
    awaitBlobs(ofTwo); // Another video has the same bytes, but no poster of its own.
    assertPlays(first);

    delete(first, "?purge=true");
    awaitBlobs(ofOne);

    expire(Videos.completed(rest, newClip()), Videos.completed(rest, newClip()));
    awaitBlobs(ofOne);

    closeAccountWithVideo();
    awaitBlobs(ofOne);
    assertPlays(kept);

    delete(kept, "?purge=true");
    awaitBlobs(0);
  }

  /// Once a moment, once a picture.
  private static void choosePoster(String video) throws Exception {
    String poster = "/api/v1/videos/" + video + "/poster";
    HttpResponse<byte[]> moment = send(cluster.rest(), "PUT", poster, "{\"timeSeconds\":0.5}");
    assertEquals(200, moment.statusCode(), () -> new String(moment.body()));
    byte[] shown = cluster.rest().get(poster + ".jpg").body();
    HttpResponse<byte[]> picture =
        cluster
            .rest()
            .send(
                cluster
                    .rest()
                    .request(poster)
                    .header("Content-Type", "image/jpeg")
                    .PUT(BodyPublishers.ofByteArray(shown))
                    .build());
    assertEquals(200, picture.statusCode(), () -> new String(picture.body()));
  }

  private static byte[] newClip() {
    return Clips.variant(clip, seeds++, 1000);
  }

  private static void assertPlays(String video) throws Exception {
    PlaybackCheck playback = new PlaybackCheck(cluster.rest());
    URI manifest = cluster.rest().resolve("/api/v1/videos/" + video + "/manifest.mpd");
    assertTrue(playback.fetchAll(playback.dashSegments(manifest)) > 0);
  }

  private static void delete(String video, String query) throws Exception {
    HttpResponse<byte[]> answer =
        send(cluster.rest(), "DELETE", "/api/v1/videos/" + video + query, "");
    assertEquals(204, answer.statusCode());
  }

  /// Lets two videos expire, the second of which was deleted before, and a cleanup come that purges
  /// at once.
  private static void expire(String video, String deleted) throws Exception {
    String soon = Instant.now().plusSeconds(2).toString();
    for (String id : new String[] {video, deleted}) {
      HttpResponse<byte[]> answer =
          send(
              cluster.rest(),
              "PATCH",
              "/api/v1/videos/" + id,
              "{\"expiresAt\":\"%s\"}".formatted(soon));
      assertEquals(200, answer.statusCode());
    }
    delete(deleted, "");
    assertEquals(0, cleanups(), "no cleanup was due yet");
    cluster.web().stop(Duration.ofSeconds(20));
    cluster.startWeb(
        Map.of("TRITONTUBE_CLEANUP_AT", hoursFromNow(-1), "TRITONTUBE_DELETED_RETENTION", "0s"));
    Eventually.holds("the cleanup that was missed is made up for", () -> cleanups() > 0);
  }

  private static int cleanups() throws Exception {
    int videos = 0;
    for (JsonNode cleanup : cluster.rest().json("/api/v1/cleanups").get("items")) {
      videos += cleanup.get("expired").asInt() + cleanup.get("purged").asInt();
    }
    return videos;
  }

  private static void closeAccountWithVideo() throws Exception {
    String account = "{\"username\":\"leaver\",\"password\":\"correct horse battery\"";
    post("/api/v1/users", account + ",\"role\":\"uploader\"}");
    JsonNode tokens = post("/api/v1/auth/login", account + ",\"refreshIn\":\"body\"}");
    RestClient leaver = new RestClient(cluster.webUri(), tokens.get("accessToken").asText());
    Videos.completed(leaver, newClip());
    HttpResponse<byte[]> begun =
        leaver.send(
            leaver
                .request("/api/v1/uploads")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", Integer.toString(2 * clip.length))
                .header("Content-Type", "application/offset+octet-stream")
                .POST(BodyPublishers.ofByteArray(clip))
                .build());
    assertEquals(201, begun.statusCode());
    HttpResponse<byte[]> closed =
        send(leaver, "DELETE", "/api/v1/auth/me", "{\"password\":\"correct horse battery\"}");
    assertEquals(204, closed.statusCode());
  }

  private static JsonNode post(String path, String body) throws Exception {
    HttpResponse<byte[]> answer = send(cluster.rest(), "POST", path, body);
    assertEquals(2, answer.statusCode() / 100, new String(answer.body()));
    return new ObjectMapper().readTree(answer.body());
  }

  private static HttpResponse<byte[]> send(RestClient rest, String method, String path, String body)
      throws Exception {
    var request = rest.request(path);
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return rest.send(request.method(method, BodyPublishers.ofString(body)).build());
  }

  /// All replicas of all blobs, when none is lacking any more.
  private static long settledBlobs() throws Exception {
    Eventually.holds("all replicas are there", () -> admin.healthy());
    return admin.liveBlobs();
  }

  private static void awaitBlobs(long blobs) throws Exception {
    Eventually.holds(blobs + " blobs are left on the nodes", () -> admin.hasLiveBlobs(blobs));
  }

  /// A time of the day, such as 02:00.
  private static String hoursFromNow(int hours) {
    return LocalTime.now().plusHours(hours).withSecond(0).withNano(0).toString();
  }
}
