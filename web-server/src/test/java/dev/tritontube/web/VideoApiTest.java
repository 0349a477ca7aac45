package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.web.packaging.AssetMedia;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoApiTest {
  @TempDir private static Path folder;
  private static RestBed bed;
  private static int uploads;

  @BeforeAll
  static void start() throws Exception {
    bed = new RestBed(folder);
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  @Test
  void aVideoHasExactlyTheFieldsOfTheContract() throws Exception {
    ObjectNode video = (ObjectNode) upload("?title=x");
    assertEquals(
        Set.of(
            "id title description tags visibility status playable progress error durationSeconds width height frameRate sizeBytes container videoCodec audioCodec sha256 renditions links createdAt updatedAt"
                .split(" ")),
        Set.copyOf(names(video)));
    assertEquals(List.of("stage", "percent", "etaSeconds"), names(video.get("progress")));
    assertEquals(List.of("self", "dash", "hls", "poster", "original"), names(video.get("links")));
    assertTrue(video.get("createdAt").asText().matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z"));
  }

  @Test
  void listsFromTheNewestPageByPage() throws Exception {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(upload("?title=page").get("id").asText());
    }
    List<String> listed = new ArrayList<>();
    String cursor = "";
    while (listed.size() < 5) {
      JsonNode page = RestBed.json(bed.get("/api/v1/videos?limit=2" + cursor));
      page.get("items").forEach(item -> listed.add(item.get("id").asText()));
      cursor = "&cursor=" + page.get("nextCursor").asText();
    }
    assertEquals(made, listed.subList(0, 5));
  }

  @Test
  void searchesAndFilters() throws Exception {
    String id = upload("?title=Caf%C3%A9%20Zugspitze&tags=alps").get("id").asText();
    for (String query :
        List.of(
            "q=cafe%20ZUGSPITZE",
            "q=zugspitze&sort=title",
            "q=zugspitze&status=PENDING&visibility=public&owner=admin&tag=alps&limit=1",
            "tag=alps&createdAfter=2020-01-01T00:00:00%2B02:00&createdBefore=9999-12-31T00:00:00Z")) {
      JsonNode page = RestBed.json(bed.get("/api/v1/videos?" + query));
      assertEquals(1, page.get("items").size(), query);
      assertEquals(id, page.at("/items/0/id").asText(), query);
      assertTrue(page.get("nextCursor").isNull(), query);
    }
    for (String query : List.of("q=zugspitze%20x", "q=zugspitze&minDuration=1", "q=!%22")) {
      assertEquals(0, RestBed.json(bed.get("/api/v1/videos?" + query)).get("items").size(), query);
    }
    assertEquals(400, bed.get("/api/v1/videos?q=" + "a".repeat(201)).statusCode());
  }

  @Test
  void aCursorIsOfOneListAlone() throws Exception {
    upload("?title=one");
    upload("?title=two");
    String cursor =
        RestBed.json(bed.get("/api/v1/videos?limit=1&sort=title")).get("nextCursor").asText();
    assertEquals(200, bed.get("/api/v1/videos?limit=5&sort=title&cursor=" + cursor).statusCode());
    for (String other :
        List.of("", "&sort=-title", "&sort=title&q=one", "&sort=title&visibility=public")) {
      HttpResponse<byte[]> answer = bed.get("/api/v1/videos?cursor=" + cursor + other);
      assertEquals(400, answer.statusCode(), other);
      assertEquals("bad_parameter", RestBed.code(answer));
    }
  }

  @Test
  void listsAndShowsWhatIsNotPublicToTheOwnerAlone() throws Exception {
    String hidden = upload("?visibility=private").at("/links/self").asText();
    String unlisted = upload("?visibility=unlisted").at("/links/self").asText();
    assertEquals(404, bed.get(hidden).statusCode());
    assertEquals(404, bed.get(hidden + "/original").statusCode());
    assertEquals(200, bed.send(bed.authorized(hidden)).statusCode());
    assertEquals(200, bed.get(unlisted).statusCode());
    String all = text(bed.get("/api/v1/videos?limit=100"));
    assertFalse(all.contains(hidden) || all.contains(unlisted), all);
    String own = text(bed.send(bed.authorized("/api/v1/videos?limit=100")));
    assertTrue(own.contains(hidden) && own.contains(unlisted), own);
  }

  @Test
  void editsOnlyWhatIsNamed() throws Exception {
    String self = upload("?title=before&description=kept").at("/links/self").asText();
    JsonNode after = RestBed.json(patch(self, "{\"title\":\" after \",\"tags\":[\"a\",\"b\"]}"));
    assertEquals("after", after.get("title").asText());
    assertEquals("kept", after.get("description").asText());
    assertEquals("[\"a\",\"b\"]", after.get("tags").toString());
    assertEquals(after, RestBed.json(bed.get(self)));
  }

  @Test
  void changesWithItsPackagingToo() throws Exception {
    JsonNode video = upload("");
    Instant done = Instant.parse("2100-01-01T00:00:00Z");
    bed.packaging.media.put(
        bed.assetOf(video),
        new AssetMedia(
            AssetMedia.Status.COMPLETED,
            true,
            new AssetMedia.Progress("done", 100, null),
            null,
            null,
            List.of(),
            false,
            false,
            done));
    JsonNode now = RestBed.json(bed.get(video.at("/links/self").asText()));
    assertEquals(done.toString(), now.get("updatedAt").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"title\":|bad_json",
        "[]|bad_json",
        "''|bad_json",
        "{} {}|bad_json",
        "{\"title\":\"a\",\"title\":\"b\"}|bad_json",
        "{\"titel\":\"x\"}|unknown_field",
        "{\"title\":5}|bad_field",
        "{\"title\":\"\"}|bad_field",
        "{\"tags\":\"a\"}|bad_field",
        "{\"visibility\":\"all\"}|bad_field",
        "{\"title\":\"a\\nb\"}|bad_field",
        "{\"title\":\"a\\u001b[31m\"}|bad_field",
        "{\"title\":\"\\u009b\"}|bad_field",
        "{\"title\":\"a\\ud800\"}|bad_field",
        "{\"title\":\"a\\uffff\"}|bad_field",
        "{\"title\":\" \\u200b\\u3000\"}|bad_field",
        "{\"tags\":[\"\\u0000\"]}|bad_field",
        "{\"description\":\"\\udc00\"}|bad_field"
      })
  void refusesWrongEdits(String body, String code) throws Exception {
    HttpResponse<byte[]> answer = patch(upload("").at("/links/self").asText(), body);
    assertEquals(400, answer.statusCode());
    assertEquals(code, RestBed.code(answer));
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElseThrow());
  }

  @Test
  void writingNeedsTheKey() throws Exception {
    String self = upload("").at("/links/self").asText();
    assertEquals(401, bed.send(bed.request(self).DELETE()).statusCode());
    assertEquals(
        401,
        bed.send(
                bed.request(self)
                    .header("Authorization", "Bearer wrong")
                    .method("PATCH", BodyPublishers.ofString("{}")))
            .statusCode());
    assertEquals(200, bed.get(self).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/videos/aaaaaaaaaaaaaaaaaaaa",
        "/api/v1/videos/UPPER",
        "/api/v1/videos/..%2f..%2fetc",
        "/api/v1/videos/aaaaaaaaaaaaaaaaaaaa/original",
        "/api/v1/videos/aaaaaaaaaaaaaaaaaaaa/manifest.mpd",
        "/api/v1/videos/aaaaaaaaaaaaaaaaaaaa/poster.jpg",
        "/api/v1/nothing",
        "/nothing",
        "/players/..%2flogback.xml",
        "/watch/aaaaaaaaaaaaaaaaaaaa"
      })
  void whatIsNotThereIs404(String path) throws Exception {
    String answer = bed.raw("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 404") || answer.startsWith("HTTP/1.1 400"), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/../../etc/passwd", "/api/v1/videos/../../../etc/passwd", "/%2e%2e/x"})
  void dotsInPathsLeadNowhere(String path) throws Exception {
    String answer = bed.raw("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    assertTrue(answer.matches("(?s)HTTP/1.1 40[04].*"), answer);
    assertFalse(answer.contains("root:"), answer);
  }

  @Test
  void wrongMethodsAre405() throws Exception {
    HttpResponse<byte[]> answer =
        bed.send(bed.authorized("/api/v1/videos").PUT(BodyPublishers.noBody()));
    assertEquals(405, answer.statusCode());
    assertEquals("method_not_allowed", RestBed.code(answer));
    assertTrue(answer.headers().firstValue("Allow").orElseThrow().contains("POST"));
  }

  @ParameterizedTest
  @CsvSource({
    "?limit=0,bad_parameter",
    "?limit=x,bad_parameter",
    "?limit=1&limit=2,bad_parameter",
    "?cursor=zzz,bad_parameter",
    "?cursor=AAAA,bad_parameter",
    "?sort=name,bad_parameter",
    "?sort=,bad_parameter",
    "?order=title,unknown_parameter",
    "?q=,bad_parameter",
    "?q=%20%e2%80%8b,bad_parameter",
    "?q=a%0d%0ab,bad_parameter",
    "?q=a%00b,bad_parameter",
    "?q=a&q=b,bad_parameter",
    "?status=DONE,bad_parameter",
    "?status=completed,bad_parameter",
    "?visibility=all,bad_parameter",
    "?owner=,bad_parameter",
    "?tag=%0d,bad_parameter",
    "?createdAfter=yesterday,bad_parameter",
    "?createdBefore=%2b999999999-01-01T00:00:00Z,bad_parameter",
    "?createdBefore=2026-01-01,bad_parameter",
    "?minDuration=-1,bad_parameter",
    "?maxDuration=NaN,bad_parameter",
    "?maxDuration=1e9,bad_parameter"
  })
  void refusesWrongParameters(String query, String code) throws Exception {
    HttpResponse<byte[]> answer = bed.get("/api/v1/videos" + query);
    assertEquals(400, answer.statusCode());
    assertEquals(code, RestBed.code(answer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/videos?%",
        "GET /api/v1/videos?limit=%zz",
        "GET /api/v1/videos?cursor=%ff",
        "POST /api/v1/videos?title=%",
        "POST /api/v1/videos?title=%ed%a0%80",
        "GET /api/v1/videos/%u002f"
      })
  void refusesWhatIsEscapedWrongly(String line) throws Exception {
    String answer = bed.rawLine(line, "Authorization: Bearer " + RestBed.KEY + "\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/original", "/manifest.mpd", "/master.m3u8", "/poster.jpg"})
  void oneVideoTakesNoParameters(String path) throws Exception {
    HttpResponse<byte[]> answer =
        bed.get(upload("").at("/links/self").asText() + path + "?title=x");
    assertEquals(400, answer.statusCode());
    assertEquals("unknown_parameter", RestBed.code(answer));
  }

  @Test
  void saysWhereABodyIsWrongAndNothingOfTheParser() throws Exception {
    HttpResponse<byte[]> answer = patch(upload("").at("/links/self").asText(), "{}\n {}");
    assertEquals(
        "The body is not JSON: Trailing token at line 2, column 2",
        RestBed.json(answer).get("detail").asText());
  }

  @Test
  void wordsThatAreNoMethodsAreMeasuredAsOne() throws Exception {
    bed.rawLine("FOO /api/v1/videos");
    bed.rawLine("BAR /api/v1/videos");
    Eventually.holds(
        "both are counted",
        () -> bed.meters.find("http.server.requests").tag("method", "other").timer() != null);
    assertTrue(bed.meters.find("http.server.requests").tag("method", "FOO").timers().isEmpty());
  }

  @Test
  void everyAnswerCarriesARequestId() throws Exception {
    assertEquals(
        "my-id",
        bed.get("/nothing", "X-Request-Id", "my-id")
            .headers()
            .firstValue("X-Request-Id")
            .orElseThrow());
    String made =
        bed.get("/nothing", "X-Request-Id", "not sane!")
            .headers()
            .firstValue("X-Request-Id")
            .orElseThrow();
    assertTrue(made.matches("[0-9a-f]{16}"), made);
  }

  @Test
  void otherSitesMayReadOnly() throws Exception {
    HttpResponse<byte[]> read = bed.get("/api/v1/videos");
    assertEquals("*", read.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
    HttpResponse<byte[]> preflight =
        bed.send(
            bed.request("/api/v1/videos")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertEquals(204, preflight.statusCode());
    assertEquals(
        "GET, HEAD", preflight.headers().firstValue("Access-Control-Allow-Methods").orElseThrow());
  }

  @Test
  void theWatchPageRunsNothingButItsOwnScripts() throws Exception {
    HttpResponse<byte[]> page = bed.get("/watch/" + upload("").get("id").asText());
    assertEquals(200, page.statusCode());
    String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self'"), policy);
    assertEquals(200, bed.get("/players/watch.js").statusCode());
    assertEquals(
        "text/css",
        bed.get("/players/watch.css").headers().firstValue("Content-Type").orElseThrow());
  }

  @Test
  void originalsAreAttachmentsInRanges() throws Exception {
    byte[] file = RestBed.mp4((8 << 20) + 1000, uploads++);
    String original = bed.uploaded(file, "").at("/links/original").asText();
    HttpResponse<byte[]> whole = bed.get(original);
    assertArrayEquals(file, whole.body());
    String disposition = whole.headers().firstValue("Content-Disposition").orElseThrow();
    assertTrue(disposition.startsWith("attachment; filename=\""), disposition);
    assertEquals("nosniff", whole.headers().firstValue("X-Content-Type-Options").orElseThrow());

    int edge = 8 << 20;
    HttpResponse<byte[]> across =
        bed.get(original, "Range", "bytes=" + (edge - 5) + "-" + (edge + 4));
    assertEquals(206, across.statusCode());
    assertArrayEquals(java.util.Arrays.copyOfRange(file, edge - 5, edge + 5), across.body());
    HttpResponse<byte[]> suffix = bed.get(original, "Range", "bytes=-3");
    assertArrayEquals(
        java.util.Arrays.copyOfRange(file, file.length - 3, file.length), suffix.body());
    HttpResponse<byte[]> beyond = bed.get(original, "Range", "bytes=" + file.length + "-");
    assertEquals(416, beyond.statusCode());
    assertEquals(
        "bytes */" + file.length, beyond.headers().firstValue("Content-Range").orElseThrow());
    assertEquals(200, bed.get(original, "Range", "bytes=0-1,5-6").statusCode());

    String tag = whole.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> unchanged = bed.get(original, "If-None-Match", tag);
    assertEquals(304, unchanged.statusCode());
    assertEquals(
        "application/octet-stream", unchanged.headers().firstValue("Content-Type").orElseThrow());
    assertEquals(Optional.empty(), unchanged.headers().firstValue("Content-Length"));
    assertEquals(206, bed.get(original, "Range", "bytes=0-1", "If-Range", tag).statusCode());
    assertEquals(200, bed.get(original, "Range", "bytes=0-1", "If-Range", "\"x\"").statusCode());
    HttpResponse<byte[]> head =
        bed.send(bed.request(original).method("HEAD", BodyPublishers.noBody()));
    assertEquals(
        Integer.toString(file.length), head.headers().firstValue("Content-Length").orElseThrow());
  }

  private static JsonNode upload(String query) throws Exception {
    return bed.uploaded(RestBed.mp4(2000, uploads++), query);
  }

  private static HttpResponse<byte[]> patch(String path, String body) throws Exception {
    return bed.send(
        bed.authorized(path)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }
}
