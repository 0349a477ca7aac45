package dev.tritontube.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.packaging.AssetMedia;
import dev.tritontube.web.videos.Deletions;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("catalog")
class DeletionTest {
  @TempDir private Path folder;
  private RestBed bed;

  @BeforeEach
  void start() throws Exception {
    bed = new RestBed(folder);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void aDeletedVideoIsHiddenAndCanBeRestored() throws Exception {
    String self = upload(1, "?title=gone&tags=a").at("/links/self").asText();
    assertEquals(204, delete(self));

    assertEquals(404, bed.get(self).statusCode());
    assertEquals(404, bed.send(bed.authorized(self)).statusCode());
    assertEquals(404, bed.get(self + "/original").statusCode());
    assertEquals(404, bed.get(self + "?include=deleted").statusCode());
    assertEquals(404, delete(self));
    assertEquals(0, list("").size());
    assertEquals(0, list("?q=gone").size());
    assertEquals(0, RestBed.json(bed.get("/api/v1/videos?include=deleted")).get("items").size());
    assertEquals(1, list("?include=deleted&q=gone&sort=title&tag=a").size());
    JsonNode deleted = RestBed.json(bed.send(bed.authorized(self + "?include=deleted")));
    assertTrue(deleted.hasNonNull("deletedAt"), deleted.toString());

    assertEquals(401, bed.send(post(bed.request(self + "/restore"))).statusCode());
    JsonNode restored = RestBed.json(bed.send(post(bed.authorized(self + "/restore"))));
    assertFalse(restored.has("deletedAt"));
    assertEquals(200, bed.send(post(bed.authorized(self + "/restore"))).statusCode());
    assertEquals("gone", RestBed.json(bed.get(self)).get("title").asText());
    assertEquals(1, list("?q=gone").size());
    assertEquals(200, bed.get(self + "/original").statusCode());
  }

  @Test
  void blobsStayAsLongAsALiveOrADeletedVideoNeedsThem() throws Exception {
    String first = upload(1, "").at("/links/self").asText();
    String second = upload(1, "").at("/links/self").asText();
    String other = upload(2, "").at("/links/self").asText();
    bed.settle();
    assertEquals(2, bed.blobs.contents().size());

    delete(first);
    delete(second);
    bed.settle();
    assertEquals(2, bed.blobs.contents().size());

    // The same bytes again meet what is still there.
    String third = upload(1, "").at("/links/self").asText();
    bed.settle();
    assertEquals(2, bed.blobs.contents().size());

    delete(first + "?purge=true");
    delete(second + "?purge=true");
    bed.settle();
    assertEquals(2, bed.blobs.contents().size());
    assertEquals(200, bed.get(third + "/original").statusCode());

    delete(third + "?purge=true");
    bed.settle();
    assertEquals(1, bed.blobs.contents().size());
    assertEquals(404, bed.send(post(bed.authorized(third + "/restore"))).statusCode());
    assertEquals(200, bed.get(other + "/original").statusCode());
  }

  @Test
  void whatExpiredAndWhatWasDeletedForLongGoesOnceADay() throws Exception {
    JsonNode expiring = upload(1, "");
    JsonNode kept = upload(2, "");
    JsonNode outlived = upload(3, "");
    JsonNode deleted = upload(4, "");
    delete(outlived.at("/links/self").asText());
    delete(deleted.at("/links/self").asText());
    patch(kept, "{\"expiresAt\":\"2999-01-01T00:00:00+01:00\"}");
    JsonNode later = RestBed.json(patch(expiring, "{\"expiresAt\":\"2999-12-31T00:00:00Z\"}"));
    assertEquals("2999-12-31T00:00:00Z", later.get("expiresAt").asText());
    long longAgo = Instant.now().minus(Duration.ofDays(31)).toEpochMilli();
    move("expires_at", expiring, longAgo);
    move("deleted_at", outlived, longAgo);

    deletions().cleanUpWhenDue();
    move("deleted_at", deleted, longAgo);
    // Another server, on the same day.
    deletions().cleanUpWhenDue();
    bed.settle();

    assertEquals(404, bed.get(expiring.at("/links/self").asText()).statusCode());
    assertEquals(200, bed.get(kept.at("/links/self").asText()).statusCode());
    assertEquals(3, list("?include=deleted").size());
    assertEquals(3, bed.blobs.contents().size());
    JsonNode log = RestBed.json(bed.send(bed.authorized("/api/v1/cleanups"))).get("items");
    assertEquals(1, log.size());
    assertTrue(log.at("/0/dueAt").asText().endsWith("T02:00:00Z"), log.toString());
    assertEquals("1 1", log.at("/0/expired").asInt() + " " + log.at("/0/purged").asInt());
  }

  @Test
  void aBatchSaysOfEachVideoWhatBecameOfIt() throws Exception {
    String one = upload(1, "?tags=a").get("id").asText();
    String two = upload(2, "?tags=b").get("id").asText();
    String ids = "\"ids\":[\"%s\",\"%s\",\"nowhere\"]".formatted(one, two);

    assertEquals(
        "200 200 404", batch("{\"action\":\"tag\",\"add\":[\"c\"],\"remove\":[\"a\"]," + ids));
    assertEquals("[\"c\"]", list("?tag=c&sort=createdAt").at("/0/tags").toString());
    assertEquals("[\"b\",\"c\"]", list("?tag=c&sort=createdAt").at("/1/tags").toString());
    assertEquals("400 400 404", batch("{\"action\":\"tag\",\"add\":[\"\\r\\n\"]," + ids));
    assertEquals(
        "200 200 404", batch("{\"action\":\"visibility\",\"visibility\":\"private\"," + ids));
    assertEquals(2, list("?visibility=private").size());
    assertEquals("200 200 404", batch("{\"action\":\"delete\"," + ids));
    assertEquals("404 404 404", batch("{\"action\":\"delete\"," + ids));
    assertEquals("200 200 404", batch("{\"action\":\"restore\"," + ids));
    assertEquals(2, list("").size());
    assertEquals("200 200 404", batch("{\"action\":\"delete\",\"purge\":true," + ids));
    bed.settle();
    assertEquals(0, bed.blobs.contents().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ids\":[\"a\"]}",
        "{\"action\":\"burn\",\"ids\":[\"a\"]}",
        "{\"action\":\"delete\"}",
        "{\"action\":\"delete\",\"ids\":[]}",
        "{\"action\":\"delete\",\"ids\":[\"a\",\"a\"]}",
        "{\"action\":\"delete\",\"ids\":[1]}",
        "{\"action\":\"delete\",\"ids\":[\"a\"],\"purge\":1}",
        "{\"action\":\"delete\",\"ids\":[\"a\"],\"add\":[]}",
        "{\"action\":\"visibility\",\"ids\":[\"a\"]}"
      })
  void refusesWrongBatches(String body) throws Exception {
    HttpResponse<byte[]> answer = bed.send(postBatch(body));
    assertEquals(400, answer.statusCode());
    assertTrue(RestBed.code(answer).endsWith("_field"));
  }

  @Test
  void saysWhatTheNextCleanupWouldDo() throws Exception {
    JsonNode video = upload(1, "");
    bed.database.jdbi().useHandle(handle -> handle.execute("update videos set expires_at = 1"));
    JsonNode plan = RestBed.json(bed.send(bed.authorized("/api/v1/cleanups/next")));
    assertEquals(video.get("id"), plan.at("/expired/0"));
    assertEquals(200, bed.get(video.at("/links/self").asText()).statusCode());
    assertEquals(401, bed.get("/api/v1/cleanups").statusCode());
  }

  @Test
  void anEditOfWhatSomebodyElseChangedIsRefused() throws Exception {
    JsonNode video = upload(1, "?title=one");
    String self = video.at("/links/self").asText();
    String tag = bed.get(self).headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> first = patch(video, "{\"title\":\"two\"}", "If-Match", tag);
    assertEquals(200, first.statusCode());
    assertNotEquals(tag, first.headers().firstValue("ETag").orElseThrow());

    HttpResponse<byte[]> second = patch(video, "{\"title\":\"three\"}", "If-Match", tag);
    assertEquals(412, second.statusCode());
    assertEquals("precondition_failed", RestBed.code(second));
    assertEquals("two", RestBed.json(bed.get(self)).get("title").asText());
    // What is wrong anyway is said first.
    assertEquals(400, patch(video, "{\"title\":\"\"}", "If-Match", tag).statusCode());
    assertEquals(200, patch(video, "{}", "If-Match", "*").statusCode());
    assertEquals(412, patch(video, "{}", "If-Match", "W/" + tag).statusCode());
    String now = first.headers().firstValue("ETag").orElseThrow();
    assertEquals(200, patch(video, "{}", "If-Match", "\"x\", " + now).statusCode());
  }

  @Test
  void anEditIsGuardedByTheTagOfACompressedAnswerToo() throws Exception {
    JsonNode video = upload(1, "?title=one&description=" + "long".repeat(500));
    String self = video.at("/links/self").asText();
    HttpResponse<byte[]> packed = bed.get(self, "Accept-Encoding", "gzip");
    assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElseThrow());
    String tag = packed.headers().firstValue("ETag").orElseThrow();
    assertNotEquals(tag, bed.get(self).headers().firstValue("ETag").orElseThrow());
    assertEquals(200, patch(video, "{\"title\":\"two\"}", "If-Match", tag).statusCode());
    assertEquals(412, patch(video, "{\"title\":\"three\"}", "If-Match", tag).statusCode());
  }

