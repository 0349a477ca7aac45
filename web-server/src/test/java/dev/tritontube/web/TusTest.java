package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.catalog.VideoId;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("catalog")
class TusTest {
  private static final String UPLOADS = "/api/v1/uploads";
  private static final String MEMBER =
      "{\"username\": \"member\", \"password\": \"correct horse\"}";
  private static final int CHUNK = 8 << 20;

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
  void tellsWhatItSpeaks() throws Exception {
    HttpResponse<byte[]> answer =
        bed.send(bed.request(UPLOADS).method("OPTIONS", BodyPublishers.noBody()));
    assertEquals(204, answer.statusCode());
    assertEquals("1.0.0", header(answer, "Tus-Version"));
    assertEquals(Long.toString(RestBed.MAX_UPLOAD), header(answer, "Tus-Max-Size"));
    assertEquals("sha256,sha1,md5", header(answer, "Tus-Checksum-Algorithm"));
  }

  @Test
  void makesAVideoOfWhatCameInPieces() throws Exception {
    byte[] file = RestBed.mp4(2 * CHUNK + 777);
    String upload =
        created(
            "Upload-Length",
            file.length + "",
            "Upload-Metadata",
            "filename "
                + base64("A day.mp4")
                + ",tags "
                + base64("a,b")
                + ",mine,visibility "
                + base64("unlisted"));
    int[] ends = {1, 1000, 5000, CHUNK + 6000, CHUNK + 6001, file.length};
    int from = 0;
    for (int end : ends) {
      HttpResponse<byte[]> answer = patch(upload, from, Arrays.copyOfRange(file, from, end));
      assertEquals(204, answer.statusCode(), () -> new String(answer.body(), UTF_8));
      assertEquals(end + "", header(answer, "Upload-Offset"));
      assertEquals(end + "", offset(upload));
      from = end;
    }
    JsonNode done = RestBed.json(bed.send(bed.authorized(upload)));
    assertEquals("DONE", done.get("state").asText());
    JsonNode video = RestBed.json(bed.get(done.get("video").get("self").asText()));
    assertEquals("A day", video.get("title").asText());
    assertEquals("unlisted", video.get("visibility").asText());
    assertEquals("[\"a\",\"b\"]", video.get("tags").toString());
    assertEquals(sha256(file), video.get("sha256").asText());
    assertOriginal(file, video);
    assertEquals(409, patch(upload, file.length, new byte[1]).statusCode());
  }

  @Test
  void keepsWhatCameBeforeAConnectionBroke() throws Exception {
    byte[] file = RestBed.mp4(3 * CHUNK);
    String upload = created("Upload-Length", file.length + "");
    Random random = new Random(3);
    int from = 0;
    int furthest = 0;
    for (int i = 0; i < 20; i++) {
      int end = Math.min(file.length - 1, from + 1 + random.nextInt(file.length / 12));
      breakOff(upload, file, from, end);
      furthest = Math.max(furthest, end);
      int at = Integer.parseInt(offset(upload));
      assertTrue(at >= from && at <= furthest, from + " to " + furthest + ", but " + at);
      from = at;
    }
    // What was broken off last may still be on its way.
    Eventually.holds("the rest is taken", () -> tookTheRest(upload, file));
    assertOriginal(file, video(upload));
  }

  private boolean tookTheRest(String upload, byte[] file) throws Exception {
    int at = Integer.parseInt(offset(upload));
    return patch(upload, at, Arrays.copyOfRange(file, at, file.length)).statusCode() == 204;
  }

