package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.jobs.RetryPolicy;
import dev.tritontube.web.jobs.TaskSignal;
import dev.tritontube.web.jobs.TaskWorkers;
import dev.tritontube.web.packaging.MediaTools;
import dev.tritontube.web.packaging.Packaging;
import dev.tritontube.web.packaging.PackagingWorker;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Posters that are uploaded, with a worker that makes them anew.
class PosterTest {
  private static final String SECRET = "50.0872 N, 14.4208 E";

  @TempDir static Path folder;
  private static RestBed bed;
  private static Packaging packaging;
  private static PackagingWorker worker;
  private static TaskWorkers tasks;
  private String self = "";
  private static int uploads;

  @BeforeAll
  static void start() throws Exception {
    bed = new RestBed(folder);
    packaging =
        new Packaging(
            bed.database,
            bed.blobs,
            _ -> Optional.empty(),
            Packaging.Settings.usual(Duration.ZERO),
            InstantSource.system());
    worker =
        packaging.worker(
            new PackagingWorker.Tools(
                MediaTools.find(Optional.empty(), Optional.empty()).orElseThrow(),
                folder,
                false,
                "test",
                new RetryPolicy(1, new Random(1))));
    tasks =
        new TaskWorkers(
            bed.database.dataSource(),
            List.of(bed.rest.posters().task(worker.posters())),
            new TaskWorkers.Setup(2, "test", new TaskSignal()));
    tasks.start();
  }

  @AfterAll
  static void stop() {
    tasks.close();
    worker.close();
    packaging.close();
    bed.close();
  }

  @BeforeEach
  void upload() throws Exception {
    JsonNode video = bed.uploaded(RestBed.mp4(1000, uploads++), "");
    self = video.at("/links/self").asText();
  }

  @Test
  void isMadeAnewAndNothingElseStaysOfIt() throws Exception {
    byte[] jpeg = picture("jpeg", 64, 32);
    byte[] turned = withExif(jpeg);

    HttpResponse<byte[]> chosen = put("image/jpeg", turned);

    assertEquals(200, chosen.statusCode(), () -> new String(chosen.body()));
    String address = poster(chosen);
    assertTrue(address.startsWith(self + "/poster.jpg?v="), address);
    HttpResponse<byte[]> served = bed.get(address);
    assertEquals("image/jpeg", served.headers().firstValue("Content-Type").orElseThrow());
    assertFalse(new String(served.body(), ISO_8859_1).contains(SECRET));
    assertFalse(new String(served.body(), ISO_8859_1).contains("Exif"));
    BufferedImage shown = decoded(served);
    assertEquals(32, shown.getWidth(), "it was turned as it says");
    assertEquals(64, shown.getHeight());
    assertTrue(new Color(shown.getRGB(16, 8)).getRed() > 200, "what was left is above");
    assertTrue(new Color(shown.getRGB(16, 56)).getBlue() > 200);
  }

  @Test
  void hasAnAddressThatChangesWithIt() throws Exception {
    String first = poster(put("image/png", picture("png", 40, 30)));
    HttpResponse<byte[]> asked = bed.get(first);
    String second = poster(put("application/octet-stream", picture("png", 50, 30)));
    assertNotEquals(first, second);
    HttpResponse<byte[]> again =
        bed.get(first, "If-None-Match", asked.headers().firstValue("ETag").orElseThrow());
    assertEquals(200, again.statusCode(), "whoever asks with the old address gets the new picture");
    assertEquals(50, decoded(again).getWidth());

    HttpResponse<byte[]> dropped = bed.send(bed.authorized(self + "/poster").DELETE());
    assertTrue(RestBed.json(dropped).at("/links/poster").isNull());
    assertEquals(404, bed.get(self + "/poster.jpg").statusCode());
    Eventually.holds("nothing of them is left", () -> swept().isEmpty());
  }

  @Test
  void goesWithTheVideo() throws Exception {
    put("image/png", picture("png", 40, 30));
    Eventually.holds("what was uploaded is gone", () -> swept().size() == 1);

    assertEquals(204, bed.send(bed.authorized(self + "?purge=true").DELETE()).statusCode());

    Eventually.holds("nothing is left", () -> swept().isEmpty());
  }

