package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.frames.StoredFrames;
import dev.tritontube.web.packaging.AssetMedia;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sets of frames over HTTP. Nobody takes pictures here: see `StillsTest`.
@Tag("catalog")
class FramesTest {
  @TempDir Path folder;
  private RestBed bed;
  private String self;

  @BeforeEach
  void start() throws Exception {
    bed = new RestBed(folder);
    JsonNode video = bed.uploaded(RestBed.mp4(1000), "?title=Sea");
    bed.packaging.media.put(bed.assetOf(video), StoredFrames.MEDIA);
    self = "/api/v1/videos/" + video.get("id").asText();
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  private HttpResponse<byte[]> post(String body) throws Exception {
    return bed.send(
        bed.authorized(self + "/frames")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = bed.authorized(path);
    return bed.send(headers.length == 0 ? request : request.headers(headers));
  }

  /// The address of frames that are taken.
  private String taken(String body) throws Exception {
    String address = RestBed.json(post(body)).at("/links/self").asText();
    StoredFrames.makeAll(bed.database, bed.blobs);
    return address;
  }

  @Test
  void areMadeListedFetchedAndDeleted() throws Exception {
    HttpResponse<byte[]> created = post("{\"count\":4,\"width\":320}");
    assertEquals(202, created.statusCode());
    JsonNode queued = RestBed.json(created);
    assertEquals("QUEUED", queued.get("status").asText());
    assertEquals("320x180", queued.get("width").asText() + "x" + queued.get("height").asText());
    String address = created.headers().firstValue("Location").orElseThrow();
    HttpResponse<byte[]> early = get(address + "/frames.zip");
    assertEquals("409 frames_not_ready", early.statusCode() + " " + RestBed.code(early));

    StoredFrames.makeAll(bed.database, bed.blobs);

    JsonNode whole = RestBed.json(get(address));
    assertEquals("COMPLETED 100", whole.get("status").asText() + " " + whole.get("percent"));
    HttpResponse<byte[]> zip = get(address + "/frames.zip");
    assertEquals(whole.get("bytes").asInt(), zip.body().length);
    assertEquals("application/zip", zip.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(
        zip.headers().firstValue("Content-Disposition").orElseThrow().contains("-frames.zip"));
    assertEquals("nosniff", zip.headers().firstValue("X-Content-Type-Options").orElseThrow());
    assertEquals(
        Set.of(
            "frame-000001-00-00-00.000.jpg",
            "frame-000002-00-00-02.500.jpg",
            "frame-000003-00-00-05.000.jpg",
            "frame-000004-00-00-07.500.jpg"),
        names(zip.body()));
    assertEquals(1, RestBed.json(get(self + "/frames")).get("items").size());

    assertEquals(204, bed.send(bed.authorized(address).DELETE()).statusCode());
    assertEquals(404, get(address).statusCode());
    bed.rest.frameSweeps().run();
    assertTrue(bed.blobs.keys().stream().noneMatch(key -> key.contains("/frames/")));
  }

  /// As a program that knows the format reads it.
  private Set<String> names(byte[] zip) throws Exception {
    Path file = Files.write(folder.resolve("frames.zip"), zip);
    Set<String> names = new TreeSet<>();
    try (ZipFile opened = new ZipFile(file.toFile())) {
      for (var entry : opened.stream().toList()) {
        names.add(entry.getName());
        byte[] content = opened.getInputStream(entry).readAllBytes();
        assertEquals(entry.getSize(), content.length);
      }
    }
    return names;
  }

  @Test
  void comeInParts() throws Exception {
    String zip = taken("{\"times\":[0,1.5,9.999,10]}") + "/frames.zip";
    byte[] all = get(zip).body();
    String tag = get(zip).headers().firstValue("ETag").orElseThrow();

    HttpResponse<byte[]> part = get(zip, "Range", "bytes=10-", "If-Range", tag);
    assertEquals(206, part.statusCode());
    assertArrayEquals(Arrays.copyOfRange(all, 10, all.length), part.body());
    HttpResponse<byte[]> end = get(zip, "Range", "bytes=-22");
    assertEquals("PK", new String(end.body(), 0, 2, US_ASCII));
    assertEquals(200, get(zip, "Range", "bytes=10-", "If-Range", "\"other\"").statusCode());
    assertEquals(416, get(zip, "Range", "bytes=99999-").statusCode());
    assertEquals(304, get(zip, "If-None-Match", tag).statusCode());
    HttpResponse<byte[]> head =
        bed.send(bed.authorized(zip).method("HEAD", BodyPublishers.noBody()));
    assertEquals(all.length, head.headers().firstValueAsLong("Content-Length").orElseThrow());
  }

  @Test
  void canBeHadOneByOne() throws Exception {
    String address = taken("{\"everySeconds\":2.5,\"format\":\"png\"}");
    HttpResponse<byte[]> second = get(address + "/frame-000002-00-00-02.500.png");
    assertEquals("picture 1", new String(second.body(), US_ASCII));
    assertEquals("image/png", second.headers().firstValue("Content-Type").orElseThrow());
    assertEquals(
        "1",
        new String(
            get(address + "/frame-000002-00-00-02.500.png", "Range", "bytes=8-").body(), US_ASCII));
    assertEquals(404, get(address + "/frame-000002-00-00-02.501.png").statusCode());
    assertEquals(404, get(address + "/frame-000005-00-00-10.000.png").statusCode());
    assertEquals(404, get(address + "/other").statusCode());
  }

  @Test
  void openByAnAddressForWhoHasNoHeader() throws Exception {
    String address = taken("{\"count\":1}");
    String url = RestBed.json(get(address + "/download-url")).get("url").asText();
    assertEquals(200, bed.get(url).statusCode());
    assertEquals(403, bed.get(url + "x").statusCode());
    assertEquals(401, bed.get(address + "/frames.zip").statusCode());
  }

  @Test
  void areRefusedWhenTheWishMakesNoSense() throws Exception {
    for (String body : List.of("{}", "{\"times\":[10.001]}", "{\"count\":1,\"fps\":1}", "[]")) {
      assertEquals(400, post(body).statusCode(), body);
    }
  }

  @Test
  void areNotTakenOfWhatHasNoPictures() throws Exception {
    var asset = bed.packaging.media.keySet().iterator().next();
    bed.packaging.media.put(asset, AssetMedia.pending());
    assertEquals("not_playable_yet", RestBed.code(post("{\"count\":1}")));
    AssetMedia looked = StoredFrames.MEDIA;
    bed.packaging.media.put(
        asset,
        new AssetMedia(
            looked.status(),
            true,
            looked.progress(),
            null,
            new AssetMedia.Facts(10, null, null, null, "mp3", null, "mp3"),
            looked.renditions(),
            false,
            false,
            looked.changedAt()));
    assertEquals("no_pictures", RestBed.code(post("{\"count\":1}")));
  }

  @Test
  void areBoundedForAVideoAndWithoutEnd() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertEquals(202, post("{\"count\":1}").statusCode());
    }
    assertEquals("too_many_frames", RestBed.code(post("{\"count\":1}")));
    StoredFrames.makeAll(bed.database, bed.blobs);
    for (int i = 0; i < 10; i++) {
      assertEquals(202, post("{\"count\":1}").statusCode());
    }
    StoredFrames.makeAll(bed.database, bed.blobs);
    assertEquals("too_many_frames", RestBed.code(post("{\"count\":1}")));

    JsonNode page = RestBed.json(get(self + "/frames?limit=15"));
    assertEquals(15, page.get("items").size());
    String cursor = page.get("nextCursor").asText();
    assertEquals(
        5, RestBed.json(get(self + "/frames?limit=15&cursor=" + cursor)).get("items").size());
  }

  /// Deleted for good, as an account's videos are too.
  @Test
  void goWithTheirVideo() throws Exception {
    String address = taken("{\"count\":3}");
    assertEquals(204, bed.send(bed.authorized(self).DELETE()).statusCode());
    assertEquals(404, get(address).statusCode());
    bed.rest.frameSweeps().run();
    assertTrue(bed.blobs.keys().stream().anyMatch(key -> key.contains("/frames/")));

    assertEquals(204, bed.send(bed.authorized(self + "?purge=true").DELETE()).statusCode());
    bed.settle();
    bed.rest.frameSweeps().run();

    assertEquals(Set.of(), bed.blobs.keys());
  }

  @Test
  void areMadeOnceForOneKey() throws Exception {
    for (int i = 0; i < 2; i++) {
      HttpRequest.Builder request =
          bed.authorized(self + "/frames")
              .headers("Content-Type", "application/json", "Idempotency-Key", "a-key")
              .POST(BodyPublishers.ofString("{\"count\":1}"));
      assertEquals(202, bed.send(request).statusCode());
    }
    assertEquals(1, RestBed.json(get(self + "/frames")).get("items").size());
  }
}
