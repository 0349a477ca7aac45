package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.packaging.ClipEncodings.ClipEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Spans that were made apart, in whatever order, fit together as if one run had made them.
class JoinTest {
  private static final int LOUD = 500;

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

  /// Each frame of the clip has its number in it, so that a wrong one costs much SSIM.
  @ParameterizedTest
  @CsvSource({"mp4,30", "mkv,30000/1001", "mov,24000/1001", "ts,25", "mp4,50", "flv,25"})
  void picturesAreThoseOfOneRun(String kind, String rate) throws Exception {
    ClipEncoding encoding = encodings.of(clips.usual("a." + kind, "320x240", rate, "9"));
    String rung = encoding.plan().rungs().getFirst().id();

    byte[] whole = encoding.make(Span.of(rung, 0, 5));
    byte[] joined =
        encoding.make(
            Span.of(rung, 3, 5), Span.of(rung, 0, 1), Span.of(rung, 2, 3), Span.of(rung, 1, 2));

    assertEquals(encoding.video().frames(), frames(joined));
    double worst = ssim(whole, joined);
    assertTrue(worst > 0.975, () -> "SSIM of a join and of one run is " + worst);
  }

  @Test
  void soundIsThatOfOneRunToTheSample() throws Exception {
    ClipEncoding encoding = encodings.of(clips.usual("a.mp4", "320x240", "25", "9"));

    short[] whole = samples(encoding.make(Span.of("audio", 0, 5)));
    short[] joined =
        samples(
            encoding.make(Span.of("audio", 2, 4), Span.of("audio", 4, 5), Span.of("audio", 0, 2)));

    assertEquals(whole.length, joined.length);
    int worst = 0;
    for (int i = 0; i < whole.length; i++) {
      worst = Math.max(worst, Math.abs(whole[i] - joined[i]));
    }
    // Two encodings of one sound: alike, but no two runs choose the same bits.
    assertTrue(worst < LOUD, "samples differ by " + worst);
  }

  @Test
  void fillersFitToo() throws Exception {
    ClipEncoding encoding = encodings.of(clips.usual("a.mp4", "320x240", "25", "5"));
    Map<Long, byte[]> filled = new TreeMap<>();
    encoding.encoder().fill(encoding.order(Span.of("240p", 1, 3), filled));
    byte[] init = encoding.initOf(Span.of("240p", 0, 1));
    assertArrayEquals(init, filled.get(SegmentSink.INIT));
    assertEquals(3, filled.size());
  }

  private long frames(byte[] video) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("counted.mp4"), video);
    return Long.parseLong(
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

  private double ssim(byte[] one, byte[] other) throws Exception {
    Path first = Files.write(folder.resolve("one.mp4"), one);
    Path second = Files.write(folder.resolve("other.mp4"), other);
    byte[] stats =
        clips.make(
            "ssim.txt",
            "-i",
            first.toString(),
            "-i",
            second.toString(),
            "-lavfi",
            "ssim=stats_file=" + folder.resolve("stats.log"),
            "-f",
            "framehash");
    assertTrue(stats.length > 0);
    return Files.readAllLines(folder.resolve("stats.log")).stream()
        .mapToDouble(line -> Double.parseDouble(line.replaceAll(".*All:([0-9.]+).*", "$1")))
        .min()
        .orElseThrow();
  }

  private short[] samples(byte[] sound) throws Exception {
    Path file = Files.write(folder.resolve("sound.mp4"), sound);
    byte[] raw = clips.make("sound.raw", "-i", file.toString(), "-ac", "1", "-f", "s16le");
    short[] samples = new short[raw.length / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (raw[2 * i] & 0xFF | raw[2 * i + 1] << 8);
    }
    return samples;
  }
}
