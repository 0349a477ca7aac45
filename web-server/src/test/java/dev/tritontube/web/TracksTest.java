package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.manifests.text.Cue;
import dev.tritontube.manifests.text.Cues;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.TrackSearchStore;
import dev.tritontube.web.packaging.EmbeddedReader;
import dev.tritontube.web.packaging.EmbeddedTracks;
import dev.tritontube.web.tracks.TrackSearch;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Words over time by the API, and what of them players are told.
@Tag("catalog")
class TracksTest {
  private static final String EVIL =
      "WEBVTT\n\n00:00.500 --> 00:01.500 line:0\n<b>Hi</b> <script>alert(1)</script>\n";

  @TempDir Path folder;
  private RestBed bed;
  private String self = "";
  private AssetId asset = new AssetId("a".repeat(20));

  @BeforeEach
  void start() throws Exception {
    bed = new RestBed(folder);
    JsonNode video = bed.uploaded(RestBed.mp4(1000), "?title=x");
    self = "/api/v1/videos/" + video.get("id").asText();
    asset = bed.assetOf(video);
    PublishedClip.of(bed, asset);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  private JsonNode add(String query, String text) throws Exception {
    HttpResponse<byte[]> answer = adding(query, text);
    assertEquals(201, answer.statusCode(), () -> new String(answer.body(), UTF_8));
    JsonNode track = RestBed.json(answer);
    assertEquals(
        self + "/tracks/" + track.get("id").asText(),
        answer.headers().firstValue("Location").orElseThrow());
    return track;
  }

  private HttpResponse<byte[]> adding(String query, String text) throws Exception {
    return bed.send(
        bed.authorized(self + "/tracks?" + query)
            .header("Content-Type", "text/vtt")
            .POST(BodyPublishers.ofString(text)));
  }

  private JsonNode change(String track, String json) throws Exception {
    HttpResponse<byte[]> answer = changing(track, json);
    assertEquals(200, answer.statusCode(), () -> new String(answer.body(), UTF_8));
    return RestBed.json(answer);
  }

  private HttpResponse<byte[]> changing(String track, String json) throws Exception {
    return bed.send(
        bed.authorized(self + "/tracks/" + track)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json)));
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return bed.get(self + path);
  }

  private String text(String path) throws Exception {
    HttpResponse<byte[]> answer = get(path);
    assertEquals(200, answer.statusCode(), path);
    return new String(answer.body(), UTF_8);
  }

  private String code(HttpResponse<byte[]> answer) throws Exception {
    return answer.statusCode() + " " + RestBed.json(answer).get("code").asText();
  }

  private String file() throws Exception {
    Matcher file =
        Pattern.compile("<BaseURL>(text/[a-z2-7]{20})\\.vtt</BaseURL>")
            .matcher(text("/manifest.mpd"));
    assertTrue(file.find());
    return "/" + file.group(1);
  }

  @Test
  void whatIsSentIsWrittenAnewAndStaysText() throws Exception {
    JsonNode track = add("kind=captions&language=EN-us&default=true", EVIL);

    assertEquals("en-US", track.get("language").asText());
    assertEquals("English (United States)", track.get("label").asText());
    assertEquals("uploaded", track.get("origin").asText());
    HttpResponse<byte[]> content = get("/tracks/" + track.get("id").asText() + "/content");
    assertEquals(
        "WEBVTT\n\n00:00:00.500 --> 00:00:01.500 line:0\n"
            + "<b>Hi</b> &lt;script&gt;alert(1)&lt;/script&gt;\n",
        new String(content.body(), UTF_8));
    assertEquals(
        "text/vtt; charset=utf-8", content.headers().firstValue("Content-Type").orElseThrow());
    assertEquals("nosniff", content.headers().firstValue("X-Content-Type-Options").orElseThrow());
    assertEquals(track.get("sizeBytes").asInt(), content.body().length);
  }

  @Test
  void playersAreToldOfIt() throws Exception {
    String before = get("/manifest.mpd").headers().firstValue("ETag").orElseThrow();
    add("kind=captions&language=en&label=English+%22CC%22&default=true", EVIL);
    add("kind=subtitles&language=de&forced=true", EVIL);
    add("kind=chapters", EVIL);

    String mpd = text("/manifest.mpd");
    assertTrue(mpd.contains("<Label>English \"CC\"</Label>"), mpd);
    assertTrue(mpd.contains("value=\"caption\"") && mpd.contains("value=\"forced-subtitle\""), mpd);
    assertEquals(2, mpd.split("mimeType=\"text/vtt\"", -1).length - 1, mpd);
    assertFalse(before.equals(get("/manifest.mpd").headers().firstValue("ETag").orElseThrow()));
    String master = text("/master.m3u8");
    assertTrue(
        master.contains(
            "TYPE=SUBTITLES,GROUP-ID=\"text\",NAME=\"English 'CC'\",LANGUAGE=\"en\","
                + "DEFAULT=YES,AUTOSELECT=YES,FORCED=NO,CHARACTERISTICS=\"public.accessibility"),
        master);
    assertTrue(master.contains("NAME=\"German\",LANGUAGE=\"de\",DEFAULT=NO"), master);
    assertTrue(master.contains(",SUBTITLES=\"text\""), master);
    String file = file();
    assertTrue(
        text(file + ".m3u8").contains("#EXTINF:2.000000,\n" + file.substring(6) + "/0.vtt\n"));
    HttpResponse<byte[]> segment = get(file + "/0.vtt");
    assertTrue(new String(segment.body(), UTF_8).startsWith("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,"));
    assertTrue(new String(segment.body(), UTF_8).contains("&lt;script&gt;"));
    assertEquals(
        "public, max-age=31536000, immutable",
        segment.headers().firstValue("Cache-Control").orElseThrow());
    assertFalse(text(file + "/1.vtt").contains("-->"));
    for (String none :
        List.of(
            file + "/01.vtt", file + "/x.vtt", file + ".txt", "/text/" + "a".repeat(20) + ".vtt")) {
      assertEquals(404, get(none).statusCode(), none);
    }
  }

  @Test
  void whoPlaysGoesOnWhenATrackIsReplacedOrDeleted() throws Exception {
    String track = add("kind=subtitles&language=en", EVIL).get("id").asText();
    String first = file();
    HttpRequest.Builder put =
        bed.authorized(self + "/tracks/" + track + "/content")
            .header("Content-Type", "application/x-subrip")
            .PUT(BodyPublishers.ofString("1\n00:00:01,000 --> 00:00:02,000\nOther <i>words</i>\n"));
    JsonNode replaced = RestBed.json(bed.send(put));

    assertEquals(track, replaced.get("id").asText());
    assertEquals("WEBVTT\n", text(first + ".vtt"));
    assertEquals(
        "no-cache", get(first + ".vtt").headers().firstValue("Cache-Control").orElseThrow());
    String second = file();
    assertTrue(text(second + ".vtt").contains("Other <i>words</i>"));
    assertEquals(204, bed.send(bed.authorized(self + "/tracks/" + track).DELETE()).statusCode());
    assertEquals("WEBVTT\n", text(second + ".vtt"));
    assertEquals(200, get(second + "/0.vtt").statusCode());
    assertFalse(text("/manifest.mpd").contains("text/vtt"));
    assertEquals(404, get("/tracks/" + track).statusCode());
    assertEquals(404, get("/tracks/" + track + "/content").statusCode());
  }

  @Test
  void oneIsPreferredAtMost() throws Exception {
    String captions = add("kind=captions&language=en&default=true", EVIL).get("id").asText();
    String subtitles = add("kind=subtitles&language=de&default=true", EVIL).get("id").asText();
    String chapters = add("kind=chapters&default=true", EVIL).get("id").asText();

    assertEquals(List.of(subtitles, chapters), preferred());
    JsonNode changed =
        change(captions, "{\"default\":true,\"label\":\" For the deaf \",\"language\":\"fr\"}");
    assertEquals("For the deaf", changed.get("label").asText());
    assertEquals("fr", changed.get("language").asText());
    assertEquals(List.of(captions, chapters), preferred());
  }

  private List<String> preferred() throws Exception {
    return RestBed.json(get("/tracks"))
        .get("items")
        .valueStream()
        .filter(
            track ->
                track.get("default").asBoolean() && !track.get("kind").asText().equals("audio"))
        .map(track -> track.get("id").asText())
        .toList();
  }

  @Test
  void soundIsCalledAsItsOwnerSays() throws Exception {
    assertEquals("und", RestBed.json(get("/tracks/audio-1")).get("language").asText());
    JsonNode named =
        change("audio-1", "{\"language\":\"pt-br\",\"label\":\"Português\",\"default\":true}");

    assertEquals("pt-BR", named.get("language").asText());
    String mpd = text("/manifest.mpd");
    assertTrue(mpd.contains("lang=\"pt-BR\"") && mpd.contains("<Label>Português</Label>"), mpd);
    assertEquals("Português", RestBed.json(get("/tracks")).at("/items/0/label").asText());
    change("audio-1", "{\"language\":null,\"label\":null}");
    assertTrue(text("/manifest.mpd").contains("lang=\"und\""));
    assertEquals("404 not_found", code(changing("audio-2", "{}")));
    assertEquals("400 unknown_field", code(changing("audio-1", "{\"kind\":\"captions\"}")));
    assertEquals(404, bed.send(bed.authorized(self + "/tracks/audio-1").DELETE()).statusCode());
  }

  @Test
  void chaptersAreTitles() throws Exception {
    assertEquals(0, RestBed.json(get("/chapters")).get("items").size());
    add(
        "kind=chapters&language=en",
        "WEBVTT\n\n00:00.000 --> 00:01.000\n<i>One</i> &amp; all\n\n00:01.000 --> 00:02.000\nTwo\n");
    add("kind=chapters&language=de", "WEBVTT\n\n00:00.000 --> 00:01.500\nEins\n");

    JsonNode chapters = RestBed.json(get("/chapters"));
    assertEquals(
        "[{\"startSeconds\":0.0,\"endSeconds\":1.0,\"title\":\"One & all\"},"
            + "{\"startSeconds\":1.0,\"endSeconds\":2.0,\"title\":\"Two\"}]",
        chapters.get("items").toString());
    assertEquals(
        "Eins", RestBed.json(get("/chapters?language=de-AT")).at("/items/0/title").asText());
    String content = text("/tracks/" + chapters.get("track").asText() + "/content");
    assertTrue(content.contains("\nOne &amp; all\n"), content);
  }

  @Test
  void badFilesAndWordsAreRefusedClearly() throws Exception {
    HttpResponse<byte[]> bad = adding("kind=captions", "WEBVTT\n\n00:01.000 -> 00:02.000\nx\n");

    assertEquals("400 bad_text", code(bad));
    assertTrue(RestBed.json(bad).get("detail").asText().startsWith("Line 3: "));
    assertEquals("400 bad_text", code(adding("kind=captions", "")));
    assertEquals("400 bad_parameter", code(adding("kind=songs", EVIL)));
    assertEquals("400 bad_parameter", code(adding("language=en", EVIL)));
    assertEquals("400 bad_parameter", code(adding("kind=captions&language=en_US", EVIL)));
    assertEquals("400 bad_parameter", code(adding("kind=captions&label=%00", EVIL)));
    assertEquals("400 bad_parameter", code(adding("kind=captions&forced=true", EVIL)));
    assertEquals("400 unknown_parameter", code(adding("kind=captions&x=y", EVIL)));
    assertEquals("413 too_large", code(adding("kind=captions", "x".repeat((4 << 20) + 1))));
    String track = add("kind=captions", EVIL).get("id").asText();
    assertEquals("400 bad_field", code(changing(track, "{\"label\":\"\"}")));
    assertEquals("400 bad_field", code(changing(track, "{\"language\":\"english please\"}")));
    assertEquals("400 bad_field", code(changing(track, "{\"kind\":\"chapters\"}")));
    HttpResponse<byte[]> json =
        bed.send(
            bed.authorized(self + "/tracks?kind=captions")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    assertEquals("415 unsupported_media", code(json));
  }

  @Test
  void takesAFileAsCurlSendsIt() throws Exception {
    HttpResponse<byte[]> added =
        bed.send(
            bed.authorized(self + "/tracks?kind=captions&language=en")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("1\n00:00:01,000 --> 00:00:02,000\na=b&c\n")));

    assertEquals(201, added.statusCode());
    assertEquals(1, RestBed.json(added).get("cues").asInt());
  }

  @Test
  void aVideoHasSoManyAndNoMore() throws Exception {
    for (int i = 0; i < 49; i++) {
      add("kind=subtitles&language=en", EVIL);
    }
    line();
    search(() -> FOUND, Instant.now());

    List<JsonNode> items = RestBed.json(get("/tracks")).get("items").valueStream().toList();
    assertEquals(1 + 50, items.size(), "sound, and no chapters beside 50 texts");
    assertEquals("captions", items.getLast().get("kind").asText());
    assertEquals("409 too_many_tracks", code(adding("kind=subtitles&language=en", EVIL)));
  }

  /// A file in which an English text and two chapters are, and something that cannot be read.
  private static final EmbeddedTracks FOUND =
      new EmbeddedTracks(
          List.of(
              new EmbeddedTracks.Text(
                  "en", "English", true, false, new Cues(List.of(Cue.plain(0, 900, "Hello"))))),
          new Cues(List.of(Cue.plain(0, 1000, "One"), Cue.plain(1000, 2000, "Two"))),
          List.of(new EmbeddedTracks.Skipped("dvd_subtitle", "de", "German", "bitmap")));

  /// Reads files as a test says.
  private record Reading(Callable<EmbeddedTracks> tracks) implements EmbeddedReader {
    @Override
    public Optional<EmbeddedTracks> read(AssetId asset) throws IOException {
      try {
        return Optional.of(tracks.call());
      } catch (Exception e) {
        throw new IOException(e);
      }
    }

    @Override
    public Duration longest() {
      return Duration.ofMinutes(1);
    }
  }

  /// Puts the file in line, as its planning does.
  private void line() {
    bed.database.jdbi().useTransaction(tx -> TrackSearchStore.add(tx, asset, Instant.EPOCH));
  }

  private void search(Callable<EmbeddedTracks> tracks, Instant now) {
    new TrackSearch(bed.database, new Reading(tracks), new Random(1), () -> now).run();
  }

  @Test
  void whatIsFoundInAFileIsGivenToItsVideos() throws Exception {
    assertEquals("pending", RestBed.json(get("/tracks")).get("search").asText());
    line();
    search(() -> FOUND, Instant.now());
    line();
    search(() -> FOUND, Instant.now());

    JsonNode tracks = RestBed.json(get("/tracks"));
    assertEquals("done", tracks.get("search").asText());
    assertEquals("bitmap", tracks.at("/skipped/0/reason").asText());
    assertEquals(
        List.of("audio", "captions", "chapters"),
        tracks.get("items").valueStream().map(track -> track.get("kind").asText()).toList());
    assertEquals("file", tracks.at("/items/1/origin").asText());
    assertEquals("Two", RestBed.json(get("/chapters")).at("/items/1/title").asText());
    assertTrue(text(file() + ".vtt").contains("Hello"));
  }

  @Test
  void ofWhatIsInAFileAVideoGetsNoMoreBytesThanItMayHave() throws Exception {
    add("kind=subtitles&language=en", EVIL);
    bed.database
        .jdbi()
        .useHandle(handle -> handle.execute("update texts set bytes = ?", (16 << 20) - 60));
    line();
    search(() -> FOUND, Instant.now());

    assertEquals(
        List.of("audio", "subtitles", "captions"),
        RestBed.json(get("/tracks"))
            .get("items")
            .valueStream()
            .map(track -> track.get("kind").asText())
            .toList(),
        "there is no room for the chapters");
    assertEquals("413 too_large", code(adding("kind=captions", EVIL)));
  }

  @Test
  void videosOfOneFileChangeWhatWasFoundEachForItself() throws Exception {
    line();
    search(() -> FOUND, Instant.now());
    String first = self;
    JsonNode twin = bed.uploaded(RestBed.mp4(1000), "?title=twin");
    assertEquals(asset, bed.assetOf(twin));
    String track = RestBed.json(get("/tracks")).at("/items/1/id").asText();
    assertEquals(204, bed.send(bed.authorized(first + "/tracks/" + track).DELETE()).statusCode());

    assertEquals(2, RestBed.json(get("/tracks")).get("items").size());
    self = "/api/v1/videos/" + twin.get("id").asText();
    assertEquals(3, RestBed.json(get("/tracks")).get("items").size());
    String file = file();
    assertTrue(text(file + ".vtt").contains("Hello"));
    self = first;
    assertEquals("WEBVTT\n", text(file + ".vtt"));
    for (String video : List.of(first, "/api/v1/videos/" + twin.get("id").asText())) {
      assertEquals(204, bed.send(bed.authorized(video + "?purge=true").DELETE()).statusCode());
    }
    bed.rest.purger().purgeDue();
    for (String table : List.of("video_tracks", "asset_tracks", "texts", "track_searches")) {
      assertEquals(0, rows(table), table);
    }
  }

  @Test
  void whatCannotBeReadIsTriedAgainAndGivenUp() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    Callable<EmbeddedTracks> failing =
        () -> {
          tries.incrementAndGet();
          throw new IOException("the ring is away");
        };
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    line();
    for (int day = 0; day < 10; day++) {
      search(failing, now.plus(Duration.ofDays(day)));
    }

    assertEquals(6, tries.get());
    assertEquals("failed", RestBed.json(get("/tracks")).get("search").asText());
    line(); // It is planned again.
    search(() -> FOUND, now.plus(Duration.ofDays(11)));
    assertEquals("done", RestBed.json(get("/tracks")).get("search").asText());
  }

  @Test
  void allGoesWithTheVideo() throws Exception {
    add("kind=captions&language=en", EVIL);
    change("audio-1", "{\"label\":\"x\"}");
    assertEquals(204, bed.send(bed.authorized(self + "?purge=true").DELETE()).statusCode());

    for (String table : List.of("video_tracks", "texts", "audio_names")) {
      assertEquals(0, rows(table), table);
    }
  }

  private long rows(String table) {
    return bed.database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }
}