  @Test
  void isMadeSmaller() throws Exception {
    String address = poster(put("image/png", picture("png", 3000, 1500)));

    BufferedImage shown = decoded(bed.get(address));
    assertEquals(1280, shown.getWidth());
    assertEquals(640, shown.getHeight());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        "ffconcat version 1.0\nfile '/etc/passwd'\n",
        "GIF89a\u0001\u0000\u0001\u0000",
        "push graphic-context\nimage over 0,0 0,0 'https://localhost/'\n"
      })
  void textAndOtherKindsAreNotTaken(String text) throws Exception {
    HttpResponse<byte[]> refused = put("image/jpeg", text.getBytes(ISO_8859_1));

    assertEquals(415, refused.statusCode());
    assertEquals("unsupported_media", RestBed.code(refused));
    assertEquals(Set.of(), swept());
  }

  @Test
  void bombsAreNotOpened() throws Exception {
    for (byte[] bomb : List.of(png(30_000, 30_000), png(30_000, 1), png(16_000, 16_000))) {
      HttpResponse<byte[]> refused = put("image/png", bomb);

      assertEquals(413, refused.statusCode());
      assertEquals("too_large", RestBed.code(refused));
    }
    HttpResponse<byte[]> long_ = put("image/png", Arrays.copyOf(png(9, 9), (8 << 20) + 1));
    assertEquals(413, long_.statusCode());
    assertEquals("empty_body", RestBed.code(put("image/png", new byte[0])));
  }

  /// What its head says is not what is in it, or is only half of it.
  @Test
  void whatCannotBeDecodedIsSaid() throws Exception {
    byte[] whole = picture("png", 40, 30);
    byte[] jpegWithListOfFiles =
        (new String(Arrays.copyOf(picture("jpeg", 40, 30), 200), ISO_8859_1)
                + "\n#EXTM3U\nfile:///etc/passwd\n")
            .getBytes(ISO_8859_1);
    for (byte[] bad :
        List.of(
            png(40, 30),
            Arrays.copyOf(whole, 33),
            Arrays.copyOf(jpegWithListOfFiles, 230),
            lyingWebp())) {
      HttpResponse<byte[]> refused = put("image/png", bad);

      assertEquals(422, refused.statusCode(), () -> new String(refused.body()));
      assertEquals("bad_picture", RestBed.code(refused));
    }
    assertEquals(404, bed.get(self + "/poster.jpg").statusCode());
  }

  /// A page behind a picture is no part of it.
  @Test
  void whatIsBehindAPictureDoesNotStay() throws Exception {
    byte[] png = picture("png", 40, 30);
    byte[] page = "<html><script>alert(1)</script></html>".getBytes(ISO_8859_1);
    byte[] both = ByteBuffer.allocate(png.length + page.length).put(png).put(page).array();

    HttpResponse<byte[]> served = bed.get(poster(put("image/png", both)));

    assertFalse(new String(served.body(), ISO_8859_1).contains("script"));
  }

  @Test
  void aMomentHasToBeInTheVideo() throws Exception {
    for (String body :
        List.of(
            "{}", "{\"timeSeconds\":-1}", "{\"timeSeconds\":\"1\"}", "{\"timeSeconds\":null}")) {
      assertEquals("bad_field", RestBed.code(put("application/json", body.getBytes())));
    }
    HttpResponse<byte[]> early = put("application/json", "{\"timeSeconds\":1}".getBytes());
    assertEquals("not_playable_yet", RestBed.code(early));
  }

  private HttpResponse<byte[]> put(String type, byte[] body) throws Exception {
    return bed.send(
        bed.authorized(self + "/poster")
            .header("Content-Type", type)
            .PUT(BodyPublishers.ofByteArray(body)));
  }

  private static String poster(HttpResponse<byte[]> video) throws Exception {
    return RestBed.json(video).at("/links/poster").asText();
  }

  /// What there is of the video's posters, when what is due has been deleted.
  private Set<String> swept() {
    bed.rest.posters().sweepDue();
    Set<String> keys = bed.blobs.keys();
    String video = self.substring(self.lastIndexOf('/') + 1);
    keys.removeIf(key -> !key.startsWith("v/" + video));
    return keys;
  }

  private static BufferedImage decoded(HttpResponse<byte[]> answer) throws Exception {
    return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(answer.body())));
  }

  /// Red on the left, blue on the right.
  private static byte[] picture(String format, int width, int height) throws Exception {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, width / 2, height);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(width / 2, 0, width - width / 2, height);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  /// To be turned clockwise by a quarter, and a comment with a place.
  private static byte[] withExif(byte[] jpeg) {
    byte[] exif =
        HexFormat.of()
            .parseHex(
                "FFE1"
                    + "0022"
                    + "457869660000"
                    + "4D4D002A000000080001011200030000000100060000"
                    + "00000000");
    byte[] secret = SECRET.getBytes(ISO_8859_1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(jpeg, 0, 2);
    bytes.writeBytes(exif);
    bytes.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) (2 + secret.length)});
    bytes.writeBytes(secret);
    bytes.write(jpeg, 2, jpeg.length - 2);
    return bytes.toByteArray();
  }

  /// Of this size, with nothing in it.
  private static byte[] png(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(17);
    header.put("IHDR".getBytes(ISO_8859_1)).putInt(width).putInt(height);
    header.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 sum = new CRC32();
    sum.update(header.array());
    ByteBuffer png = ByteBuffer.allocate(33);
    png.putLong(0x89504E470D0A1A0AL).putInt(13).put(header.array()).putInt((int) sum.getValue());
    return png.array();
  }

  private static byte[] lyingWebp() {
    return HexFormat.of()
        .parseHex(
            "52494646160000005745425056503820" + "0A000000" + "0000009D012A1F001100" + "0000");
  }
}
