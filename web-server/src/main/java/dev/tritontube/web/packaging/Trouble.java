package dev.tritontube.web.packaging;

import dev.tritontube.web.jobs.RetryPolicy;
import java.util.Map;

/// What follows from what goes wrong: where a source could not be decoded, which is forgotten with
/// the process, since another finds out by itself; and how often all else is tried again, which is
/// on record with the job. Thread-safe.
final class Trouble {
  /// Segments that are remembered; the oldest trouble is forgotten.
  private static final int REMEMBERED = 10_000;

  private final RetryPolicy retries;

  /// Guarded by this. How often decoding failed there.
  private final Map<SegmentName, Integer> undecodable = new Bounded<>();

  private static final class Bounded<K, V> extends java.util.LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > REMEMBERED;
    }
  }

  /// @param retries of what is not the file's fault
  Trouble(RetryPolicy retries) {
    this.retries = retries;
  }

  RetryPolicy retries() {
    return retries;
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
}
