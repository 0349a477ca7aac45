package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.blobs.BlobException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest {
  private static final int CHUNK = 8 << 20;

  @TempDir Path folder;
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
  void storesARawBodyInChunksAndAnswersWithTheVideo() throws Exception {
    byte[] file = RestBed.mp4(2 * CHUNK + 12_345);
    HttpResponse<byte[]> answer = bed.upload(file, "?title=A%20day&tags=a,b&visibility=unlisted");

    assertEquals(201, answer.statusCode());
    JsonNode video = RestBed.json(answer);
    assertEquals(
        "/api/v1/videos/" + video.get("id").asText(),
        answer.headers().firstValue("Location").orElseThrow());
    assertEquals("A day", video.get("title").asText());
    assertEquals("[\"a\",\"b\"]", video.get("tags").toString());
    assertEquals("unlisted", video.get("visibility").asText());
    assertEquals("PENDING", video.get("status").asText());
    assertEquals(file.length, video.get("sizeBytes").asLong());
    assertEquals(sha256(file), video.get("sha256").asText());
    String asset = bed.assetOf(video).value();
    assertEquals(
        Set.of("a/%s/original/0", "a/%s/original/1", "a/%s/original/2").stream()
            .map(key -> key.formatted(asset))
            .collect(java.util.stream.Collectors.toSet()),
        bed.blobs.keys());
    assertTrue(bed.packaging.enqueued.contains(bed.assetOf(video)));
    assertArrayEquals(file, bed.get(video.at("/links/original").asText()).body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"a",
      })
  void refusesAFormWithoutABoundary(String type) throws Exception {
    HttpResponse<byte[]> answer =
        bed.send(
            bed.authorized("/api/v1/videos")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("--a--\r\n")));
    assertEquals(400, answer.statusCode());
    assertEquals("bad_multipart", RestBed.code(answer));
  }

  @Test
  void takesAFileThatEndsAtAChunk() throws Exception {
    bed.uploaded(RestBed.mp4(CHUNK), "");
    assertEquals(1, bed.blobs.keys().size());
  }

  @Test
  void takesMultipartFieldsBeforeAndAfterTheFile() throws Exception {
    byte[] file = RestBed.mp4(100_000);
    Multipart form =
        new Multipart()
            .field("title", "Käse")
            .file("my clip.mp4", file)
            .field("description", "two\r\nlines")
            .field("tags", "x")
            .field("tags", "y, z")
            .field("visibility", "private");
    HttpResponse<byte[]> answer = post(form);

    assertEquals(201, answer.statusCode(), new String(answer.body(), UTF_8));
    JsonNode video = RestBed.json(answer);
    assertEquals("Käse", video.get("title").asText());
    assertEquals("two\r\nlines", video.get("description").asText());
    assertEquals("[\"x\",\"y\",\"z\"]", video.get("tags").toString());
    assertEquals("private", video.get("visibility").asText());
    assertEquals(sha256(file), video.get("sha256").asText());
  }

  @Test
  void namesAVideoLikeItsFileWhenItHasNoTitle() throws Exception {
    HttpResponse<byte[]> answer =
        post(new Multipart().file("C:\\videos\\My größte.clip.mp4", RestBed.mp4(50)));
    assertEquals("My größte.clip", RestBed.json(answer).get("title").asText());
  }

  @Test
  void sharesTheAssetOfTheSameBytesAndDeletesTheSecondCopy() throws Exception {
    byte[] file = RestBed.mp4(CHUNK + 1);
    JsonNode first = bed.uploaded(file, "?title=one");
    JsonNode second = bed.uploaded(file, "?title=two");
    bed.settle();

    assertEquals(bed.assetOf(first), bed.assetOf(second));
    assertEquals(2, bed.blobs.keys().size());
    assertEquals(204, delete(first).statusCode());
    bed.settle();
    assertArrayEquals(file, bed.get(second.at("/links/original").asText()).body());
    assertEquals(204, delete(second).statusCode());
    bed.settle();
    assertEquals(Set.of(), bed.blobs.keys());
    assertEquals(404, bed.get(second.at("/links/original").asText()).statusCode());
  }

  @Test
  void uploadsAnewWhatWasDeleted() throws Exception {
    byte[] file = RestBed.mp4(1000);
    delete(bed.uploaded(file, ""));
    JsonNode again = bed.uploaded(file, "");
    bed.settle();
    assertArrayEquals(file, bed.get(again.at("/links/original").asText()).body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "This is a text and no film.",
        "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
        "ffconcat version 1.0\nfile /etc/passwd\n",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<?xml version=\"1.0\"?><svg/>",
        "PK\u0003\u0004 zip"
      })
  void refusesWhatIsNoMedia(String content) throws Exception {
    HttpResponse<byte[]> answer = bed.upload(content.getBytes(ISO_8859_1), "");
    assertEquals(415, answer.statusCode());
    assertEquals("unsupported_media", RestBed.code(answer));
    assertNothingLeft();
  }

  @Test
  void refusesRandomBytesAlsoInMultipart() throws Exception {
    byte[] random = RestBed.mp4(1 << 20);
    random[4] = 'x';
    random[0] = (byte) 0x99;
    HttpResponse<byte[]> answer = post(new Multipart().file("film.mp4", random));
    assertEquals(415, answer.statusCode());
    assertNothingLeft();
  }

  @Test
  void refusesAnEmptyBody() throws Exception {
    assertEquals("empty_body", RestBed.code(bed.upload(new byte[0], "")));
    HttpResponse<byte[]> answer = post(new Multipart().file("film.mp4", new byte[0]));
    assertEquals(400, answer.statusCode());
    assertEquals("empty_body", RestBed.code(answer));
    assertNothingLeft();
  }

  @Test
  void refusesWhatIsTooLargeByItsLengthAlone() throws Exception {
    String answer =
        bed.raw(
            "POST /api/v1/videos HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                + RestBed.KEY
                + "\r\nContent-Type: video/mp4\r\nContent-Length: "
                + (RestBed.MAX_UPLOAD + 1)
                + "\r\nExpect: 100-continue\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertTrue(answer.contains("too_large"), answer);
  }

  @Test
  void refusesWhatTurnsOutTooLarge() throws Exception {
    InputStream endless =
        new SequenceInputStream(
            new ByteArrayInputStream(RestBed.mp4(1000)), new EndlessStream(RestBed.MAX_UPLOAD));
    HttpResponse<byte[]> answer =
        bed.send(
            bed.authorized("/api/v1/videos")
                .header("Content-Type", "video/mp4")
                .POST(BodyPublishers.ofInputStream(() -> endless)));
    assertEquals(413, answer.statusCode());
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", "Basic dGVzdC1rZXk=", ""})
  void ordinaryClientsSeeThatTheirKeyIsWrongAlsoWithAnEightMebibyteBody(String authorization)
      throws Exception {
    var request =
        bed.request("/api/v1/videos")
            .header("Content-Type", "video/mp4")
            .POST(BodyPublishers.ofByteArray(RestBed.mp4(CHUNK)));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<byte[]> answer = bed.send(request);
    assertEquals(401, answer.statusCode());
    assertEquals("unauthorized", RestBed.code(answer));
    assertTrue(answer.headers().firstValue("WWW-Authenticate").orElseThrow().startsWith("Bearer"));
    assertNothingLeft();
  }

  @Test
  void answersARefusalBeforeTheClientBeginsToSend() throws Exception {
    String answer =
        bed.raw(
            "POST /api/v1/videos HTTP/1.1\r\nHost: h\r\nContent-Type: video/mp4\r\n"
                + "Content-Length: 1000000\r\nExpect: 100-continue\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
    assertFalse(answer.contains("100 Continue"), answer);
  }

  @Test
  void deletesWhatAClientLeftHalfWay() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", bed.server.port())) {
      var out = socket.getOutputStream();
      out.write(
          ("POST /api/v1/videos HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                  + RestBed.KEY
                  + "\r\nContent-Type: video/mp4\r\nContent-Length: 30000000\r\n\r\n")
              .getBytes(ISO_8859_1));
      out.write(RestBed.mp4(CHUNK + CHUNK / 2));
      out.flush();
      Eventually.holds("a chunk is stored", () -> !bed.blobs.keys().isEmpty());
    }
    bed.settle();
    assertNothingLeft();
  }

  @Test
  void says503WhenTheRingIsNotThereAndLeavesNothingBehind() throws Exception {
    bed.blobs.failWith(Reason.UNAVAILABLE);
    HttpResponse<byte[]> answer = bed.upload(RestBed.mp4(3 * CHUNK), "");
    assertEquals(503, answer.statusCode());
    assertEquals("storage_unavailable", RestBed.code(answer));
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    bed.blobs.failWith(null);
    assertNothingLeft();
  }

  @Test
  void refusesWrongFields() throws Exception {
    byte[] file = RestBed.mp4(100);
    assertEquals("unknown_parameter", RestBed.code(bed.upload(file, "?titel=x")));
    assertEquals("bad_field", RestBed.code(bed.upload(file, "?visibility=secret")));
    assertEquals("bad_field", RestBed.code(bed.upload(file, "?title=" + "x".repeat(201))));
    assertEquals(
        "unknown_field",
        RestBed.code(post(new Multipart().field("colour", "red").file("a", file))));
    assertEquals(
        "bad_field",
        RestBed.code(post(new Multipart().file("a", file).field("title", "x".repeat(70_000)))));
    assertEquals("missing_file", RestBed.code(post(new Multipart().field("title", "x"))));
    assertEquals(
        "bad_multipart", RestBed.code(post(new Multipart().file("a", file).file("b", file))));
    assertNothingLeft();
  }

  @Test
  void refusesTextThatIsNone() throws Exception {
    byte[] file = RestBed.mp4(100);
    assertEquals("bad_field", RestBed.code(bed.upload(file, "?title=a%0Ab")));
    assertEquals("bad_field", RestBed.code(bed.upload(file, "?description=%1B%5B31m")));
    byte[] latin1 = {(byte) 0xe9};
    HttpResponse<byte[]> answer = post(new Multipart().field("title", latin1).file("a", file));
    assertEquals("'title' is not UTF-8", RestBed.json(answer).get("detail").asText());
    assertNothingLeft();
  }

  @Test
  void takesLongNamesOfManyLanguages() throws Exception {
    HttpResponse<byte[]> answer =
        post(new Multipart().file("😀".repeat(300) + ".mp4", RestBed.mp4(50)));
    assertEquals(201, answer.statusCode());
    assertEquals("😀".repeat(196), RestBed.json(answer).get("title").asText());
  }

  @Test
  void refusesBrokenMultipart() throws Exception {
    assertEquals(
        "bad_multipart",
        RestBed.code(
            bed.send(
                bed.authorized("/api/v1/videos")
                    .header("Content-Type", "multipart/form-data; boundary=XX")
                    .POST(BodyPublishers.ofString("--XX\r\nContent-Disposition: form-data; na")))));
    assertEquals(
        400,
        bed.send(
                bed.authorized("/api/v1/videos")
                    .header("Content-Type", "multipart/form-data")
                    .POST(BodyPublishers.ofString("x")))
            .statusCode());
    assertNothingLeft();
  }

  @Test
  void refusesOtherContentTypes() throws Exception {
    HttpResponse<byte[]> answer =
        bed.send(
            bed.authorized("/api/v1/videos")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    assertEquals(415, answer.statusCode());
  }

  private HttpResponse<byte[]> post(Multipart form) throws Exception {
    return bed.send(
        bed.authorized("/api/v1/videos")
            .header("Content-Type", "multipart/form-data; boundary=" + Multipart.BOUNDARY)
            .POST(form.publisher()));
  }

  private HttpResponse<byte[]> delete(JsonNode video) throws Exception {
    return bed.send(bed.authorized(video.at("/links/self").asText() + "?purge=true").DELETE());
  }

  private void assertNothingLeft() throws Exception {
    bed.settle();
    assertEquals(Set.of(), bed.blobs.keys());
    assertEquals("{\"items\":[],\"nextCursor\":null}", new String(all().body(), UTF_8));
  }

  private HttpResponse<byte[]> all() throws Exception {
    return bed.send(bed.authorized("/api/v1/videos"));
  }

  private static String sha256(byte[] file) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
  }

  private static final class Multipart {
    static final String BOUNDARY = "----boundary42";
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Multipart field(String name, String value) {
      return field(name, value.getBytes(UTF_8));
    }

    Multipart field(String name, byte[] value) {
      part("name=\"" + name + "\"", value);
      return this;
    }

    Multipart file(String fileName, byte[] content) {
      part(
          "name=\"file\"; filename=\""
              + fileName.replace("\\", "\\\\")
              + "\"\r\nContent-Type: video/mp4",
          content);
      return this;
    }

    private void part(String disposition, byte[] content) {
      String head =
          "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
      body.writeBytes(head.getBytes(UTF_8));
      body.writeBytes(content);
      body.writeBytes("\r\n".getBytes(UTF_8));
    }

    BodyPublisher publisher() {
      return BodyPublishers.ofByteArrays(
          List.of(body.toByteArray(), ("--" + BOUNDARY + "--\r\n").getBytes(UTF_8)));
    }
  }

  private static final class EndlessStream extends InputStream {
    private long left;

    EndlessStream(long length) {
      left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? 1 : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      left -= count;
      return count;
    }
  }
}
