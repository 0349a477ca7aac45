package dev.tritontube.web.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GzipTest {
  private static ServerBed bed;

  @BeforeAll
  static void start() {
    Map<String, String> document = Map.of("words", "word ".repeat(1000));
    Routes special =
        routing -> {
          routing.get(
              "/secret",
              ctx -> {
                ctx.header("Cache-Control", "no-store");
                Json.answer(ctx, 200, document);
              });
          routing.get(
              "/tagged",
              ctx -> {
                ctx.header("ETag", "\"abc\"");
                Json.answer(ctx, 200, document);
              });
          routing.get("/style", ctx -> BundledFile.answer(ctx, "/watch/watch.css"));
          routing.get("/bytes", ctx -> ctx.contentType("video/mp4").result(new byte[5000]));
        };
    bed = new ServerBed(HttpServer.Manners.USUAL, ServerBed.plain(), special);
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  @Test
  void largeDocumentsAreCompressedForWhoTakesIt() throws Exception {
    HttpResponse<byte[]> plain = bed.get("/api/v1/words/1000");
    HttpResponse<byte[]> packed = bed.get("/api/v1/words/1000", "Accept-Encoding", "br, gzip");
    assertEquals("", header(plain, "Content-Encoding"));
    assertEquals("gzip", header(packed, "Content-Encoding"));
    assertEquals(packed.body().length + "", header(packed, "Content-Length"));
    assertTrue(packed.body().length < plain.body().length / 10);
    assertArrayEquals(
        plain.body(), new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes());
    assertEquals("Accept-Encoding", header(plain, "Vary"));
    assertEquals("Accept-Encoding", header(packed, "Vary"));
    assertEquals("application/json", header(packed, "Content-Type"));
  }

  @Test
  void aHeadIsLikeItsGet() throws Exception {
    var head = bed.request("/api/v1/words/1000").header("Accept-Encoding", "gzip").HEAD();
    HttpResponse<byte[]> get = bed.get("/api/v1/words/1000", "Accept-Encoding", "gzip");
    HttpResponse<byte[]> answer = bed.send(head);
    assertEquals("gzip", header(answer, "Content-Encoding"));
    assertEquals(header(get, "Content-Length"), header(answer, "Content-Length"));
  }

  @Test
  void smallOnesMediaAndPagesAreAsTheyShouldBe() throws Exception {
    assertEquals("", encoding("/api/v1/words/1"));
    assertEquals("", encoding("/bytes"));
    assertEquals("gzip", encoding("/page"));
    assertEquals("", encoding("/nothing"));
  }

  @Test
  void whatMayNotBeStoredMayHaveASecretAndIsNotCompressed() throws Exception {
    assertEquals("", encoding("/secret"));
  }

  @Test
  void whatIsCompressedHasATagOfItsOwn() throws Exception {
    assertEquals("\"abc\"", header(bed.get("/tagged"), "ETag"));
    String tag = header(bed.get("/tagged", "Accept-Encoding", "gzip"), "ETag");
    assertEquals("\"abc-gzip\"", tag);
    assertEquals("\"abc\"", Gzip.plainTag(tag));
    assertEquals("\"abc\"", Gzip.plainTag("\"abc\""));
  }

  @Test
  void whoHasItEitherWayHasIt() {
    for (String known :
        List.of("\"abc\"", "\"abc-gzip\"", "W/\"abc-gzip\"", "\"x\", \"abc\"", "*")) {
      assertTrue(new EntityTag("abc").noneMatchNames(Optional.of(known)), known);
      assertTrue(new EntityTag("abc-gzip").noneMatchNames(Optional.of(known)), known);
    }
    assertFalse(new EntityTag("abc").noneMatchNames(Optional.of("\"ab\"")));
  }

  @Test
  void whatComesWithTheProgramIsCompressedOnce() throws Exception {
    HttpResponse<byte[]> packed = bed.get("/style", "Accept-Encoding", "gzip");
    assertEquals("gzip", header(packed, "Content-Encoding"));
    assertEquals("Accept-Encoding", header(packed, "Vary"));
    assertArrayEquals(
        bed.get("/style").body(),
        new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes());
  }

  private static String encoding(String path) throws Exception {
    return header(bed.get(path, "Accept-Encoding", "gzip"), "Content-Encoding");
  }

  private static String header(HttpResponse<?> answer, String name) {
    return String.join(", ", answer.headers().allValues(name));
  }
}
