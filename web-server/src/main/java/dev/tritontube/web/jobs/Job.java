package dev.tritontube.web.jobs;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.JobId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is to become of an asset, from the first look at it to its last segment.
///
/// @param profile names how it is encoded
/// @param attempts how often it was begun, since it was added or brought back
/// @param reason why it ended without being done; null unless DEAD or CANCELLED
/// @param lastError what went wrong last; null when nothing has since it was added or brought back
public record Job(
    JobId id,
    Kind kind,
    AssetId asset,
    String profile,
    State state,
    int attempts,
    @Nullable Reason reason,
    @Nullable Mishap lastError,
    Times times) {

  /// What is done.
  public enum Kind {
    /// An upload is made playable.
    PACKAGE,
    /// What plays is encoded again, by another profile.
    ENCODE;

    /// The word that the API and the catalog use.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /// Where it is.
  public enum State {
    /// Nobody has begun with it.
    WAITING,
    RUNNING,
    /// It failed, and is tried again at a time that is known.
    RETRYING,
    DONE,
    /// It failed for good: on the dead-letter list until somebody retries or discards it.
    DEAD,
    CANCELLED;

    /// Whether nothing more comes of it by itself.
    public boolean ended() {
      return this == DONE || this == DEAD || this == CANCELLED;
    }

    /// Reads a state that came from outside, in any case.
    public static Optional<State> parse(String text) {
      for (State state : values()) {
        if (state.name().equalsIgnoreCase(text)) {
          return Optional.of(state);
        }
      }
      return Optional.empty();
    }
  }

  /// @param code stable, for programs
  /// @param detail for people
  public record Reason(String code, String detail) {}

  /// A failure that was not the end.
  public record Mishap(String detail, Instant at) {}

  /// @param started null while WAITING
  /// @param next when it is tried again; null unless RETRYING
  /// @param ended null until it has
  public record Times(
      Instant created,
      @Nullable Instant started,
      @Nullable Instant next,
      @Nullable Instant ended,
      Instant updated) {}
}
