package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// What went wrong with encoding in this process, and what follows from that: where the source
/// cannot be decoded, and for how long an asset is left alone after the ring failed. Forgotten with
/// the process: another finds out by itself. Thread-safe.
final class Trouble {
  /// Failures in a row of one asset after which it is given up.
  static final int MOST = 60;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /// Assets that are remembered; the oldest trouble is forgotten.
  private static final int REMEMBERED = 10_000;

  private final InstantSource clock;

  /// Guarded by this. How often decoding failed there.
  private final Map<SegmentName, Integer> undecodable = new Bounded<>();

  /// Guarded by this.
  private final Map<AssetId, Setback> setbacks = new Bounded<>();

  private record Setback(int failures, Instant until) {}

  private static final class Bounded<K, V> extends java.util.LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > REMEMBERED;
    }
  }

  Trouble(InstantSource clock) {
    this.clock = clock;
  }

  /// @return how often decoding has failed at this segment
  synchronized int undecodable(SegmentName at) {
    return undecodable.merge(at, 1, Integer::sum);
  }

  /// What to do about a span that is to be made: it is tried once more in its smallest part, then
  /// filled.
  synchronized int failures(SegmentName at) {
    return undecodable.getOrDefault(at, 0);
  }

  /// The ring or the catalog failed.
  ///
  /// @return how often in a row
  synchronized int setBack(AssetId asset) {
    Setback before = setbacks.get(asset);
    int failures = before == null ? 1 : before.failures() + 1;
    Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, 10));
    Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    setbacks.put(asset, new Setback(failures, clock.instant().plus(bounded)));
    return failures;
  }

  synchronized boolean leftAlone(AssetId asset) {
    Setback setback = setbacks.get(asset);
    return setback != null && clock.instant().isBefore(setback.until());
  }

  synchronized void over(AssetId asset) {
    setbacks.remove(asset);
  }
}
