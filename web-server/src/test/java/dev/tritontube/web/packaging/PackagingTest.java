package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void makesAVideoPlayableAndThenWhole() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "640x360", "30", "5"));

    fixture.worker.jobs().getFirst().run(asset.value());
    AssetMedia playable = fixture.packaging.media(asset);
    fixture.worker.jobs().getLast().run(asset.value());
    AssetMedia whole = fixture.packaging.media(asset);

    assertEquals(Status.PROCESSING, playable.status(), playable.toString());
    assertTrue(playable.playable());
    assertEquals(1, playable.renditions().size());
    assertEquals(Status.COMPLETED, whole.status(), whole.toString());
    assertEquals(100, whole.progress().percent());
    assertEquals(2, whole.renditions().size());
    assertTrue(whole.poster());
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
}