  @Test
  void whatIsKnownOfAVideoIsOldWhenItProceedsButEditsHold() throws Exception {
    JsonNode video = upload(1, "");
    String self = video.at("/links/self").asText();
    String tag = bed.get(self).headers().firstValue("ETag").orElseThrow();
    assertEquals(304, bed.get(self, "If-None-Match", tag).statusCode());
    bed.packaging.media.put(
        bed.assetOf(video),
        new AssetMedia(
            AssetMedia.Status.PROCESSING,
            false,
            new AssetMedia.Progress("probing", 0, null),
            null,
            null,
            List.of(),
            false,
            false,
            Instant.EPOCH));
    HttpResponse<byte[]> later = bed.get(self, "If-None-Match", tag);
    assertEquals(200, later.statusCode());
    assertEquals("PROCESSING", RestBed.json(later).get("status").asText());
    assertEquals(200, patch(video, "{\"title\":\"two\"}", "If-Match", tag).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"expiresAt\":\"2000-01-01T00:00:00Z\"}",
        "{\"expiresAt\":\"soon\"}",
        "{\"expiresAt\":5}",
        "{\"expiresAt\":\"+99999-01-01T00:00:00Z\"}"
      })
  void refusesWrongExpiries(String body) throws Exception {
    HttpResponse<byte[]> answer = patch(upload(1, ""), body);
    assertEquals(400, answer.statusCode());
    assertEquals("bad_field", RestBed.code(answer));
  }

