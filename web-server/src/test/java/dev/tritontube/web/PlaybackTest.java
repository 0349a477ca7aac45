package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.blobs.BlobException.Reason;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia;
import dev.tritontube.web.packaging.SegmentAnswer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybackTest {
  private static final byte[] SEGMENT = PublishedClip.SEGMENT;

  @TempDir Path folder;
  private RestBed bed;
  private String self;
  private AssetId asset;

  @BeforeEach
  void start() throws Exception {
    bed = new RestBed(folder);
    JsonNode video = bed.uploaded(RestBed.mp4(1000), "");
    self = video.at("/links/self").asText();
    asset = bed.assetOf(video);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void saysWhenThereIsNothingToPlayYet() throws Exception {
    for (String manifest : List.of("/manifest.mpd", "/master.m3u8")) {
      HttpResponse<byte[]> answer = bed.get(self + manifest);
      assertEquals(409, answer.statusCode());
      assertEquals("not_playable_yet", RestBed.code(answer));
      assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
    }
    assertEquals(404, bed.get(self + "/media/rev/audio/0.m4s").statusCode());
  }

  @Test
  void saysWhenThereWillNeverBeAnythingToPlay() throws Exception {
    bed.packaging.media.put(
        asset,
        new AssetMedia(
            AssetMedia.Status.FAILED,
            false,
            new AssetMedia.Progress("failed", 100, null),
            new AssetMedia.Failure("corrupt_media", "It breaks off"),
            null,
            List.of(),
            false,
            false,
            Instant.EPOCH));
    assertEquals("not_playable", RestBed.code(bed.get(self + "/manifest.mpd")));
    assertEquals("corrupt_media", RestBed.json(bed.get(self)).at("/error/code").asText());
  }

  @Test
  void servesManifestsCompressedToWhoTakesIt() throws Exception {
    publish();
    for (String path : List.of("/manifest.mpd", "/master.m3u8", "/media/rev/audio.m3u8")) {
      HttpResponse<byte[]> plain = bed.get(self + path);
      HttpResponse<byte[]> packed = bed.get(self + path, "Accept-Encoding", "br, gzip");
      assertEquals(200, plain.statusCode());
      assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElseThrow());
      assertArrayEquals(
          plain.body(),
          new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes());
      assertEquals("no-cache", plain.headers().firstValue("Cache-Control").orElseThrow());
      String tag = plain.headers().firstValue("ETag").orElseThrow();
      assertEquals(304, bed.get(self + path, "If-None-Match", "W/" + tag).statusCode());
    }
    String mpd = new String(bed.get(self + "/manifest.mpd").body(), UTF_8);
    assertTrue(mpd.contains("media/rev/"), mpd);
    assertEquals(404, bed.get(self + "/media/rev/none.m3u8").statusCode());
    assertEquals(404, bed.get(self + "/media/old/audio.m3u8").statusCode());
  }

  @Test
  void tellsLateSegmentsFromLostOnes() throws Exception {
    publish();
    bed.packaging.unmade.put(asset + "/rev/audio/7", new SegmentAnswer.NotYet());
    bed.packaging.unmade.put(asset + "/rev/audio/8", new SegmentAnswer.Gone());

    HttpResponse<byte[]> late = bed.get(self + "/media/rev/audio/7.m4s");
    HttpResponse<byte[]> lost = bed.get(self + "/media/rev/audio/8.m4s");

    assertEquals(503, late.statusCode());
    assertEquals("segment_not_ready", RestBed.code(late));
    assertEquals("no-store", late.headers().firstValue("Cache-Control").orElseThrow());
    assertEquals("1", late.headers().firstValue("Retry-After").orElseThrow());
    assertEquals(410, lost.statusCode());
    assertEquals("gone", RestBed.code(lost));
    assertEquals("no-store", lost.headers().firstValue("Cache-Control").orElseThrow());
  }

  @Test
  void servesSegmentsForEverInRanges() throws Exception {
    publish();
    String segment = self + "/media/rev/audio/0.m4s";
    HttpResponse<byte[]> whole = bed.get(segment, "Accept-Encoding", "gzip");
    assertArrayEquals(SEGMENT, whole.body());
    assertEquals("audio/mp4", whole.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(whole.headers().firstValue("Content-Encoding").isEmpty());
    assertEquals(
        "public, max-age=31536000, immutable",
        whole.headers().firstValue("Cache-Control").orElseThrow());
    HttpResponse<byte[]> part = bed.get(segment, "Range", "bytes=10-19");
    assertEquals(206, part.statusCode());
    assertArrayEquals(Arrays.copyOfRange(SEGMENT, 10, 20), part.body());
    HttpResponse<byte[]> head =
        bed.send(bed.request(segment).method("HEAD", BodyPublishers.noBody()));
    assertEquals(
        Integer.toString(SEGMENT.length),
        head.headers().firstValue("Content-Length").orElseThrow());
    assertEquals(200, bed.get(self + "/media/rev/audio/init.mp4").statusCode());
    assertEquals(404, bed.get(self + "/media/rev/audio/0.mp4").statusCode());
  }

  @Test
  void keepsSegmentsOfPrivateVideosOutOfSharedCaches() throws Exception {
    publish();
    bed.send(
        bed.authorized(self)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString("{\"visibility\":\"private\"}")));
    String segment = self + "/media/rev/audio/0.m4s";

    assertEquals(404, bed.get(segment).statusCode());
    HttpResponse<byte[]> own = bed.send(bed.authorized(segment).GET());
    assertEquals(
        "private, max-age=31536000, immutable",
        own.headers().firstValue("Cache-Control").orElseThrow());
  }

  @Test
  void servesThePoster() throws Exception {
    assertEquals(404, bed.get(self + "/poster.jpg").statusCode());
    bed.packaging.posters.put(asset, PublishedClip.stored(bed, asset, "poster"));
    HttpResponse<byte[]> poster = bed.get(self + "/poster.jpg");
    assertEquals(200, poster.statusCode());
    assertEquals("image/jpeg", poster.headers().firstValue("Content-Type").orElseThrow());
  }

  @Test
  void servesThumbnails() throws Exception {
    publish();
    assertEquals(404, bed.get(self + "/thumbnails.vtt").statusCode());
    PublishedClip.withThumbnails(bed, asset);

    HttpResponse<byte[]> cues = bed.get(self + "/thumbnails.vtt");
    assertEquals("text/vtt", cues.headers().firstValue("Content-Type").orElseThrow());
    assertEquals("no-cache", cues.headers().firstValue("Cache-Control").orElseThrow());
    String first = new String(cues.body(), UTF_8).lines().toList().get(3);
    assertEquals("media/rev/thumbnails/0.jpg#xywh=0,0,160,90", first);
    HttpResponse<byte[]> sheet = bed.get(self + "/" + first.split("#")[0]);
    assertEquals(200, sheet.statusCode());
    assertEquals("image/jpeg", sheet.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(sheet.headers().firstValue("Cache-Control").orElseThrow().contains("immutable"));
    HttpResponse<byte[]> playlist = bed.get(self + "/media/rev/thumbnails.m3u8");
    assertTrue(new String(playlist.body(), UTF_8).contains("\nthumbnails/0.jpg\n"));
    assertEquals(404, bed.get(self + "/media/rev/thumbnails/0.m4s").statusCode());
    assertEquals(404, bed.get(self + "/media/rev/thumbnails/1.jpg").statusCode());
    assertEquals(404, bed.get(self + "/media/rev/audio/0.jpg").statusCode());
  }

  @Test
  void says503WhenTheRingIsNotThere() throws Exception {
    publish();
    bed.blobs.failWith(Reason.UNAVAILABLE);
    HttpResponse<byte[]> answer = bed.get(self + "/media/rev/audio/0.m4s");
    assertEquals(503, answer.statusCode());
    assertEquals("storage_unavailable", RestBed.code(answer));
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
  }

  private void publish() throws Exception {
    PublishedClip.of(bed, asset);
  }
}
