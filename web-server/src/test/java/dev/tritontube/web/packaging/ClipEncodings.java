package dev.tritontube.web.packaging;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Makes spans of clips as workers do, one after the other and without a catalog or a ring.
final class ClipEncodings implements AutoCloseable {
  private final Path folder;
  private final MediaTools tools;
  private final SourceRelay relay;
  private final ToolRunner runner;

  /// @param folder for pipes
  ClipEncodings(Path folder) throws Exception {
    this.folder = folder;
    this.tools = MediaTools.find(Optional.empty(), Optional.empty()).orElseThrow();
    this.relay = new SourceRelay();
    this.runner = new ToolRunner(Confinement.choose(tools, relay.port()));
  }

  /// Looks at a clip and plans it; nothing of it is copied.
  ClipEncoding of(byte[] clip) throws Exception {
    SourceRelay.Lease lease = relay.lend(new BytesOriginal(clip));
    Container container =
        Container.sniff(Arrays.copyOf(clip, Math.min(clip.length, Container.HEAD_BYTES)))
            .orElseThrow();
    Source source = new Source(lease, container);
    SourceMedia media =
        new Probe(new Ffprobe(tools.ffprobe(), runner)).probe(source, new Cancellation());
    return new ClipEncoding(
        new Planner(false, Profiles.usual()).plan(media, Profiles.STANDARD),
        source,
        new Encoder(new EncodeCommand(tools, new Filters(false)), runner, folder));
  }

  @Override
  public void close() {
    relay.close();
  }

  /// A clip with its plan.
  record ClipEncoding(EncodingPlan plan, Source source, Encoder encoder) {
    EncodingPlan.Video video() {
      return Objects.requireNonNull(plan.video());
    }

    /// What is made goes to `into`, by number.
    Encoder.Order order(Span span, Map<Long, byte[]> into) {
      SegmentSink sink =
          (_, number, bytes) -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            into.put(number, copy);
          };
      return new Encoder.Order(plan, span, sink, true, new Cancellation());
    }

    /// The spans of one representation as one file, in the order of their numbers.
    byte[] make(Span... spans) throws Exception {
      return makeAll(spans).values().iterator().next();
    }

    /// Each representation of the spans as one file.
    Map<String, byte[]> makeAll(Span... spans) throws Exception {
      Map<String, Map<Long, byte[]>> made = new TreeMap<>();
      SegmentSink sink =
          (representation, number, bytes) -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            synchronized (made) {
              made.computeIfAbsent(representation, _ -> new TreeMap<>()).put(number, copy);
            }
          };
      for (Span span : spans) {
        encoder.encode(source, new Encoder.Order(plan, span, sink, true, new Cancellation()));
      }
      Map<String, byte[]> files = new TreeMap<>();
      made.forEach((representation, segments) -> files.put(representation, file(segments)));
      return files;
    }

    byte[] initOf(Span span) throws Exception {
      Map<Long, byte[]> segments = new TreeMap<>();
      encoder.encode(source, order(span, segments));
      return Objects.requireNonNull(segments.get(SegmentSink.INIT));
    }

    private static byte[] file(Map<Long, byte[]> segments) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      segments.values().forEach(file::writeBytes);
      return file.toByteArray();
    }
  }
}
