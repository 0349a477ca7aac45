package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// What the probe finds in a clip.
final class Probed implements AutoCloseable {
  private final Ffprobe ffprobe;
  private final Probe probe;
  private final SourceRelay relay = new SourceRelay();
  private final Source source;

  /// By its sample tables, or all its packets.
  Probed(byte[] clip) throws Exception {
    this(clip, new Probe.Sizes(Long.MAX_VALUE, Long.MAX_VALUE));
  }

  Probed(byte[] clip, Probe.Sizes listed) throws Exception {
    MediaTools tools = MediaTools.find(Optional.empty(), Optional.empty()).orElseThrow();
    ffprobe = new Ffprobe(tools.ffprobe(), new ToolRunner(Confinement.choose(tools, relay.port())));
    probe = new Probe(ffprobe, listed);
    source = new Source(relay.lend(new BytesOriginal(clip)), Container.sniff(clip).orElseThrow());
  }

  boolean hasTables() throws Exception {
    return TableTimes.movie(source).isPresent();
  }

  /// What its tables tell instead of ffprobe.
  Optional<JsonNode> byTables() throws Exception {
    return TableTimes.movie(source).flatMap(movie -> TableHeaders.of(source.container(), movie));
  }

  /// As ffprobe says them.
  JsonNode headers() throws Exception {
    return ffprobe.headers(source, new Cancellation()).headers();
  }

  SourceMedia media() throws Exception {
    return probe.probe(source, new Cancellation());
  }

  /// By its packets, whatever tables it has.
  SourceMedia byPackets() throws Exception {
    Ffprobe.Contents found =
        ffprobe.headersAndPackets(source, Ffprobe.EVERYTHING, new Cancellation());
    return Streams.of(found.headers()).media(source.container(), found.packets());
  }

  @Override
  public void close() {
    relay.close();
  }
}
