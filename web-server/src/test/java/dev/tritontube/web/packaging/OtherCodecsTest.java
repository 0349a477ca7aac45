package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.dash.Mpd;
import dev.tritontube.manifests.hls.Playlists;
import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.VideoTrack;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HEVC and AV1 beside H.264.
class OtherCodecsTest {
  private static final Tuning FAST = new Tuning(30, "superfast");

  @TempDir Path folder;

  @Test
  void comeAsTracksOfTheirOwnOnTheGridOfAll() throws Exception {
    try (PackagingFixture fixture = PackagingFixture.by(folder, profiles(), false)) {
      AssetId asset = fixture.upload(new Clips(folder).usual("a.mp4", "320x240", "25", "5"));
      AssetMedia planned = fixture.plan(asset);
      assertEquals(List.of("240p"), names(planned));
      AssetMedia whole = fixture.awaitEnd(asset);
      assertEquals(Status.COMPLETED, whole.status(), whole.toString());
      assertEquals(List.of("240p", "240p-hevc", "240p-av1"), names(whole));
      assertEquals(List.of(), fixture.findings(asset));
      for (String representation : List.of("240p-hevc", "240p-av1")) {
        assertEquals("125", frames(fixture.file(asset, representation)), representation);
      }
      manifestsNameThem(fixture.packaging.published(asset).orElseThrow().presentation());
    }
  }

  private static void manifestsNameThem(Presentation presentation) {
    List<VideoTrack> tracks = presentation.periods().getFirst().videos();
    assertEquals(
        List.of("avc1.64000D", "hvc1.1.6.L60.90", "av01.0.00M.08"),
        tracks.stream().map(track -> track.representations().getFirst().codecs()).toList());
    String mpd = Mpd.render(presentation, new MediaUrls("rev"));
    assertEquals(
        List.of("video", "audio", "image", "video", "video"),
        all(mpd, "<AdaptationSet[^>]*Type=\"(\\w+)"));
    String master = Playlists.master(presentation, new MediaUrls("rev"));
    assertEquals(List.of("1", "2", "3"), all(master, "SCORE=(\\d)"));
    assertTrue(master.contains("CODECS=\"av01.0.00M.08,mp4a.40.2\""), master);
  }

  @Test
  void beginTheirSegmentsAtTheSourcesKeyFrames() throws Exception {
    try (PackagingFixture fixture = PackagingFixture.by(folder, profiles(), true)) {
      AssetId asset = fixture.upload(withKeyFramesAt("0,2.4,3,6.2"));
      AssetMedia whole = fixture.work(asset);
      assertEquals(Status.COMPLETED, whole.status(), whole.toString());
      assertEquals(List.of("source", "240p-hevc", "240p-av1"), names(whole));
      assertEquals(List.of(), fixture.findings(asset));
    }
  }

  @Test
  void oneThatCannotBeMadeIsLeftOut() throws Exception {
    Path broken = folder.resolve(PackagingFixture.FFMPEG);
    Files.writeString(
        broken, "#!/bin/sh\ncase \"$*\" in *libsvtav1*) exit 1;; esac\nexec ffmpeg \"$@\"\n");
    assertTrue(broken.toFile().setExecutable(true));
    try (PackagingFixture fixture = PackagingFixture.by(folder, profiles(), false)) {
      AssetId asset = fixture.upload(new Clips(folder).usual("a.mp4", "320x240", "25", "1"));
      AssetMedia whole = fixture.work(asset);
      assertEquals(Status.COMPLETED, whole.status(), whole.toString());
      assertEquals(List.of("240p", "240p-hevc"), names(whole));
      assertEquals(
          List.of("left_out"), whole.notes().stream().map(AssetMedia.Reason::code).toList());
      assertTrue(whole.notes().getFirst().detail().startsWith("240p-av1 "), whole::toString);
      assertEquals(List.of(), fixture.findings(asset));
    }
  }

  @Test
  void startsWithNoProgramThatLacksTheEncoder() throws Exception {
    Path none = folder.resolve("ffmpeg");
    Files.writeString(none, "#!/bin/sh\necho ' V....D libx264  H.264'\n");
    assertTrue(none.toFile().setExecutable(true));
    IOException refused =
        assertThrows(
            IOException.class,
            () ->
                PackagingWorker.checkEncoders(
                    MediaTools.find(Optional.of(none), Optional.of(none)).orElseThrow(),
                    new ToolRunner(Confinement.withoutSandbox("not in this test")),
                    profiles()));
    assertEquals(
        "profile 'standard' asks for hevc, but " + none + " has no libx265", refused.getMessage());
  }

  private byte[] withKeyFramesAt(String seconds) throws Exception {
    return new Clips(folder)
        .make(
            "keys.mp4",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=320x240:r=25:d=8",
            "-pix_fmt",
            "yuv420p",
            "-c:v",
            "libx264",
            "-g",
            "999",
            "-sc_threshold",
            "0",
            "-force_key_frames",
            seconds);
  }

  private static Profiles profiles() {
    Profile standard = Profiles.usual().standard();
    return Profiles.usual()
        .with(
            List.of(
                new Profile(
                    standard.name(),
                    "",
                    standard.sizes(),
                    standard.fullHdBitsPerSecond(),
                    Map.of(Codec.H264, FAST, Codec.HEVC, FAST, Codec.AV1, new Tuning(45, "12")),
                    standard.soundBitsPerSecond(),
                    true,
                    false,
                    true)));
  }

  private static List<String> names(AssetMedia media) {
    return media.renditions().stream().map(AssetMedia.Rendition::name).toList();
  }

  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }

  private String frames(byte[] file) throws Exception {
    return Clips.output(
        "ffprobe",
        "-v",
        "error",
        "-count_frames",
        "-of",
        "csv=p=0",
        "-show_entries",
        "stream=nb_read_frames",
        Files.write(folder.resolve("out.mp4"), file).toString());
  }
}
