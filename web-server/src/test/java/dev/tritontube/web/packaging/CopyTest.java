package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.presentation.Representation;
import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.manifests.presentation.VideoTrack;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sources whose own pictures are the largest size.
class CopyTest {
  private static final String SOUND = "sine=frequency=440:sample_rate=48000:duration=";

  @TempDir Path folder;
  private Clips clips;
  private PackagingFixture fixture;

  @BeforeEach
  void start() throws Exception {
    clips = new Clips(folder);
    fixture = new PackagingFixture(folder, true, true);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void whatCanBePlayedAsItIsPlaysBeforeAnythingIsEncoded() throws Exception {
    try (PackagingFixture idle = idle()) {
      AssetId asset = idle.upload(clip("30", "10", "70"));
      assertTrue(idle.plan(asset).playable());
      assertEquals(List.of("source"), sizes(idle, asset));
      Published published = idle.packaging.published(asset).orElseThrow();
      idle.bytes(asset, published, "source", "init");
      idle.bytes(asset, published, "source", "3");
      idle.bytes(asset, published, "source-audio", "0");
      assertInstanceOf(
          SegmentAnswer.Unknown.class,
          idle.packaging.segment(asset, published.revision(), "source", "4"));
      assertTrue(idle.blobs.contents().isEmpty());
    }
  }

  @Test
  void otherSizesBeginTheirSegmentsAtTheSourcesKeyFrames() throws Exception {
    AssetId asset = fixture.upload(clip("30000/1001", "14", "97"));
    assertEquals(Status.COMPLETED, fixture.work(asset).status());

    assertEquals(List.of("240p", "source"), sizes(fixture, asset));
    assertEquals(List.of(), fixture.findings(asset));
    Timeline timeline = pictures(fixture, asset).timeline();
    assertEquals(
        List.of(97L, 97L, 97L, 129L),
        timeline.segments().map(segment -> segment.duration() / 1001).toList());
  }

  @Test
  void theCopyHasTheSourcesFramesToTheBit() throws Exception {
    byte[] clip = clip("25", "9", "60");
    AssetId asset = fixture.upload(clip);
    fixture.work(asset);

    Path copy = Files.write(folder.resolve("copy.mp4"), fixture.file(asset, "source"));
    assertEquals(frames(folder.resolve("clip.mp4")), frames(copy));
  }

  @Test
  void theSoundHasTheSourcesFramesFromTheFirstPictureOn() throws Exception {
    AssetId asset = fixture.upload(clip("25", "9", "60"));
    fixture.work(asset);

    Path copy = Files.write(folder.resolve("copy.mp4"), fixture.file(asset, "source-audio"));
    List<String> source = packets(folder.resolve("clip.mp4"));
    List<String> copied = packets(copy);
    assertEquals(Math.ceilDiv(9 * 48_000, 1024), copied.size());
    assertEquals(1, Collections.indexOfSubList(source, copied), "after one frame of priming");
  }

  @Test
  void soundThatBeginsLateOrHasAnotherRateIsMade() throws Exception {
    try (PackagingFixture idle = idle()) {
      AssetId late = idle.upload(clip("25", "3", "50", "-filter:a", "asetpts=PTS+0.5/TB"));
      idle.plan(late);
      assertEquals(List.of("audio"), sounds(idle, late));
      AssetId slow = idle.upload(clip("25", "3", "50", "-ar", "44100"));
      idle.plan(slow);
      assertEquals(List.of("audio"), sounds(idle, slow));
      AssetId good = idle.upload(clip("25", "3", "50", "-ac", "2"));
      idle.plan(good);
      assertEquals(List.of("source-audio"), sounds(idle, good));
    }
  }

  @Test
  void smallPicturesNeedNoEncodingAtAll() throws Exception {
    AssetId asset =
        fixture.upload(
            clips.make(
                "small.mp4", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=5", "-g", "48"));
    assertEquals(Status.COMPLETED, fixture.work(asset).status());
    assertEquals(List.of("source"), sizes(fixture, asset));
    assertTrue(
        fixture.blobs.contents().keySet().stream()
            .allMatch(key -> key.matches(".*/(poster|thumbnails|presentation)[/-].*")));
  }

  @Test
  void whatPeoplesLinesDoNotTakeIsEncoded() throws Exception {
    AssetId asset =
        fixture.upload(
            clips.make(
                "large.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=426x240:r=25:d=3",
                "-vf",
                "noise=alls=100:allf=t",
                "-qp",
                "1",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p"));
    assertEquals(Status.COMPLETED, fixture.work(asset).status());
    assertEquals(List.of("240p"), sizes(fixture, asset));
  }

  @Test
  void keyFramesThatAreTooFarApartAreEncoded() throws Exception {
    try (PackagingFixture idle = idle()) {
      AssetId asset = idle.upload(clip("25", "12", "300"));
      idle.plan(asset);
      assertEquals(List.of("240p", "360p"), sizes(idle, asset));
    }
  }

  /// Nothing is encoded there.
  private PackagingFixture idle() throws Exception {
    return new PackagingFixture(Files.createDirectory(folder.resolve("idle")), false, true);
  }

  private byte[] clip(String rate, String seconds, String gop, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=640x360:r=" + rate + ":d=" + seconds,
                "-f",
                "lavfi",
                "-i",
                SOUND + seconds,
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-pix_fmt",
                "yuv420p",
                "-g",
                gop,
                "-keyint_min",
                gop,
                "-sc_threshold",
                "0",
                "-c:a",
                "aac"));
    arguments.addAll(List.of(more));
    return clips.make("clip.mp4", arguments.toArray(new String[0]));
  }

  private static VideoTrack pictures(PackagingFixture fixture, AssetId asset) {
    return fixture
        .packaging
        .published(asset)
        .orElseThrow()
        .presentation()
        .periods()
        .getFirst()
        .videos()
        .getFirst();
  }

  private static List<String> sizes(PackagingFixture fixture, AssetId asset) {
    return pictures(fixture, asset).representations().stream().map(Representation::id).toList();
  }

  private static List<String> sounds(PackagingFixture fixture, AssetId asset) {
    return fixture
        .packaging
        .published(asset)
        .orElseThrow()
        .presentation()
        .periods()
        .getFirst()
        .audios()
        .stream()
        .flatMap(track -> track.representations().stream())
        .map(Representation::id)
        .toList();
  }

  /// Checksums of all frames as they are shown.
  private static List<String> frames(Path file) throws Exception {
    return checksums(file, "-map", "0:v", "-fps_mode", "passthrough");
  }

  /// Checksums of all frames of sound as they are stored.
  private static List<String> packets(Path file) throws Exception {
    return checksums(file, "-map", "0:a", "-c", "copy");
  }

  private static List<String> checksums(Path file, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-i", file.toString()));
    command.addAll(List.of(options));
    command.addAll(List.of("-f", "framemd5", "-"));
    Stream<String> lines = Arrays.stream(Clips.output(command.toArray(new String[0])).split("\n"));
    return lines
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
        .toList();
  }
}
