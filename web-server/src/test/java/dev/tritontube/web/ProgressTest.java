package dev.tritontube.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.EventType;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How far a video is, as JSON and over a WebSocket, over real HTTP.
@Timeout(60)
class ProgressTest {
  @TempDir Path folder;
  private RestBed bed;
  private String id;
  private String path;
  private AssetId asset;

  @BeforeEach
  void start() throws Exception {
    bed = new RestBed(folder);
    JsonNode video = bed.uploaded(RestBed.mp4(1000), "");
    id = video.get("id").asText();
    path = video.at("/links/self").asText() + "/progress";
    asset = bed.assetOf(video);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void answersThosePollingWithJson() throws Exception {
    assertEquals(
        "{\"id\":\""
            + id
            + "\",\"status\":\"PENDING\",\"playable\":false,"
            + "\"progress\":{\"stage\":\"waiting\",\"percent\":0,\"etaSeconds\":null},\"error\":null}",
        RestBed.json(bed.get(path)).toString());
    packaging("PROCESSING", "encoding", 40);
    assertEquals(40, RestBed.json(bed.get(path)).at("/progress/percent").asInt());
    assertEquals(400, bed.get(path + "?x=1").statusCode());
    assertEquals(404, bed.get("/api/v1/videos/none/progress").statusCode());
  }

  @Test
  void tellsEachChangeAndClosesAtTheEnd() throws Exception {
    try (SocketClient socket = open(null)) {
      assertEquals("PENDING", socket.next().get("status").asText());
      packaging("PROCESSING", "encoding", 40);
      assertEquals(40, socket.next().at("/progress/percent").asInt());
      socket.socket.sendText("nobody cares", true).get(10, TimeUnit.SECONDS);
      edit("{\"title\":\"does not matter\"}");
      packaging("COMPLETED", "done", 100);
      assertEquals("COMPLETED", socket.next().get("status").asText());
      assertEquals(1000, socket.end());
      assertTrue(socket.isSilent());
    }
    try (SocketClient late = open(null)) {
      assertEquals("COMPLETED", late.next().get("status").asText());
      assertEquals(1000, late.end());
    }
  }

  @Test
  void aPrivateVideoIsThereForItsOwnerAlone() throws Exception {
    try (SocketClient before = open(null)) {
      before.next();
      edit("{\"visibility\":\"private\"}");
      assertEquals(4404, before.end());
    }
    assertEquals(404, bed.get(path).statusCode());
    HttpResponse<?> refusal = refused(null);
    assertEquals(404, refusal.statusCode());
    assertEquals(404, refused("wrong key").statusCode());
    assertTrue(refusal.headers().firstValue("Set-Cookie").isEmpty());
    assertEquals(
        "application/problem+json", refusal.headers().firstValue("Content-Type").orElseThrow());
    try (SocketClient owner = open(RestBed.KEY)) {
      assertEquals(id, owner.next().get("id").asText());
      bed.send(bed.authorized("/api/v1/videos/" + id).DELETE());
      assertEquals(4404, owner.end());
    }
  }

  @Test
  void isBoundedAndKeptAlive() throws Exception {
    List<SocketClient> sockets = new ArrayList<>();
    for (int i = 0; i < RestBed.FOLLOWERS; i++) {
      sockets.add(open(null));
    }
    for (SocketClient socket : sockets) {
      socket.next();
    }
    assertEquals(503, refused(null).statusCode());
    assertTrue(sockets.getFirst().pinged.get(30, TimeUnit.SECONDS));

    sockets.forEach(SocketClient::close);

    Eventually.holds(
        "their places are free",
        () -> {
          try (SocketClient socket = open(null)) {
            return socket.next().has("id");
          } catch (CompletionException refused) {
            return false;
          }
        });
  }

  @Test
  void hearsNoLongSpeeches() throws Exception {
    try (SocketClient socket = open(null)) {
      socket.next();
      socket.socket.sendText("x".repeat(100_000), true);
      assertEquals(1009, socket.end());
    }
  }

  @Test
  void closesWhenTheServerStops() throws Exception {
    try (SocketClient socket = open(null)) {
      socket.next();
      bed.feed.close();
      assertEquals(1001, socket.end());
    }
  }

  private SocketClient open(@Nullable String key) {
    return new SocketClient(bed.client, bed.uri(path), key);
  }

  private HttpResponse<?> refused(@Nullable String key) {
    CompletionException refusal = assertThrows(CompletionException.class, () -> open(key));
    return assertInstanceOf(WebSocketHandshakeException.class, refusal.getCause()).getResponse();
  }

  private void edit(String body) throws Exception {
    bed.send(
        bed.authorized("/api/v1/videos/" + id)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  private void packaging(String status, String stage, int percent) {
    bed.database
        .jdbi()
        .useTransaction(
            tx -> {
              tx.execute(
                  """
                  insert into packaging
                    (asset, status, stage, percent, playable, enqueued_at, updated_at)
                  values (?, ?, ?, ?, true, 0, 0)
                  on conflict (asset) do update set status = excluded.status,
                    stage = excluded.stage, percent = excluded.percent
                  """,
                  asset.value(),
                  status,
                  stage,
                  percent);
              bed.database.events().ofAsset(tx, EventType.PROGRESS, asset, Instant.EPOCH);
            });
  }
}
