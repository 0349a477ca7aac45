package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.manifests.mp4.AacTrack;
import dev.tritontube.manifests.mp4.MalformedMp4Exception;
import dev.tritontube.manifests.mp4.Movie;
import dev.tritontube.manifests.mp4.MovieTrack;
import dev.tritontube.manifests.mp4.Remux;
import dev.tritontube.manifests.mp4.RemuxResult;
import dev.tritontube.manifests.mp4.Remuxer;
import dev.tritontube.manifests.presentation.Rational;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When the streams of an MP4 or MOV file begin and end by its sample tables: what its packets
/// would tell, without reading the file.
final class TableTimes implements StreamTimes {
  private static final Logger LOG = LoggerFactory.getLogger(TableTimes.class);

  /// Enough for 14 hours at 30 frames.
  static final int MAX_MOOV_BYTES = 64 << 20;

  private final Movie movie;
  private final Original file;
  private final Map<Integer, long[]> frames = new HashMap<>();
  private final Map<Integer, Span> sounds = new HashMap<>();
  private boolean cutOff;

  private TableTimes(Movie movie, Original file) {
    this.movie = movie;
    this.file = file;
  }

  /// The tables of a file; empty when it has none that can be read, or samples that are in none.
  static Optional<Movie> movie(Source source) throws IOException {
    return source.container().hasSampleTables() ? movie(source.original()) : Optional.empty();
  }

  static Optional<Movie> movie(Original original) throws IOException {
    try {
      Movie movie = Movie.read(original, MAX_MOOV_BYTES);
      return Optional.of(movie).filter(found -> !found.fragmented());
    } catch (MalformedMp4Exception e) {
      return Optional.empty(); // ffmpeg reads more than the tables' reader does.
    }
  }

  /// Of what is wholly in the file. Empty when the tables of one of the streams cannot be read.
  ///
  /// @param source the file whose tables these are
  static Optional<TableTimes> of(Movie movie, Source source, Streams streams) {
    TableTimes times = new TableTimes(movie, source.original());
    try {
      boolean complete = true;
      if (streams.video().isPresent()) {
        complete = times.addPictures(streams.video().get());
      }
      for (JsonNode sound : streams.audios().values()) {
        complete = complete && times.addSound(sound);
      }
      return complete ? Optional.of(times) : Optional.empty();
    } catch (MalformedMp4Exception e) {
      return Optional.empty();
    }
  }

  @Override
  public SourceMedia.Timing pictures(JsonNode stream) throws MediaException {
    long[] times = frames.getOrDefault(stream.path("index").asInt(), new long[0]);
    return StreamTimes.timing(stream, times, 0);
  }

  @Override
  public Optional<Remux> remux(JsonNode stream, SourceMedia.Timing timing) throws IOException {
    Optional<MovieTrack> track = timing.constant() ? track(stream) : Optional.empty();
    if (track.isEmpty()) {
      return Optional.empty();
    }
    FrameClock clock = FrameClock.of(timing.rate());
    return switch (Remuxer.remux(track.get(), file, clock.timescale(), clock.frameTicks())) {
      case RemuxResult.Possible(Remux remux) -> Optional.of(remux);
      case RemuxResult.Refused(RemuxResult.Reason reason) -> {
        LOG.debug("the pictures cannot be played as they are: {}", reason);
        yield Optional.empty();
      }
    };
  }

  @Override
  public Optional<Effort> effort(JsonNode stream) throws MalformedMp4Exception {
    Optional<MovieTrack> track = track(stream);
    if (track.isEmpty()) {
      return Optional.empty();
    }
    FrameSizes sizes = new FrameSizes();
    track.get().forEachSize(sizes::add);
    return sizes.effort();
  }

  @Override
  public boolean cutOff() {
    return cutOff;
  }

  @Override
  public Optional<Span> sound(JsonNode stream) {
    return Optional.ofNullable(sounds.get(stream.path("index").asInt()));
  }

  @Override
  public Optional<AacTrack> frames(JsonNode stream) {
    return track(stream).flatMap(AacTrack::of);
  }

  private boolean addPictures(JsonNode stream) throws MalformedMp4Exception {
    Optional<MovieTrack> track = track(stream);
    if (track.isPresent()) {
      frames.put(stream.path("index").asInt(), track.get().frameTimes(inFile(track.get())));
    }
    return track.isPresent();
  }

  private boolean addSound(JsonNode stream) throws MalformedMp4Exception {
    Optional<MovieTrack> track = track(stream);
    long samples = track.isPresent() ? inFile(track.get()) : 0;
    if (track.isPresent() && samples > 0) {
      double end = track.get().end(samples) * StreamTimes.tick(stream).approximately();
      double start = stream.path("start_time").asDouble(0);
      sounds.put(stream.path("index").asInt(), new Span(start, end));
    }
    return track.isPresent();
  }

  private long inFile(MovieTrack track) throws MalformedMp4Exception {
    long inFile = track.samplesInFile();
    cutOff = cutOff || inFile < track.samples();
    return inFile;
  }

  /// ffprobe writes a track's id in hexadecimal.
  private Optional<MovieTrack> track(JsonNode stream) {
    String id = stream.path("id").asText();
    List<MovieTrack> found =
        movie.tracks().stream()
            .filter(track -> ("0x" + Long.toHexString(track.header().id())).equals(id))
            .filter(
                track ->
                    new Rational(1, track.header().timescale()).equals(StreamTimes.tick(stream)))
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
