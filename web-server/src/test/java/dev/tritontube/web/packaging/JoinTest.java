package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
  private final ToolRunner runner = new ToolRunner();
  private SourceRelay relay;
  private Clips clips;
  private MediaTools tools;

  @BeforeEach
  void start() throws Exception {
    relay = new SourceRelay();
    clips = new Clips(folder);
    tools = MediaTools.find(Optional.empty(), Optional.empty()).orElseThrow();
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  /// Each frame of the clip has its number in it, so that a wrong one costs much SSIM.
  @ParameterizedTest
  @CsvSource({"mp4,30", "mkv,30000/1001", "mov,24000/1001", "ts,25", "mp4,50", "flv,25"})
  void picturesAreThoseOfOneRun(String kind, String rate) throws Exception {
    Encoding encoding = encoding(clips.usual("a." + kind, "320x240", rate, "9"), kind);
    String rung = encoding.plan.rungs().getFirst().id();

    byte[] whole = encoding.make(Span.of(rung, 0, 5));
    byte[] joined =
        encoding.make(
            Span.of(rung, 3, 5), Span.of(rung, 0, 1), Span.of(rung, 2, 3), Span.of(rung, 1, 2));

    assertEquals(encoding.frames(), frames(joined));
    double worst = ssim(whole, joined);
    assertTrue(worst > 0.975, () -> "SSIM of a join and of one run is " + worst);
  }

  @Test
  void soundIsThatOfOneRunToTheSample() throws Exception {
    Encoding encoding = encoding(clips.usual("a.mp4", "320x240", "25", "9"), "mp4");

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
    Encoding encoding = encoding(clips.usual("a.mp4", "320x240", "25", "5"), "mp4");
    Map<Long, byte[]> filled = new TreeMap<>();
    encoding.encoder.fill(encoding.order(Span.of("240p", 1, 3), filled));
    byte[] init = encoding.initOf(Span.of("240p", 0, 1));
    assertArrayEquals(init, filled.get(SegmentSink.INIT));
    assertEquals(3, filled.size());
  }

  /// A source with its plan.
  private final class Encoding {
    private final EncodingPlan plan;
    private final Source source;
    private final Encoder encoder;

    Encoding(EncodingPlan plan, Source source) {
      this.plan = plan;
      this.source = source;
      this.encoder = new Encoder(new EncodeCommand(tools, new Filters(false)), runner, folder);
    }

    long frames() {
      return java.util.Objects.requireNonNull(plan.video()).frames();
    }

    Encoder.Order order(Span span, Map<Long, byte[]> into) {
      SegmentSink sink =
          (_, number, bytes) -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            into.put(number, copy);
          };
      return new Encoder.Order(plan, span, sink, true, new Cancellation());
    }

    byte[] make(Span... spans) throws Exception {
      Map<Long, byte[]> segments = new TreeMap<>();
      for (Span span : spans) {
        encoder.encode(source, order(span, segments));
      }
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      segments.values().forEach(file::writeBytes);
      return file.toByteArray();
    }

    byte[] initOf(Span span) throws Exception {
      Map<Long, byte[]> segments = new TreeMap<>();
      encoder.encode(source, order(span, segments));
      return java.util.Objects.requireNonNull(segments.get(SegmentSink.INIT));
    }
  }

  private Encoding encoding(byte[] clip, String kind) throws Exception {
    SourceRelay.Lease lease = relay.lend(new InMemory(clip));
    Container container =
        Container.sniff(
                ByteBuffer.wrap(clip, 0, Math.min(clip.length, Container.HEAD_BYTES)).array())
            .orElseThrow(() -> new AssertionError(kind));
    Source source = new Source(lease, container);
    SourceMedia media = new Probe(tools.ffprobe(), runner).probe(source, new Cancellation());
    return new Encoding(new Planner(false).plan(media), source);
  }

  private record InMemory(byte[] bytes) implements Original {
    @Override
    public long sizeBytes() {
      return bytes.length;
    }

    @Override
    public InputStream open(long offset) {
      return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
    }
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
