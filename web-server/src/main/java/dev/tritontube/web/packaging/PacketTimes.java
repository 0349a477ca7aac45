package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// When the packets of each stream are to be shown, from ffprobe's list of packets.
final class PacketTimes implements StreamTimes {
  /// 24 hours at 120 frames.
  private static final int MAX_PACKETS = 11_000_000;

  private final Container container;
  private final Map<Integer, Times> streams = new HashMap<>();

  PacketTimes(Container container) {
    this.container = container;
  }

  /// Takes a packet with its `stream_index`, `flags`, `size` and, as far as they are known, `pts`,
  /// `dts` and `duration`. Those that decoders discard and those without any time do not count.
  void add(JsonNode packet) throws IOException {
    JsonNode shown = packet.path(packet.has("pts") ? "pts" : "dts");
    if (shown.isIntegralNumber() && !packet.path("flags").asText().contains("D")) {
      Times times = streams.computeIfAbsent(packet.path("stream_index").asInt(), _ -> new Times());
      times.add(shown.asLong(), packet.path("duration").asLong(0));
      times.sizes.add(packet.path("size").asLong(0), packet.path("flags").asText().contains("K"));
    }
  }

  @Override
  public SourceMedia.Timing pictures(JsonNode stream) throws MediaException {
    return StreamTimes.timing(stream, fromTheFirst(stream), 0);
  }

  @Override
  public Optional<Effort> effort(JsonNode stream) {
    return of(stream).sizes.effort();
  }

  @Override
  public Optional<Span> sound(JsonNode stream) {
    Times times = of(stream);
    if (times.count == 0) {
      return Optional.empty();
    }
    double tick = StreamTimes.tick(stream).approximately();
    double start = stream.path("start_time").asDouble(times.sorted()[0] * tick);
    return Optional.of(new Span(start, endSeconds(stream)));
  }

  boolean has(JsonNode stream) {
    return of(stream).count > 0;
  }

  /// In ascending order, in ticks of the stream; decoding times where the file has no others.
  long[] ascending(JsonNode stream) {
    return of(stream).sorted();
  }

  /// The same, if the first packet listed is the stream's first.
  long[] fromTheFirst(JsonNode stream) {
    long[] times = ascending(stream);
    if (container == Container.AVI) {
      closeDelay(times);
    }
    return times;
  }

  /// Where the last packet ends, as far as it says how long it is.
  double endSeconds(JsonNode stream) {
    return of(stream).end * StreamTimes.tick(stream).approximately();
  }

  /// AVI cannot say that frames are shown in another order: writers leave a hole after the first
  /// one instead.
  private static void closeDelay(long[] times) {
    if (times.length > 2 && times[1] - times[0] == 2 * (times[2] - times[1])) {
      times[0] = times[1] - (times[2] - times[1]);
    }
  }

  private Times of(JsonNode stream) {
    return streams.getOrDefault(stream.path("index").asInt(), new Times());
  }

  private static final class Times {
    private long[] values = new long[1024];
    private int count;
    private long end;
    private final FrameSizes sizes = new FrameSizes();

    void add(long time, long length) throws IOException {
      if (count == MAX_PACKETS) {
        throw new Ffprobe.ExcessException("more than " + MAX_PACKETS + " packets in a stream");
      }
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      end = count == 0 ? time + length : Math.max(end, time + length);
      values[count++] = time;
    }

    long[] sorted() {
      long[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
