package dev.tritontube.manifests.mp4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.mp4.RemuxResult.Reason;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.manifests.presentation.Segment;
import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.manifests.presentation.VideoRepresentation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemuxTest {
  private static final String IRREGULAR = "-g 90 -force_key_frames 0.5,1.1,2.3,2.4,5,5.7";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "a.mp4, 30, 30000, 1000, -movflags +faststart",
    "a.mp4, 30000/1001, 30000, 1001, " + IRREGULAR,
    "a.mov, 24000/1001, 24000, 1001, " + IRREGULAR,
    "a.mov, 30, 30000, 1000, -video_track_timescale 600",
    "a.mp4, 25, 25000, 1000, -movflags +negative_cts_offsets",
    "a.mp4, 25, 25000, 1000, -video_track_timescale 1000 -use_editlist 0",
    "a.mp4, 50, 50000, 1000, -bf 0",
  })
  void copiesEveryFrame(String name, String rate, long timescale, long frameTicks, String options)
      throws Exception {
    Path source = clip(name, rate, options);
    ByteSource file = InMemorySource.of(Files.readAllBytes(source));

    Remux remux = possible(file, timescale, frameTicks);

    byte[] copy = checked(remux, file, new Rational(timescale, frameTicks));
    Path whole = Files.write(folder.resolve("copy.mp4"), copy);
    assertEquals(pictures(source), pictures(whole));
  }

  @Test
  void leavesOutTheSoundInBetweenAndKeepsTheColours() throws Exception {
    String colours = "-colorspace bt709 -color_primaries bt709 -color_trc bt709";
    Path pictures = clip("pictures.mp4", "25", colours);
    Path source = folder.resolve("both.mov");
    Ffmpeg.output(
        List.of("-i", pictures.toString(), "-f", "lavfi", "-i", "sine=r=48000:d=8"),
        List.of("-c:v", "copy", "-c:a", "aac", source.toString()));
    ByteSource file = InMemorySource.of(Files.readAllBytes(source));

    Remux remux = possible(file, 25_000, 1000);

    assertTrue(remux.ranges(0).size() > 1);
    Path whole = Files.write(folder.resolve("copy.mp4"), checked(remux, file, Rational.of(25)));
    assertEquals(pictures(source), pictures(whole));
    assertTrue(new String(remux.init(), ISO_8859_1).contains("colrnclx"));
  }

  @Test
  void cutsAtKeyFramesThatAreFarEnoughApart() throws Exception {
    ByteSource file = InMemorySource.of(Files.readAllBytes(clip("a.mp4", "30000/1001", IRREGULAR)));

    Remux remux = possible(file, 30_000, 1001);

    assertEquals("avc1.4D400B", remux.codecs());
    assertEquals(
        Timeline.of(30_000, Arrays.stream(new long[] {69, 81, 60}).map(frames -> frames * 1001)),
        remux.timeline());
  }

  @ParameterizedTest
  @CsvSource({
    "IRREGULAR, 30, -vf select=n-50 -fps_mode vfr",
    "FEW_KEY_FRAMES, 15, -g 400",
    "NOT_IDR, 15, -preset veryfast -x264-params open-gop=1",
    "PROFILE, 30, -pix_fmt yuv422p",
    "NOT_UPRIGHT, 30, -vf setsar=2",
    "NOT_PLAIN_H264, 30, -c:v mpeg4",
  })
  void refuses(Reason reason, long rate, String options) throws Exception {
    byte[] file = Files.readAllBytes(clip("a.mp4", Long.toString(rate), options));

    assertEquals(refused(reason), remux(InMemorySource.of(file), rate * 1000, 1000));
  }

  @Test
  void refusesWhatIsTurned() throws Exception {
    Path plain = clip("plain.mp4", "30", "-t 3");
    Path turned = folder.resolve("turned.mp4");
    Ffmpeg.output(
        List.of("-i", plain.toString(), "-c", "copy", "-metadata:s:v:0", "rotate=90"),
        List.of(turned.toString()));

    assertEquals(
        refused(Reason.NOT_UPRIGHT),
        remux(InMemorySource.of(Files.readAllBytes(turned)), 30_000, 1000));
  }

  @Test
  void refusesWhatIsCut() throws Exception {
    Path whole = clip("whole.mp4", "30", "-movflags +faststart");
    Path edited = folder.resolve("edited.mp4");
    Ffmpeg.output(
        List.of("-ss", "1.5", "-i", whole.toString(), "-c", "copy"), List.of(edited.toString()));
    byte[] file = Files.readAllBytes(whole);
    byte[] truncated = Arrays.copyOf(file, file.length - 1);

    assertEquals(
        refused(Reason.HIDDEN_FRAMES),
        remux(InMemorySource.of(Files.readAllBytes(edited)), 30_000, 1000));
    assertEquals(refused(Reason.TRUNCATED), remux(InMemorySource.of(truncated), 30_000, 1000));
    assertEquals(refused(Reason.IRREGULAR), remux(InMemorySource.of(file), 25_000, 1000));
  }

  private static RemuxResult refused(Reason reason) {
    return new RemuxResult.Refused(reason);
  }

  private static RemuxResult remux(ByteSource file, long timescale, long frameTicks)
      throws IOException {
    MovieTrack video = Movie.read(file, 1 << 20).tracks().getFirst();
    return Remuxer.remux(video, file, timescale, frameTicks);
  }

  private static Remux possible(ByteSource file, long timescale, long frameTicks)
      throws IOException {
    return assertInstanceOf(RemuxResult.Possible.class, remux(file, timescale, frameTicks)).remux();
  }

  /// The whole representation, of which nothing may be found wrong.
  private static byte[] checked(Remux remux, ByteSource file, Rational rate) throws IOException {
    VideoRepresentation representation =
        new VideoRepresentation(
            "source", remux.codecs(), remux.bandwidth(), remux.width(), remux.height(), rate);
    byte[] init = remux.init();
    SegmentChecker checker =
        new SegmentChecker(representation, remux.timeline(), ByteBuffer.wrap(init));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(init);
    long peak = 0;
    for (Segment segment : remux.timeline().segments().toList()) {
      byte[] bytes = remux.segment(segment.number(), file);
      assertEquals(bytes.length, remux.length(segment.number()));
      checker.check(segment.number(), ByteBuffer.wrap(bytes));
      all.writeBytes(bytes);
      double seconds = remux.timeline().seconds(segment.duration()).approximately();
      peak = Math.max(peak, (long) Math.ceil(bytes.length * 8 / seconds));
    }
    assertEquals(List.of(), checker.findings());
    assertEquals(peak, remux.bandwidth().peak(), 1);
    return all.toByteArray();
  }

  private static List<String> pictures(Path file) throws Exception {
    byte[] report =
        Ffmpeg.output(
            List.of("-i", file.toString(), "-map", "0:v", "-fps_mode", "passthrough"),
            List.of("-f", "framemd5", "-"));
    List<String> hashes =
        new String(report, UTF_8)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.substring(line.lastIndexOf(',') + 1))
            .toList();
    assertTrue(hashes.size() > 100);
    return hashes;
  }

  private Path clip(String name, String rate, String options) throws Exception {
    Path file = folder.resolve(name);
    List<String> more = new ArrayList<>(List.of(options.split(" ")));
    Ffmpeg.output(Ffmpeg.pictures(210, rate, 30), more, List.of(file.toString()));
    return file;
  }
}
