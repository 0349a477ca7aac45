package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.catalog.AssetId;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Playing by a token in the path, and following by a ticket.
class PrivatePlaybackTest {
  private static final List<String> MEDIA =
      List.of(
          "/manifest.mpd",
          "/master.m3u8",
          "/media/rev/audio.m3u8",
          "/media/rev/audio/init.mp4",
          "/media/rev/audio/0.m4s",
          "/poster.jpg");

  @TempDir Path folder;
  private RestBed bed;
  private String userId;
  private String access;
  private int uploads;

  @BeforeEach
  void start() throws Exception {
    bed = new RestBed(folder);
    String who = "{\"username\":\"ann\",\"password\":\"correct horse\"}";
    userId = RestBed.json(post("/api/v1/auth/register", "", who)).get("id").asText();
    access = RestBed.json(post("/api/v1/auth/login", "", who)).get("accessToken").asText();
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void everythingThatPlaysIsFoundBesideTheManifest() throws Exception {
    String self = uploaded("private");
    JsonNode links = RestBed.json(post(self + "/playback-token", access, "")).get("links");
    String dash = links.get("dash").asText();
    String base = dash.substring(0, dash.lastIndexOf('/'));
    assertTrue(base.startsWith(self + "/t/"), base);
    assertTrue(new String(bed.get(dash).body(), UTF_8).contains("\"media/rev/"));
    assertTrue(
        new String(bed.get(links.get("hls").asText()).body(), UTF_8).contains("\nmedia/rev/"));
    for (String path : MEDIA) {
      HttpResponse<byte[]> answer = bed.get(base + path);
      assertEquals(200, answer.statusCode(), path);
      String caching = answer.headers().firstValue("Cache-Control").orElseThrow();
      assertTrue(caching.startsWith("private, "), path + " " + caching);
    }
    assertArrayEquals(PublishedClip.SEGMENT, bed.get(base + "/media/rev/audio/0.m4s").body());
  }

  @Test
  void aTokenOpensOneVideoAndNothingBesideItsMedia() throws Exception {
    String self = uploaded("private");
    String other = uploaded("private");
    String token = token(self);
    for (String path : MEDIA) {
      assertRefused(other + "/t/" + token + path);
      assertEquals(404, bed.get(other + path).statusCode());
    }
    for (String path : List.of("", "/original", "/progress")) {
      assertEquals(404, bed.get(self + "/t/" + token + path).statusCode());
    }
    assertEquals(404, bed.get(self, "Authorization", "Bearer " + token).statusCode());
    assertRefused("/api/v1/videos/aaaaaaaaaaaaaaaaaaaa/t/" + token + "/manifest.mpd");
  }

  @Test
  void aTokenThatWasTamperedWithOpensNothing() throws Exception {
    String self = uploaded("private");
    String token = token(self);
    String[] parts = token.split("~");
    String later = Long.toString(Long.parseLong(parts[0]) + 1000);
    for (String made :
        List.of(
            "x",
            "~",
            later + "~" + parts[1] + "~" + parts[2],
            parts[0] + "~kadmin.key~" + parts[2],
            parts[0] + "~" + parts[1] + "~" + "A".repeat(43),
            "1~" + parts[1] + "~" + parts[2],
            token.substring(0, token.length() - 1),
            access)) {
      MEDIA.forEach(path -> assertRefusedUnchecked(self + "/t/" + made + path));
    }
  }

  @Test
  void aTokenEndsWithWhatItsHolderMay() throws Exception {
    String hidden = uploaded("private");
    String shared = uploaded("unlisted");
    String viewers = viewer();
    String token = token(hidden);
    String viewersToken =
        RestBed.json(post(shared + "/playback-token", viewers, "")).get("token").asText();
    assertEquals(200, bed.get(shared + "/t/" + viewersToken + "/manifest.mpd").statusCode());

    edit(shared, "{\"visibility\":\"private\"}");
    for (String path : MEDIA) {
      assertEquals(404, bed.get(shared + "/t/" + viewersToken + path).statusCode());
      assertEquals(404, bed.get(shared + path).statusCode());
      assertEquals(200, bed.get(hidden + "/t/" + token + path).statusCode());
    }

    bed.send(
        bed.authorized("/api/v1/users/" + userId)
            .method("PATCH", BodyPublishers.ofString("{\"disabled\":true}")));
    for (String path : MEDIA) {
      assertRefused(hidden + "/t/" + token + path);
    }
  }

  @Test
  void aTokenEndsWithItsSession() throws Exception {
    String self = uploaded("private");
    String token = token(self);
    assertEquals(200, bed.get(self + "/t/" + token + "/manifest.mpd").statusCode());
    assertEquals(204, post("/api/v1/auth/logout", access, "").statusCode());
    assertRefused(self + "/t/" + token + "/manifest.mpd");
  }

  @Test
  void whatIsPlayedByATokenIsForNoSharedCacheThoughItIsPublic() throws Exception {
    String self = uploaded("public");
    assertEquals(
        "public, max-age=31536000, immutable",
        bed.get(self + "/media/rev/audio/0.m4s")
            .headers()
            .firstValue("Cache-Control")
            .orElseThrow());
    assertEquals(
        "private, max-age=31536000, immutable",
        bed.get(self + "/t/" + token(self) + "/media/rev/audio/0.m4s")
            .headers()
            .firstValue("Cache-Control")
            .orElseThrow());
  }

  @Test
  void aTicketOpensOneStream() throws Exception {
    String self = uploaded("private");
    String progress = ticket(self + "/progress");
    String events = ticket("/api/v1/events");
    assertEquals(200, bed.get(self + "/progress?ticket=" + progress).statusCode());
    assertEquals(200, head("/api/v1/events?ticket=" + events));
    String id = self.substring(self.lastIndexOf('/') + 1);
    assertEquals(200, head("/api/v1/events?ticket=" + events + "&video=" + id));
    for (String wrong : List.of(events, progress + "x", "x", "")) {
      HttpResponse<byte[]> answer = bed.get(self + "/progress?ticket=" + wrong);
      assertEquals(401, answer.statusCode());
      assertEquals("bad_ticket", RestBed.code(answer));
    }
    assertEquals(401, head("/api/v1/events?ticket=" + progress));
    assertEquals(400, bed.get(self + "?ticket=" + progress).statusCode());
    assertEquals(400, bed.get("/api/v1/videos?ticket=" + ticket("/api/v1/events")).statusCode());
    assertEquals(
        "bad_field",
        RestBed.code(post("/api/v1/auth/tickets", access, "{\"path\":\"/api/v1/users\"}")));
  }

  @Test
  void aTicketOpensASocketThatEndsWhenTheVideoIsHiddenFromItsHolder() throws Exception {
    String self = uploaded("unlisted");
    String path = self + "/progress";
    String body = "{\"path\":\"" + path + "\"}";
    String theirs =
        RestBed.json(post("/api/v1/auth/tickets", viewer(), body)).get("ticket").asText();
    try (SocketClient own = socket(path, ticket(path));
        SocketClient others = socket(path, theirs)) {
      assertEquals("PENDING", own.next().get("status").asText());
      assertEquals("PENDING", others.next().get("status").asText());

      edit(self, "{\"visibility\":\"private\"}");

      assertEquals(4404, others.end());
      assertFalse(own.closed.isDone());
    }
    CompletionException refused =
        assertThrows(CompletionException.class, () -> socket(path, "x").close());
    assertEquals(
        401,
        assertInstanceOf(WebSocketHandshakeException.class, refused.getCause())
            .getResponse()
            .statusCode());
  }

  private SocketClient socket(String path, String ticket) {
    return new SocketClient(bed.client, bed.uri(path + "?ticket=" + ticket), null);
  }

  @Test
  void aTicketShowsWhatItsHolderMaySeeAndNoMore() throws Exception {
    String self = uploaded("private");
    String viewers = viewer();
    String theirs =
        RestBed.json(post("/api/v1/auth/tickets", viewers, "{\"path\":\"" + self + "/progress\"}"))
            .get("ticket")
            .asText();
    assertEquals(404, bed.get(self + "/progress?ticket=" + theirs).statusCode());
    String told = firstEvent("/api/v1/events?lastEventId=0&ticket=" + ticket("/api/v1/events"), "");
    assertTrue(told.contains(self.substring(self.lastIndexOf('/') + 1)), told);
  }

  @Test
  void nobodyIsToldOfPrivateVideosOfOthers() throws Exception {
    String self = uploaded("private");
    uploaded("public");
    String told = firstEvent("/api/v1/events?lastEventId=0", viewer());
    assertTrue(told.contains("event: created"), told);
    assertFalse(told.contains(self.substring(self.lastIndexOf('/') + 1)), told);
  }

  private String firstEvent(String path, String bearer) throws Exception {
    var request = bed.request(path).header("Authorization", "Bearer " + bearer);
    try (Stream<String> lines = bed.client.send(request.build(), BodyHandlers.ofLines()).body()) {
      return lines
          .dropWhile(line -> !line.startsWith("event:"))
          .limit(3)
          .collect(Collectors.joining("\n"));
    }
  }

  private void assertRefused(String path) throws Exception {
    HttpResponse<byte[]> answer = bed.get(path);
    assertEquals(403, answer.statusCode(), path);
    assertEquals("bad_playback_token", RestBed.code(answer), path);
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
  }

  private void assertRefusedUnchecked(String path) {
    try {
      assertRefused(path);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String token(String self) throws Exception {
    HttpResponse<byte[]> answer = post(self + "/playback-token", access, "");
    assertEquals(201, answer.statusCode());
    return RestBed.json(answer).get("token").asText();
  }

  private String ticket(String path) throws Exception {
    HttpResponse<byte[]> answer =
        post("/api/v1/auth/tickets", access, "{\"path\":\"" + path + "\"}");
    assertEquals(201, answer.statusCode());
    return RestBed.json(answer).get("ticket").asText();
  }

  private String viewer() throws Exception {
    String who = "{\"username\":\"vic\",\"password\":\"correct horse\"}";
    post("/api/v1/auth/register", "", who);
    return RestBed.json(post("/api/v1/auth/login", "", who)).get("accessToken").asText();
  }

  private void edit(String self, String body) throws Exception {
    assertEquals(
        200,
        bed.send(
                bed.request(self)
                    .header("Authorization", "Bearer " + access)
                    .method("PATCH", BodyPublishers.ofString(body)))
            .statusCode());
  }

  private String uploaded(String visibility) throws Exception {
    JsonNode video =
        RestBed.json(
            bed.send(
                bed.request("/api/v1/videos?visibility=" + visibility)
                    .header("Authorization", "Bearer " + access)
                    .header("Content-Type", "video/mp4")
                    .POST(BodyPublishers.ofByteArray(RestBed.mp4(1000, uploads++)))));
    AssetId asset = bed.assetOf(video);
    PublishedClip.of(bed, asset);
    bed.packaging.posters.put(asset, PublishedClip.stored(bed, asset, "poster"));
    return video.at("/links/self").asText();
  }

  private int head(String path) throws Exception {
    return bed.send(bed.request(path).method("HEAD", BodyPublishers.noBody())).statusCode();
  }

  private HttpResponse<byte[]> post(String path, String bearer, String body) throws Exception {
    var request = bed.request(path);
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return bed.send(
        request.POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }
}
