package dev.tritontube.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.RenditionAnswer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  @TempDir Path folder;
  private RestBed bed;
  private String self;
  private AssetId asset;
  private byte[] file;

  @BeforeEach
  void start() throws Exception {
    bed = new RestBed(folder);
    JsonNode video = bed.uploaded(RestBed.mp4(1000), "");
    self = video.at("/links/self").asText();
    asset = bed.assetOf(video);
    PublishedClip.of(bed, asset);
    file = PublishedClip.file(bed, asset);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void sendsARenditionAsAnAttachmentInRanges() throws Exception {
    String path = self + "/download?representation=audio";
    HttpResponse<byte[]> whole = bed.get(path);
    assertEquals(200, whole.statusCode());
    assertArrayEquals(file, whole.body());
    assertEquals("audio/mp4", header(whole, "Content-Type"));
    assertEquals("\"rev-audio\"", header(whole, "ETag"));
    assertTrue(
        header(whole, "Content-Disposition").matches("attachment; filename=\".+-audio[.]m4a\".*"),
        header(whole, "Content-Disposition"));
    for (int from : new int[] {0, 10, file.length - 501, file.length - 500, file.length - 200}) {
      HttpResponse<byte[]> part = bed.get(path, "Range", "bytes=" + from + "-");
      assertEquals(206, part.statusCode());
      assertArrayEquals(Arrays.copyOfRange(file, from, file.length), part.body());
    }
    HttpResponse<byte[]> middle =
        bed.get(path, "Range", "bytes=5-" + (file.length - 300), "If-Range", "\"rev-audio\"");
    assertArrayEquals(Arrays.copyOfRange(file, 5, file.length - 299), middle.body());
    assertEquals(304, bed.get(path, "If-None-Match", "\"rev-audio\"").statusCode());
    assertEquals(416, bed.get(path, "Range", "bytes=" + file.length + "-").statusCode());
  }

  @Test
  void saysWhatThereIsNot() throws Exception {
    bed.packaging.files.put(asset + "/720p", new RenditionAnswer.NotWhole());
    HttpResponse<byte[]> early = bed.get(self + "/download?representation=720p");
    assertEquals(409, early.statusCode());
    assertEquals("not_whole", RestBed.code(early));
    assertEquals(404, bed.get(self + "/download?representation=9p").statusCode());
    assertEquals("bad_parameter", RestBed.code(bed.get(self + "/download")));
    assertEquals(
        "unknown_parameter", RestBed.code(bed.get(self + "/download?representation=9p&a=b")));
  }

  private void callSound(String language) throws Exception {
    HttpResponse<byte[]> answer =
        bed.send(
            bed.authorized(self + "/tracks/audio-1")
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"language\":\"" + language + "\"}")));
    assertEquals(200, answer.statusCode());
  }

  @Test
  void speaksTheLanguageThatTheOwnerSaysItSpeaks() throws Exception {
    String german = self + "/download?representation=audio&language=de";
    assertEquals(404, bed.get(german).statusCode());
    callSound("de");
    assertEquals(200, bed.get(german).statusCode());
    assertEquals(404, bed.get(self + "/download?representation=audio&language=und").statusCode());
  }

  @Test
  void givesAddressesThatOpenByThemselves() throws Exception {
    callSound("en");
    String link =
        RestBed.json(
                bed.send(bed.authorized(self + "/download-url?representation=audio&language=en")))
            .get("url")
            .asText();
    assertTrue(link.matches(".*/download/t/[^/?]+[?]representation=audio&language=en"), link);
    assertArrayEquals(file, bed.get(link).body());
    String wrong = link.replaceFirst("/t/[^?]+", "/t/wrong");
    assertEquals("bad_link", RestBed.code(bed.get(wrong)));
    String original =
        RestBed.json(bed.send(bed.authorized(self + "/download-url"))).get("url").asText();
    assertTrue(original.contains("/original/t/"), original);
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElseThrow();
  }
}
