package dev.tritontube.manifests.mp4;

import java.util.Optional;

/// Walks over the sample table of a track (ISO/IEC 14496-12, 8.6.1 and 8.6.2) without unpacking it.
final class SampleTimes {
  private static final int RUN_BYTES = 8;

  private final Fields durations;
  private int durationRuns;
  private long durationLeft;
  private long duration;
  private final Optional<Fields> offsets;
  private int offsetRuns;
  private long offsetLeft;
  private long offset;
  private final Optional<Fields> syncs;
  private int syncsLeft;
  private long nextSync;
  private long index;
  private long decode;
  private boolean begun;

  SampleTimes(Box table) throws MalformedMp4Exception {
    durations = table.child("stts").fields().skip(4);
    durationRuns = durations.count(RUN_BYTES);
    Optional<Box> compositions = table.optionalChild("ctts");
    offsets =
        compositions.isPresent()
            ? Optional.of(compositions.get().fields().skip(4))
            : Optional.empty();
    offsetRuns = offsets.isPresent() ? offsets.get().count(RUN_BYTES) : 0;
    Optional<Box> syncTable = table.optionalChild("stss");
    syncs =
        syncTable.isPresent() ? Optional.of(syncTable.get().fields().skip(4)) : Optional.empty();
    syncsLeft = syncs.isPresent() ? syncs.get().count(4) : 0;
    advanceSync();
  }

  /// Goes to the next sample. Those beyond the tables last as long as the one before, and are shown
  /// when they are decoded.
  void next() throws MalformedMp4Exception {
    if (begun) {
      decode += duration;
    }
    begun = true;
    index++;
    while (durationLeft == 0 && durationRuns > 0) {
      durationLeft = durations.u32();
      duration = durations.u32();
      durationRuns--;
    }
    durationLeft = Math.max(0, durationLeft - 1);
    nextOffset();
    while (index > nextSync && syncsLeft > 0) {
      advanceSync();
    }
  }

  long decode() {
    return decode;
  }

  long duration() {
    return duration;
  }

  /// When the sample is shown, in media time.
  long composition() {
    return decode + offset;
  }

  boolean sync() {
    return syncs.isEmpty() || index == nextSync;
  }

  private void nextOffset() throws MalformedMp4Exception {
    while (offsets.isPresent() && offsetLeft == 0 && offsetRuns > 0) {
      offsetLeft = offsets.get().u32();
      offset = offsets.get().i32();
      offsetRuns--;
    }
    if (offsetLeft == 0) {
      offset = 0;
    } else {
      offsetLeft--;
    }
  }

  private void advanceSync() throws MalformedMp4Exception {
    if (syncs.isPresent() && syncsLeft > 0) {
      nextSync = syncs.get().u32();
      syncsLeft--;
    }
  }
}