  /// Promises all that is left, sends up to `end`, and hangs up once that has arrived.
  private void breakOff(String upload, byte[] file, int from, int end) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", bed.server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("PATCH %s HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\n"
                  + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: %d\r\n"
                  + "Content-Length: %d\r\n\r\n")
              .formatted(upload, RestBed.KEY, from, file.length - from)
              .getBytes(ISO_8859_1));
      out.write(file, from, end - from);
      out.flush();
    }
  }

  @Test
  void goesOnOnAnotherServer() throws Exception {
    byte[] file = RestBed.mp4(CHUNK + 100);
    String upload = created("Upload-Length", file.length + "");
    patch(upload, 0, Arrays.copyOf(file, CHUNK / 2));
    bed.restart();
    assertEquals(CHUNK / 2 + "", offset(upload));
    assertEquals(
        204,
        patch(upload, CHUNK / 2, Arrays.copyOfRange(file, CHUNK / 2, file.length)).statusCode());
    assertOriginal(file, video(upload));
  }

  @Test
  void aHeadEndsAnOlderRequestAndKeepsWhatThatGot() throws Exception {
    byte[] file = RestBed.mp4(2 * CHUNK);
    String upload = created("Upload-Length", file.length + "");
    try (Socket hanging = new Socket("127.0.0.1", bed.server.port())) {
      OutputStream out = hanging.getOutputStream();
      out.write(
          ("PATCH %s HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\n"
                  + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n"
                  + "Content-Length: %d\r\n\r\n")
              .formatted(upload, RestBed.KEY, file.length)
              .getBytes(ISO_8859_1));
      out.write(file, 0, CHUNK + 70_000);
      out.flush();
      Eventually.holds(
          "it comes",
          () -> RestBed.json(bed.send(bed.authorized(upload))).get("offset").asInt() == CHUNK);
      int at = Integer.parseInt(offset(upload));
      assertTrue(at > CHUNK && at <= CHUNK + 70_000, at + " bytes");
      byte[] rest = Arrays.copyOfRange(file, at, file.length);
      assertEquals(204, patch(upload, at, rest).statusCode());
    }
    assertOriginal(file, video(upload));
  }

  @Test
  void takesOnlyBytesOfWhichTheChecksumHolds() throws Exception {
    byte[] file = RestBed.mp4(CHUNK + 5);
    String upload = created("Upload-Length", file.length + "");
    String wrong = "sha256 " + Base64.getEncoder().encodeToString(new byte[32]);
    HttpResponse<byte[]> refused = patch(upload, 0, file, "Upload-Checksum", wrong);
    assertEquals(460, refused.statusCode());
    assertEquals("checksum_mismatch", RestBed.code(refused));
    assertEquals("0", offset(upload));
    String right = "sha1 " + Base64.getEncoder().encodeToString(digest("SHA-1", file));
    assertEquals(204, patch(upload, 0, file, "Upload-Checksum", right).statusCode());
    assertOriginal(file, video(upload));
    for (String bad : List.of("sha256", "crc32 AAAA", "sha1 AAAA", "sha1 *")) {
      assertEquals(400, patch(upload, 0, file, "Upload-Checksum", bad).statusCode());
    }
  }

  @Test
  void refusesAnotherOffset() throws Exception {
    String upload = created("Upload-Length", "100000");
    patch(upload, 0, RestBed.mp4(50));
    HttpResponse<byte[]> answer = patch(upload, 49, new byte[10]);
    assertEquals(409, answer.statusCode());
    assertEquals("wrong_offset", RestBed.code(answer));
    assertEquals("50", offset(upload));
  }

  @Test
  void refusesMoreThanTheLength() throws Exception {
    String upload = created("Upload-Length", "60");
    HttpResponse<byte[]> answer = patch(upload, 0, RestBed.mp4(61));
    assertEquals(413, answer.statusCode());
    assertEquals("0", offset(upload));
  }

  @Test
  void refusesWhatIsNoVideoAndDeletesIt() throws Exception {
    String upload = created("Upload-Length", "5000");
    assertEquals(415, patch(upload, 0, new byte[5000]).statusCode());
    assertEquals(410, head(upload).statusCode());
    assertNothingIsLeft();
  }

  @Test
  void anExpiredUploadIsGoneWithItsBytes() throws Exception {
    String upload = created("Upload-Length", "5000");
    patch(upload, 0, RestBed.mp4(4500));
    bed.database
        .jdbi()
        .useTransaction(
            tx -> {
              tx.execute("update resumable_uploads set expires_at = 1");
              tx.execute("update uploads set alive_at = 1");
            });
    assertEquals(410, head(upload).statusCode());
    HttpResponse<byte[]> answer = patch(upload, 4500, new byte[500]);
    assertEquals(410, answer.statusCode());
    assertEquals("gone", RestBed.code(answer));
    bed.rest.recovery().run();
    assertNothingIsLeft();
  }

  @Test
  void whatADeletedUserHadBegunIsGoneWithItsBytes() throws Exception {
    String user = post("/api/v1/users", RestBed.KEY, MEMBER).get("id").asText();
    String token = post("/api/v1/auth/login", RestBed.KEY, MEMBER).get("accessToken").asText();
    String link =
        post(UPLOADS + "/presign", token, "{\"sizeBytes\": 5000, \"contentType\": \"video/mp4\"}")
            .get("url")
            .asText();
    assertEquals(204, put(link, "video/mp4", RestBed.mp4(5000)).statusCode());
    String anothers = created("Upload-Length", "5000");
    patch(anothers, 0, RestBed.mp4(4500));
    assertEquals(2, bed.blobs.keys().size());

    assertEquals(204, bed.send(bed.authorized("/api/v1/users/" + user).DELETE()).statusCode());
    bed.rest.recovery().run();
    bed.rest.purger().purgeDue();

    assertEquals(1, bed.blobs.keys().size());
    assertEquals("4500", offset(anothers));
  }

  @Test
  void takesNoMorePiecesThanCanBeKept() throws Exception {
    String upload = created("Upload-Length", "5000");
    patch(upload, 0, RestBed.mp4(4500));
    bed.database
        .jdbi()
        .useTransaction(tx -> tx.execute("update uploads set chunks_reserved = 65536"));
    HttpResponse<byte[]> answer = patch(upload, 4500, new byte[500]);
    assertEquals(409, answer.statusCode());
    assertEquals("too_many_pieces", RestBed.code(answer));
  }

  @Test
  void aTerminatedUploadIsGoneWithItsBytes() throws Exception {
    String upload = created("Upload-Length", "5000");
    patch(upload, 0, RestBed.mp4(4500));
    assertEquals(204, bed.send(tus(upload).DELETE()).statusCode());
    assertEquals(410, head(upload).statusCode());
    assertEquals(410, bed.send(tus(upload).DELETE()).statusCode());
    assertNothingIsLeft();
  }

  @Test
  void putsPartsTogether() throws Exception {
    byte[] file = RestBed.mp4(CHUNK + 3000);
    String first = created("Upload-Length", "2000", "Upload-Concat", "partial");
    String second = created("Upload-Length", file.length - 2000 + "", "Upload-Concat", "partial");
    patch(first, 0, Arrays.copyOf(file, 2000));
    String together = "final;" + bed.uri(first) + " " + second;
    assertEquals(400, create("Upload-Concat", together).statusCode());
    patch(second, 0, Arrays.copyOfRange(file, 2000, file.length));
    HttpResponse<byte[]> answer = create("Upload-Concat", together);
    assertEquals(201, answer.statusCode(), () -> new String(answer.body(), UTF_8));
    String whole = header(answer, "Location");
    assertEquals(file.length + "", offset(whole));
    JsonNode video = video(whole);
    assertOriginal(file, video);
    assertEquals(410, head(first).statusCode());
    bed.settle();
    String asset = bed.assetOf(video).value();
    assertTrue(bed.blobs.keys().stream().allMatch(key -> key.startsWith("a/" + asset + "/")));
  }

  @Test
  void isToldTheLengthLater() throws Exception {
    byte[] file = RestBed.mp4(9000);
    String upload = created("Upload-Defer-Length", "1");
    assertEquals("1", header(head(upload), "Upload-Defer-Length"));
    patch(upload, 0, Arrays.copyOf(file, 6000));
    assertEquals(
        204,
        patch(upload, 6000, Arrays.copyOfRange(file, 6000, 9000), "Upload-Length", "9000")
            .statusCode());
    assertOriginal(file, video(upload));
  }

  /// The server that acknowledged the last byte was killed before it made a video.
  @Test
  void makesAVideoOfWhatIsWholeWhoeverAsks() throws Exception {
    byte[] file = RestBed.mp4(5000);
    String upload = created("Upload-Defer-Length", "1");
    patch(upload, 0, file);
    bed.database
        .jdbi()
        .useTransaction(tx -> tx.execute("update resumable_uploads set length = received"));
    assertEquals("5000", offset(upload));
    assertOriginal(file, video(upload));
  }

  @Test
  void makesAVideoOfWhatIsWholeThoughNobodyAsks() throws Exception {
    String upload = created("Upload-Defer-Length", "1");
    patch(upload, 0, RestBed.mp4(5000));
    long soon = System.currentTimeMillis() + 3_600_000;
    bed.database
        .jdbi()
        .useTransaction(
            tx ->
                tx.execute("update resumable_uploads set length = received, expires_at = ?", soon));
    bed.rest.resumable().run();
    assertEquals(5000, video(upload).get("sizeBytes").asLong());
  }

  @Test
  void isToldTheLengthOfFewBytesInTheEnd() throws Exception {
    byte[] file = RestBed.mp4(100);
    String upload = created("Upload-Defer-Length", "1");
    patch(upload, 0, file);
    assertEquals(204, patch(upload, 100, new byte[0], "Upload-Length", "100").statusCode());
    assertOriginal(file, video(upload));
  }

  @Test
  void takesBytesWithTheCreation() throws Exception {
    byte[] file = RestBed.mp4(5000);
    HttpResponse<byte[]> answer =
        bed.send(
            tus(UPLOADS)
                .header("Upload-Length", "5000")
                .header("Content-Type", "application/offset+octet-stream")
                .POST(BodyPublishers.ofByteArray(file)));
    assertEquals(201, answer.statusCode(), () -> new String(answer.body(), UTF_8));
    assertEquals("5000", header(answer, "Upload-Offset"));
    assertOriginal(file, video(header(answer, "Location")));
  }

  @Test
  void theSameBytesShareAnAssetAndLeaveNothingBehind() throws Exception {
    byte[] file = RestBed.mp4(CHUNK + 50);
    JsonNode first = bed.uploaded(file, "");
    String upload = created("Upload-Length", file.length + "");
    patch(upload, 0, Arrays.copyOf(file, 100));
    patch(upload, 100, Arrays.copyOfRange(file, 100, file.length));
    assertEquals(bed.assetOf(first), bed.assetOf(video(upload)));
    bed.settle();
    assertEquals(2, bed.blobs.keys().size());
  }

  @Test
  void aDeletedVideoLeavesNoPieceBehind() throws Exception {
    byte[] file = RestBed.mp4(5000);
    String upload = created("Upload-Length", "5000");
    patch(upload, 0, Arrays.copyOf(file, 100));
    patch(upload, 100, Arrays.copyOfRange(file, 100, 5000));
    bed.send(
        bed.authorized("/api/v1/videos/" + video(upload).get("id").asText() + "?purge=true")
            .DELETE());
    assertNothingIsLeft();
    long pieces =
        bed.database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select count(*) from original_pieces")
                        .mapTo(Long.class)
                        .one());
    assertEquals(0, pieces);
  }

  @ParameterizedTest
  @CsvSource({
    "Upload-Length, -1, 400",
    "Upload-Length, 1e3, 400",
    "Upload-Length, 0, 400",
    "Upload-Length, 99999999999, 413",
    "Upload-Defer-Length, 2, 400",
    "Upload-Concat, whole, 400",
    "Upload-Concat, final;/api/v1/uploads/nothing, 400",
    "Upload-Metadata, title YQ==, 400"
  })
  void refusesBadHeaders(String name, String value, int status) throws Exception {
    assertEquals(status, create(name, value).statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "title *",
    "'title YQ==,title YQ=='",
    "title YQ== YQ==",
    "'title YQ==,,'",
    "title gICA",
    "visibility c2VjcmV0",
    "title YQpi"
  })
  void refusesBadMetadata(String metadata) throws Exception {
    assertEquals(400, create("Upload-Length", "10", "Upload-Metadata", metadata).statusCode());
  }

  @Test
  void anotherVersionIsRefusedAndNobodyIsSentAway() throws Exception {
    HttpResponse<byte[]> version = bed.send(bed.authorized(UPLOADS).POST(BodyPublishers.noBody()));
    assertEquals(412, version.statusCode());
    assertEquals("1.0.0", header(version, "Tus-Version"));
    HttpResponse<byte[]> nobody =
        bed.send(
            bed.request(UPLOADS).header("Tus-Resumable", "1.0.0").POST(BodyPublishers.noBody()));
    assertEquals(401, nobody.statusCode());
    assertEquals(404, head(UPLOADS + "/" + "a".repeat(20)).statusCode());
  }

  @Test
  void aSignedAddressTakesTheFileThatItWasMadeFor() throws Exception {
    byte[] file = RestBed.mp4(CHUNK + 9);
    HttpResponse<byte[]> presigned =
        bed.send(
            bed.authorized(UPLOADS + "/presign")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"sizeBytes": %d, "contentType": "video/mp4", "filename": "trip.mp4",
                         "tags": ["x", "y"]}"""
                            .formatted(file.length))));
    assertEquals(201, presigned.statusCode(), () -> new String(presigned.body(), UTF_8));
    JsonNode address = RestBed.json(presigned);
    String url = address.get("url").asText();
    String complete = UPLOADS + "/" + address.get("uploadId").asText() + "/complete";

    assertEquals(415, put(url, "video/webm", file).statusCode());
    assertEquals(400, put(url, "video/mp4", Arrays.copyOf(file, 10)).statusCode());
    assertEquals(403, put(url.replaceFirst(".$", "!"), "video/mp4", file).statusCode());
    assertEquals(
        409, bed.send(bed.authorized(complete).POST(BodyPublishers.noBody())).statusCode());
    assertEquals(204, put(url, "video/mp4", RestBed.mp4(file.length, 8)).statusCode());
    assertEquals(204, put(url, "video/mp4", file).statusCode());

    assertEquals(401, bed.send(bed.request(complete).POST(BodyPublishers.noBody())).statusCode());
    HttpResponse<byte[]> made = bed.send(bed.authorized(complete).POST(BodyPublishers.noBody()));
    assertEquals(201, made.statusCode(), () -> new String(made.body(), UTF_8));
    JsonNode video = RestBed.json(made);
    assertEquals("trip", video.get("title").asText());
    assertOriginal(file, video);
    assertEquals(
        200, bed.send(bed.authorized(complete).POST(BodyPublishers.noBody())).statusCode());
    assertEquals(409, put(url, "video/mp4", file).statusCode());
    bed.settle();
    String asset = bed.assetOf(video).value();
    assertTrue(bed.blobs.keys().stream().allMatch(key -> key.startsWith("a/" + asset + "/")));
  }

  @Test
  void aSignedAddressIsShutWhenWhoAskedForItMayUploadNoMore() throws Exception {
    String user = post("/api/v1/users", RestBed.KEY, MEMBER).get("id").asText();
    String token = post("/api/v1/auth/login", RestBed.KEY, MEMBER).get("accessToken").asText();
    String url =
        post(UPLOADS + "/presign", token, "{\"sizeBytes\": 50, \"contentType\": \"video/mp4\"}")
            .get("url")
            .asText();
    assertEquals(204, put(url, "video/mp4", RestBed.mp4(50)).statusCode());
    bed.send(
        bed.authorized("/api/v1/users/" + user)
            .method("PATCH", BodyPublishers.ofString("{\"role\": \"viewer\"}")));
    assertEquals(403, put(url, "video/mp4", RestBed.mp4(50)).statusCode());
  }

  private JsonNode post(String path, String key, String body) throws Exception {
    HttpRequest.Builder request = bed.request(path).header("Authorization", "Bearer " + key);
    return RestBed.json(bed.send(request.POST(BodyPublishers.ofString(body))));
  }

  @Test
  void aDownloadAddressOpensOneOriginal() throws Exception {
    byte[] file = RestBed.mp4(5000);
    String id = bed.uploaded(file, "?visibility=private").get("id").asText();
    String other = bed.uploaded(RestBed.mp4(6000, 9), "?visibility=private").get("id").asText();
    JsonNode link =
        RestBed.json(bed.send(bed.authorized("/api/v1/videos/" + id + "/download-url")));
    String url = link.get("url").asText();
    assertArrayEquals(file, bed.get(url).body());
    assertEquals(403, bed.get(url.replace(id, other)).statusCode());
    assertEquals(401, bed.get("/api/v1/videos/" + id + "/download-url").statusCode());
    assertEquals(404, bed.get("/api/v1/videos/" + id + "/original").statusCode());
  }

  private HttpResponse<byte[]> put(String url, String type, byte[] file) throws Exception {
    return bed.send(
        bed.request(url).header("Content-Type", type).PUT(BodyPublishers.ofByteArray(file)));
  }

  private HttpRequest.Builder tus(String path) {
    return bed.authorized(path).header("Tus-Resumable", "1.0.0");
  }

  private HttpResponse<byte[]> create(String... headers) throws Exception {
    return bed.send(tus(UPLOADS).headers(headers).POST(BodyPublishers.noBody()));
  }

  private String created(String... headers) throws Exception {
    HttpResponse<byte[]> answer = create(headers);
    assertEquals(201, answer.statusCode(), () -> new String(answer.body(), UTF_8));
    return header(answer, "Location");
  }

  private HttpResponse<byte[]> patch(String upload, long offset, byte[] bytes, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        tus(upload)
            .header("Upload-Offset", Long.toString(offset))
            .header("Content-Type", "application/offset+octet-stream");
    return bed.send(
        (headers.length == 0 ? request : request.headers(headers))
            .method("PATCH", BodyPublishers.ofByteArray(bytes)));
  }

  private HttpResponse<byte[]> head(String upload) throws Exception {
    return bed.send(tus(upload).method("HEAD", BodyPublishers.noBody()));
  }

  private String offset(String upload) throws Exception {
    return header(head(upload), "Upload-Offset");
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("none, with status " + answer.statusCode());
  }

  private JsonNode video(String upload) throws Exception {
    JsonNode done = RestBed.json(bed.send(bed.authorized(upload)));
    assertEquals("DONE", done.path("state").asText(), done::toString);
    return RestBed.json(bed.send(bed.authorized(done.get("video").get("self").asText())));
  }

  private void assertOriginal(byte[] file, JsonNode video) throws Exception {
    String path = "/api/v1/videos/" + new VideoId(video.get("id").asText()) + "/original";
    assertArrayEquals(file, bed.send(bed.authorized(path)).body());
    int from = file.length / 3;
    byte[] part = bed.send(bed.authorized(path).header("Range", "bytes=" + from + "-")).body();
    assertArrayEquals(Arrays.copyOfRange(file, from, file.length), part);
  }

  private void assertNothingIsLeft() throws Exception {
    bed.settle();
    assertEquals(List.of(), List.copyOf(bed.blobs.keys()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String sha256(byte[] file) throws Exception {
    return HexFormat.of().formatHex(digest("SHA-256", file));
  }

  private static byte[] digest(String algorithm, byte[] file) throws Exception {
    return MessageDigest.getInstance(algorithm).digest(file);
  }
}
