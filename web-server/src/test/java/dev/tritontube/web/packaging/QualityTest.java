package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.packaging.ClipEncodings.ClipEncoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is served of a source, made in spans apart, is as like the source as what one plain ffmpeg
/// command with the same encoder makes of it in one go: over all frames, and where spans meet.
///
/// Frames are compared one to one by their number. A picture that is one frame late costs much more
/// than what is allowed: these pictures zoom all the time.
///
/// The settings of both encoders are the same but for the level, which only names what is needed,
/// and for key frames, which x264 puts every two seconds in both.
class QualityTest {
  private static final double ALLOWED = 0.998;
  private static final double SECONDS = 5;
  private static final int SEGMENTS = 3;

  /// Where spans meet, in segments.
  private static final List<Integer> JOINS = List.of(1, 2);

  /// Before a join, and as many behind it.
  private static final int FRAMES_AROUND = 30;

  @TempDir Path folder;
  private ClipEncodings encodings;
  private Clips clips;

  @BeforeEach
  void start() throws Exception {
    encodings = new ClipEncodings(folder);
    clips = new Clips(folder);
  }

  @AfterEach
  void stop() {
    encodings.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"24000/1001", "30000/1001", "50", "60"})
  void isAsGoodAsThePlainCommand(String rate) throws Exception {
    ClipEncoding encoding = encodings.of(source(rate, "null"));

    assertEquals(rate, encoding.video().rate().toString());
    assertAsGood(encoding);
  }

  /// Every frame is up to 12 ms late, and some are missing: the plain command too has to put them
  /// on a grid.
  @Test
  void atVariableRateToo() throws Exception {
    String uneven =
        "settb=1/90000,select='not(eq(mod(n,7),3))+lt(n,20)',setpts=PTS+0.004*mod(N\\,4)/TB";
    ClipEncoding encoding = encodings.of(source("30", uneven, "-enc_time_base", "1:90000"));

    assertAsGood(encoding);
  }

  private byte[] source(String rate, String filters, String... more) throws Exception {
    List<String> arguments = new ArrayList<>();
    Collections.addAll(
        arguments,
        "-f",
        "lavfi",
        "-i",
        "mandelbrot=s=480x360:rate=" + rate,
        "-vf",
        filters,
        "-t",
        Double.toString(SECONDS),
        "-fps_mode",
        "vfr",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-crf",
        "20",
        "-bf",
        "2",
        "-pix_fmt",
        "yuv420p");
    Collections.addAll(arguments, more);
    return clips.make("source.mp4", arguments.toArray(String[]::new));
  }

  private void assertAsGood(ClipEncoding encoding) throws Exception {
    EncodingPlan.Video video = encoding.video();
    double perSecond = video.rate().approximately();
    assertEquals(Math.ceil(SECONDS * perSecond), video.frames(), 1);
    assertEquals(SEGMENTS, video.timeline().count());
    Map<String, byte[]> ours = spansApart(encoding);
    assertEquals(2, ours.size());
    for (Rung rung : video.rungs()) {
      byte[] file = Objects.requireNonNull(ours.get(rung.id()));
      double[] served = likeness(Files.write(folder.resolve("ours.mp4"), file), video, rung);
      double[] plain = likeness(plain(video, rung), video, rung);
      assertEquals(video.frames(), served.length, "frames of " + rung.id());
      assertAtLeast(plain, served, 0, served.length, rung.id());
      for (int join : JOINS) {
        int frame = join * video.gop();
        assertAtLeast(
            plain, served, frame - FRAMES_AROUND, frame + FRAMES_AROUND, rung.id() + " at a join");
      }
    }
  }

  /// Some made together, some alone, none in their order.
  private static Map<String, byte[]> spansApart(ClipEncoding encoding) throws Exception {
    List<String> all = encoding.plan().ids();
    return encoding.makeAll(
        new Span(all, 2, SEGMENTS),
        Span.single(all.getFirst(), 0),
        new Span(all, 1, 2),
        Span.single(all.getLast(), 0));
  }

  private Path plain(EncodingPlan.Video video, Rung rung) throws Exception {
    String gop = Integer.toString(video.gop());
    clips.make(
        "plain.mp4",
        "-i",
        folder.resolve("source.mp4").toString(),
        "-vf",
        onGrid(video, rung),
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-profile:v",
        "high",
        "-crf",
        "23",
        "-maxrate",
        Long.toString(rung.capBitsPerSecond()),
        "-bufsize",
        Long.toString(rung.capBitsPerSecond() * 3 / 2),
        "-g",
        gop,
        "-keyint_min",
        gop,
        "-sc_threshold",
        "0",
        "-bf",
        "2");
    return folder.resolve("plain.mp4");
  }

  private static String onGrid(EncodingPlan.Video video, Rung rung) {
    return "fps=" + video.rate() + ",scale=" + rung.width() + ":" + rung.height();
  }

  /// SSIM of each frame with the source's of the same number, or its last.
  private double[] likeness(Path encoded, EncodingPlan.Video video, Rung rung) throws Exception {
    Path stats = folder.resolve("stats.log");
    clips.make(
        "compared.txt",
        "-i",
        encoded.toString(),
        "-i",
        folder.resolve("source.mp4").toString(),
        "-lavfi",
        "[0:v]settb=1/1000,setpts=N[a];[1:v]"
            + onGrid(video, rung)
            + ",tpad=stop=-1:stop_mode=clone,settb=1/1000,setpts=N[b];[a][b]ssim=shortest=1:stats_file="
            + stats,
        "-fps_mode",
        "passthrough",
        "-f",
        "framehash");
    try (Stream<String> lines = Files.lines(stats)) {
      return lines
          .mapToDouble(line -> Double.parseDouble(line.replaceAll(".*All:([0-9.]+).*", "$1")))
          .toArray();
    }
  }

  private static void assertAtLeast(
      double[] plain, double[] served, int from, int to, String what) {
    double expected = average(plain, from, to);
    double found = average(served, from, to);
    assertTrue(
        found >= expected * ALLOWED,
        () -> "SSIM of %s is %.5f, of the plain command %.5f".formatted(what, found, expected));
  }

  private static double average(double[] values, int from, int to) {
    return Arrays.stream(values, from, Math.min(to, values.length)).average().orElseThrow();
  }
}
