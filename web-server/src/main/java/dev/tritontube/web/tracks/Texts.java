package dev.tritontube.web.tracks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tritontube.manifests.text.Cue;
import dev.tritontube.manifests.text.Cues;
import dev.tritontube.manifests.text.MalformedTextException;
import dev.tritontube.manifests.text.Manner;
import dev.tritontube.manifests.text.WebVtt;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TextId;
import dev.tritontube.web.catalog.TextStore;
import dev.tritontube.web.catalog.Video;
import java.util.List;
import java.util.Optional;

/// The words of tracks as they are served: whole, in segments, as chapters. A text never changes,
/// so those that are asked for in parts are kept for a while as they were read. Thread-safe.
public final class Texts {
  private static final long KEPT_BYTES = 32 << 20;

  /// What a cue takes beside its characters.
  private static final int CUE_BYTES = 120;

  private static final Cues NOTHING = new Cues(List.of());

  private final TextStore store;
  private final Cache<TextId, Cues> read =
      Caffeine.newBuilder()
          .maximumWeight(KEPT_BYTES)
          .weigher((TextId _, Cues cues) -> weight(cues))
          .build();

  public Texts(Database database) {
    this.store = new TextStore(database);
  }

  private static int weight(Cues cues) {
    return cues.cues().stream()
        .mapToInt(cue -> CUE_BYTES + 2 * (cue.payload().length() + cue.settings().length()))
        .sum();
  }

  /// A text as it goes out.
  ///
  /// @param current false when the video has it no more: then there is nothing to read in it, and
  ///   nobody's player stops for that
  public record Served(String webVtt, boolean current) {}

  /// All of it; empty when the video never had it, or had it long ago.
  public Optional<Served> whole(Video video, TextId text) {
    return store
        .current(video, text)
        .map(
            current -> {
              Optional<String> body = current ? store.body(text) : Optional.empty();
              return new Served(body.orElseGet(NOTHING::write), body.isPresent());
            });
  }

  /// Whether the video has it, or had it.
  public boolean isKnown(Video video, TextId text) {
    return store.current(video, text).isPresent();
  }

  /// What is shown between two times, as a segment of HLS.
  public Optional<Served> segment(Video video, TextId text, long fromMillis, long toMillis) {
    return store
        .current(video, text)
        .map(
            current -> {
              Cues cues = current ? cues(text) : NOTHING;
              return new Served(cues.segment(fromMillis, toMillis), current);
            });
  }

  /// One after the other.
  List<Cue> list(TextId text) {
    return cues(text).cues();
  }

  private Cues cues(TextId text) {
    return read.get(text, this::load);
  }

  private Cues load(TextId text) {
    Optional<String> body = store.body(text);
    try {
      return body.isPresent() ? WebVtt.read(body.get(), Manner.WRITTEN) : NOTHING;
    } catch (MalformedTextException e) {
      throw new IllegalStateException("the catalog holds no WebVTT of ours", e);
    }
  }
}
