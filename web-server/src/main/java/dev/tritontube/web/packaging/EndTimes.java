package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// When the streams of a file begin and end by its first packets and its last ones, for files that
/// would take long to read. What headers declare does not count: the last packets are those before
/// the end of the file.
///
/// @param head from the beginning of the file
/// @param tail up to its end
record EndTimes(PacketTimes head, PacketTimes tail) implements StreamTimes {
  /// Whether there is enough of each stream to tell where it begins and ends.
  boolean tell(Streams streams) {
    return used(streams).allMatch(stream -> head.has(stream) && tail.has(stream));
  }

  /// When all that is used has ended, in seconds; infinite when no end was seen.
  double latest(Streams streams) {
    return used(streams)
        .filter(tail::has)
        .mapToDouble(tail::endSeconds)
        .max()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /// Frames at both ends that are on one grid have it in between.
  @Override
  public SourceMedia.Timing pictures(JsonNode stream) throws MediaException {
    long[] first = head.fromTheFirst(stream);
    long end = first[first.length - 1];
    long[] last = Arrays.stream(tail.ascending(stream)).filter(time -> time > end).toArray();
    long[] times = LongStream.concat(Arrays.stream(first), Arrays.stream(last)).toArray();
    return StreamTimes.timing(stream, times, last.length == 0 ? 0 : last[0] - end);
  }

  @Override
  public Optional<Span> sound(JsonNode stream) {
    return head.sound(stream).map(begin -> new Span(begin.startSeconds(), tail.endSeconds(stream)));
  }

  private static Stream<JsonNode> used(Streams streams) {
    return Stream.concat(streams.video().stream(), streams.audios().values().stream());
  }
}
