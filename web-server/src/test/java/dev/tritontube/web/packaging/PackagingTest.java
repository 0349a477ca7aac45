package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagingTest {
  @TempDir Path folder;
  private PackagingFixture fixture;
  private Clips clips;

  @BeforeEach
  void start() throws Exception {
    fixture = new PackagingFixture(folder);
    clips = new Clips(folder);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void playsFromTheFirstMomentAndBecomesWhole() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "640x360", "30", "5"));

    AssetMedia playable = fixture.plan(asset);
    String revision = fixture.packaging.published(asset).orElseThrow().revision();
    fixture.segment(asset, revision, "360p", "2");
    AssetMedia whole = fixture.awaitEnd(asset);

    assertTrue(playable.playable());
    assertEquals(2, playable.renditions().size());
    assertEquals(Status.COMPLETED, whole.status(), whole.toString());
    assertEquals(100, whole.progress().percent());
    assertEquals(2, whole.renditions().size());
    assertTrue(whole.poster());
    assertEquals("video/mp4", fixture.segment(asset, revision, "240p", "init").mediaType());
    assertEquals("audio/mp4", fixture.segment(asset, revision, "audio", "0").mediaType());
    assertEquals(List.of(), fixture.findings(asset));
    for (String representation : new String[] {"240p", "360p"}) {
      Path file = Files.write(folder.resolve("out.mp4"), fixture.file(asset, representation));
      assertEquals(
          "150",
          Clips.output(
              "ffprobe",
              "-v",
              "error",
              "-count_frames",
              "-of",
              "csv=p=0",
              "-show_entries",
              "stream=nb_read_frames",
              file.toString()));
    }
    Path sound = Files.write(folder.resolve("out.mp4"), fixture.file(asset, "audio"));
    assertEquals(
        "235",
        Clips.output(
            "ffprobe",
            "-v",
            "error",
            "-count_packets",
            "-of",
            "csv=p=0",
            "-show_entries",
            "stream=nb_read_packets",
            sound.toString()));
  }

  @Test
  void failsOnWhatIsNoMedia() throws Exception {
    AssetMedia text =
        fixture.work(
            "#EXTM3U\nfile:///etc/passwd\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertEquals(Status.FAILED, text.status());
    assertEquals(
        new AssetMedia.Failure("unsupported_media", "this is no media file of a known kind"),
        text.error());
    assertTrue(fixture.blobs.keys().isEmpty());
  }

  @Test
  void fillsWhatCannotBeDecodedAndSaysSo() throws Exception {
    fixture.close();
    fixture = new PackagingFixture(folder, false, false);
    byte[] whole = clips.usual("a.mkv", "320x240", "25", "40");
    AssetId asset = fixture.upload(whole);
    fixture.plan(asset);
    fixture.originals.put(asset, Arrays.copyOf(whole, whole.length / 4));

    fixture.worker.start();
    AssetMedia media = fixture.awaitEnd(asset);

    assertEquals(Status.FAILED, media.status());
    assertTrue(media.playable());
    assertEquals("corrupt_media", Objects.requireNonNull(media.error()).code());
    assertEquals(List.of(), fixture.findings(asset));
  }

  @Test
  void letsGoOfRequestsForWhatNeverComes() throws Exception {
    fixture.close();
    fixture = new PackagingFixture(folder, false, false);
    byte[] whole = clips.usual("a.mkv", "320x240", "25", "4");
    AssetId asset = fixture.upload(whole);
    fixture.plan(asset);
    String revision = fixture.packaging.published(asset).orElseThrow().revision();
    fixture.originals.put(asset, new byte[1000]);

    fixture.worker.start();
    // The beginning: what comes later may be filled before it is known that nothing can be decoded.
    SegmentAnswer answer = fixture.packaging.segment(asset, revision, "240p", "0");

    assertEquals(new SegmentAnswer.Gone(), answer);
    assertEquals(Status.FAILED, fixture.packaging.media(asset).status());
    fixture.awaitSwept();
  }
}
