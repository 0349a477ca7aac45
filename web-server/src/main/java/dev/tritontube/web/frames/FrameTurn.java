package dev.tritontube.web.frames;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// For how long one attempt is served while other sets wait. It counts from the first picture on,
/// and is no shorter than the way there was: so each turn takes at least one picture, and of a file
/// in which nothing can be sought no more than half of the time goes into finding the place again.
/// Thread-safe.
final class FrameTurn {
  static final Duration LEAST = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Instant begun;
  private volatile @Nullable Instant first;
  private volatile boolean over;

  FrameTurn(InstantSource clock) {
    this.clock = clock;
    this.begun = clock.instant();
  }

  /// A picture was taken. To be called by one thread at a time.
  void took() {
    if (first == null) {
      first = clock.instant();
    }
  }

  /// Whether others may want theirs now.
  boolean served() {
    Instant since = first;
    if (since == null) {
      return false;
    }
    Duration way = Duration.between(begun, since);
    Duration turn = way.compareTo(LEAST) > 0 ? way : LEAST;
    return !clock.instant().isBefore(since.plus(turn));
  }

  /// Others wait: what was taken until the next picture is kept, and the attempt ends.
  void end() {
    over = true;
  }

  boolean over() {
    return over;
  }
}
