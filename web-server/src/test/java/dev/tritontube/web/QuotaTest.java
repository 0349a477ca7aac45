package dev.tritontube.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaTest {
  private static final String PASSWORD = "a long password of hers";

  @TempDir Path folder;
  private RestBed bed;
  private String ann;
  private String token;

  @BeforeEach
  void start() throws Exception {
    bed = new RestBed(folder);
    JsonNode user =
        RestBed.json(bed.send(json("/api/v1/auth/register", RestBed.KEY, credentials())));
    ann = "/api/v1/users/" + user.get("id").asText();
    token =
        RestBed.json(bed.send(json("/api/v1/auth/login", "x", credentials())))
            .get("accessToken")
            .asText();
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void saysWhatThereIsAndHowMuchIsLeft() throws Exception {
    JsonNode user = set("{\"quota\":{\"bytes\":1000,\"videos\":2}}");
    assertEquals("{\"bytes\":1000,\"videos\":2,\"uploads\":null}", user.get("quota").toString());
    assertEquals(201, upload(600, 1).statusCode());
    HttpResponse<byte[]> refused = upload(401, 2);
    assertEquals(413, refused.statusCode());
    assertEquals("quota_exceeded", RestBed.code(refused));
    assertEquals(
        "{\"name\":\"bytes\",\"limit\":1000,\"left\":400}",
        RestBed.json(refused).get("quota").toString());
    assertEquals(201, upload(400, 2).statusCode());
    HttpResponse<byte[]> another = upload(1, 3);
    assertEquals(413, another.statusCode());
    assertEquals("videos", RestBed.json(another).at("/quota/name").asText());
    JsonNode usage = RestBed.json(get("/api/v1/auth/me")).get("usage");
    assertEquals("{\"used\":1000,\"held\":0,\"limit\":1000}", usage.get("bytes").toString());
    assertEquals("{\"used\":2,\"held\":0,\"limit\":2}", usage.get("videos").toString());
    assertEquals("{\"used\":0,\"held\":0,\"limit\":null}", usage.get("uploads").toString());
    assertEquals(
        usage,
        RestBed.json(bed.send(bed.authorized(ann))).get("usage"),
        "as administrators see it");
  }

  @Test
  void whatIsDeletedTakesRoomUntilItIsPurged() throws Exception {
    set("{\"quota\":{\"videos\":1}}");
    String video = "/api/v1/videos/" + RestBed.json(upload(100, 1)).get("id").asText();
    assertEquals(204, bed.send(as(video).DELETE()).statusCode());
    assertEquals(413, upload(100, 2).statusCode());
    assertEquals(204, bed.send(as(video + "?purge=true").DELETE()).statusCode());
    assertEquals(201, upload(100, 2).statusCode());
  }

  @Test
  void uploadsHoldRoomFromTheirBeginningToTheirEnd() throws Exception {
    set("{\"quota\":{\"bytes\":1000,\"uploads\":2}}");
    HttpResponse<byte[]> first = create("Upload-Length", "700");
    assertEquals(201, first.statusCode());
    assertEquals(413, create("Upload-Length", "301").statusCode());
    assertEquals(413, presign(301).statusCode());
    assertEquals(201, presign(300).statusCode());
    HttpResponse<byte[]> third = create("Upload-Length", "1");
    assertEquals(413, third.statusCode());
    assertEquals("uploads", RestBed.json(third).at("/quota/name").asText());
    String location = first.headers().firstValue("Location").orElseThrow();
    assertEquals(204, bed.send(tus(location).DELETE()).statusCode());
    assertEquals(201, create("Upload-Length", "700").statusCode());
    assertEquals(
        "{\"used\":0,\"held\":1000,\"limit\":1000}",
        RestBed.json(get("/api/v1/auth/me")).at("/usage/bytes").toString());
  }

  @Test
  void whatHasNoLengthTakesRoomAsItComes() throws Exception {
    set("{\"quota\":{\"bytes\":1000}}");
    String location =
        create("Upload-Defer-Length", "1").headers().firstValue("Location").orElseThrow();
    assertEquals(204, patch(location, 0, 600).statusCode());
    HttpResponse<byte[]> more = patch(location, 600, 401);
    assertEquals(413, more.statusCode());
    assertEquals("quota_exceeded", RestBed.code(more));
    assertEquals(204, patch(location, 600, 400).statusCode());
    assertEquals(204, bed.send(tus(location).DELETE()).statusCode());
    byte[] file = RestBed.mp4(1001);
    HttpResponse<byte[]> chunked =
        bed.send(
            as("/api/v1/videos")
                .header("Content-Type", "video/mp4")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(file))));
    assertEquals(413, chunked.statusCode());
    bed.settle();
    assertEquals(0, RestBed.json(get("/api/v1/auth/me")).at("/usage/bytes/held").asLong());
    assertEquals(0, RestBed.json(get("/api/v1/auth/me")).at("/usage/uploads/held").asLong());
  }

  @Test
  void partsArePutTogetherInTheRoomThatTheyHold() throws Exception {
    set("{\"quota\":{\"bytes\":1000,\"videos\":1,\"uploads\":2}}");
    byte[] file = RestBed.mp4(1000);
    String[] parts = new String[2];
    for (int i = 0; i < 2; i++) {
      HttpResponse<byte[]> part =
          bed.send(
              tus("/api/v1/uploads")
                  .header("Upload-Length", "500")
                  .header("Upload-Concat", "partial")
                  .POST(BodyPublishers.noBody()));
      assertEquals(201, part.statusCode());
      parts[i] = part.headers().firstValue("Location").orElseThrow();
      byte[] half = Arrays.copyOfRange(file, 500 * i, 500 * i + 500);
      assertEquals(204, patch(parts[i], 0, half).statusCode());
    }
    HttpResponse<byte[]> whole =
        bed.send(
            tus("/api/v1/uploads")
                .header("Upload-Concat", "final;" + parts[0] + " " + parts[1])
                .POST(BodyPublishers.noBody()));
    assertEquals(201, whole.statusCode(), new String(whole.body()));
    JsonNode usage = RestBed.json(get("/api/v1/auth/me")).get("usage");
    assertEquals("{\"used\":1000,\"held\":0,\"limit\":1000}", usage.get("bytes").toString());
    assertEquals(0, usage.at("/uploads/held").asLong());
  }

  @Test
  void administratorsHaveNoBoundsAndBadQuotasAreNone() throws Exception {
    for (String bad :
        new String[] {
          "{\"quota\":{\"bytes\":-1}}",
          "{\"quota\":{\"bytes\":\"1\"}}",
          "{\"quota\":7}",
          "{\"quota\":{\"bytes\":1.5}}"
        }) {
      assertEquals("bad_field", RestBed.code(patchUser(bad)), bad);
    }
    assertEquals("unknown_field", RestBed.code(patchUser("{\"quota\":{\"size\":1}}")));
    set("{\"quota\":{\"bytes\":0}}");
    assertEquals(413, upload(1, 1).statusCode());
    set("{\"role\":\"admin\"}");
    assertEquals(201, upload(100, 1).statusCode());
    assertEquals(201, bed.upload(RestBed.mp4(100), "").statusCode());
    JsonNode again = set("{\"role\":\"uploader\",\"quota\":{\"bytes\":null}}");
    assertTrue(again.at("/quota/bytes").isNull());
  }

  private JsonNode set(String change) throws Exception {
    HttpResponse<byte[]> answer = patchUser(change);
    assertEquals(200, answer.statusCode(), new String(answer.body()));
    return RestBed.json(answer);
  }

  private HttpResponse<byte[]> patchUser(String change) throws Exception {
    return bed.send(
        bed.authorized(ann)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(change)));
  }

  private static String credentials() {
    return "{\"username\":\"ann\",\"password\":\"%s\"}".formatted(PASSWORD);
  }

  private HttpRequest.Builder json(String path, String key, String body) {
    HttpRequest.Builder request =
        bed.request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return key.equals("x") ? request : request.header("Authorization", "Bearer " + key);
  }

  private HttpRequest.Builder as(String path) {
    return bed.request(path).header("Authorization", "Bearer " + token);
  }

  private HttpRequest.Builder tus(String path) {
    return as(path).header("Tus-Resumable", "1.0.0");
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return bed.send(as(path));
  }

  private HttpResponse<byte[]> upload(int size, long seed) throws Exception {
    return bed.send(
        as("/api/v1/videos")
            .header("Content-Type", "video/mp4")
            .POST(BodyPublishers.ofByteArray(RestBed.mp4(Math.max(size, 1), seed))));
  }

  private HttpResponse<byte[]> create(String name, String value) throws Exception {
    String title = Base64.getEncoder().encodeToString("t".getBytes());
    return bed.send(
        tus("/api/v1/uploads")
            .header(name, value)
            .header("Upload-Metadata", "title " + title)
            .POST(BodyPublishers.noBody()));
  }

  private HttpResponse<byte[]> presign(int size) throws Exception {
    return bed.send(
        as("/api/v1/uploads/presign")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"sizeBytes\":%d,\"contentType\":\"video/mp4\"}".formatted(size))));
  }

  private HttpResponse<byte[]> patch(String path, int offset, int size) throws Exception {
    byte[] file = RestBed.mp4(2000);
    return patch(path, offset, Arrays.copyOfRange(file, offset, offset + size));
  }

  private HttpResponse<byte[]> patch(String path, int offset, byte[] bytes) throws Exception {
    return bed.send(
        tus(path)
            .header("Upload-Offset", Integer.toString(offset))
            .header("Content-Type", "application/offset+octet-stream")
            .method("PATCH", BodyPublishers.ofByteArray(bytes)));
  }
}