  @ParameterizedTest
  @CsvSource({"?include=all", "?include=deleted&include=deleted", "?include="})
  void refusesWrongInclusions(String query) throws Exception {
    String self = upload(1, "").at("/links/self").asText();
    assertEquals(400, bed.get(self + query).statusCode());
    assertEquals(400, bed.get("/api/v1/videos" + query).statusCode());
  }

  private Deletions deletions() {
    return new Deletions(
        bed.database,
        new Deletions.Settings(Duration.ofDays(30), LocalTime.of(2, 0), ZoneOffset.UTC),
        InstantSource.system());
  }

  private void move(String column, JsonNode video, long millis) {
    bed.database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update videos set " + column + " = ? where id = ?",
                    millis,
                    video.get("id").asText()));
  }

  private java.net.http.HttpRequest.Builder postBatch(String body) {
    return bed.authorized("/api/v1/videos/batch").POST(BodyPublishers.ofString(body));
  }

  /// The statuses of its items.
  private String batch(String bodyWithoutEnd) throws Exception {
    List<String> statuses = new ArrayList<>();
    RestBed.json(bed.send(postBatch(bodyWithoutEnd + "}")))
        .get("items")
        .forEach(item -> statuses.add(item.get("status").asText()));
    return String.join(" ", statuses);
  }

  private JsonNode upload(int bytes, String query) throws Exception {
    return bed.uploaded(RestBed.mp4(2000, bytes), query);
  }

  private int delete(String path) throws Exception {
    return bed.send(bed.authorized(path).DELETE()).statusCode();
  }

  private JsonNode list(String query) throws Exception {
    return RestBed.json(bed.send(bed.authorized("/api/v1/videos" + query))).get("items");
  }

  private static java.net.http.HttpRequest.Builder post(java.net.http.HttpRequest.Builder request) {
    return request.POST(BodyPublishers.noBody());
  }

  private HttpResponse<byte[]> patch(JsonNode video, String body, String... headers)
      throws Exception {
    var request = bed.authorized(video.at("/links/self").asText());
    return bed.send(
        (headers.length == 0 ? request : request.headers(headers))
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body)));
  }
}
