package dev.tritontube.node.engine;

import java.time.Duration;

/// How a store works.
///
/// @param volumeBytes size of a volume file at most; a larger blob gets a volume of its own
/// @param capacityBytes what the store may use at most; the file system's free space counts as well
/// @param bufferBytes memory in which blobs are received
/// @param ioThreads how many reads the disk serves at a time
/// @param compactionBytesPerSecond how fast compaction copies at most
/// @param maxWait how long a call waits for a place in a queue or for buffers
public record StoreOptions(
    long volumeBytes,
    long capacityBytes,
    long bufferBytes,
    int ioThreads,
    long compactionBytesPerSecond,
    Duration maxWait) {

  /// 1 GiB volumes, as much as the file system has.
  public static final StoreOptions DEFAULTS =
      new StoreOptions(1L << 30, Long.MAX_VALUE, 256L << 20, 8, 64L << 20, Duration.ofSeconds(10));

  private static final long MIN_VOLUME_BYTES = 64L << 10;
  private static final long MAX_VOLUME_BYTES = 32L << 30;

  /// Half of one is less than the reserve, so that it can be emptied on a full disk.
  private static final int MIN_VOLUMES = 16;

  public StoreOptions {
    if (volumeBytes < MIN_VOLUME_BYTES || volumeBytes > MAX_VOLUME_BYTES) {
      throw new IllegalArgumentException(
          "a volume has 64 KiB to 32 GiB, not " + volumeBytes + " bytes");
    }
    if (capacityBytes < 1 || ioThreads < 1 || compactionBytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "capacity, I/O threads and compaction rate are at least 1");
    }
  }

  /// The same with volumes of which a store of that size has many: what is deleted in the one that
  /// is being written comes back only when it is full.
  StoreOptions fittedTo(long totalBytes) {
    return withVolumeBytes(
        Math.max(MIN_VOLUME_BYTES, Math.min(volumeBytes, totalBytes / MIN_VOLUMES)));
  }

  public StoreOptions withVolumeBytes(long bytes) {
    return new StoreOptions(
        bytes, capacityBytes, bufferBytes, ioThreads, compactionBytesPerSecond, maxWait);
  }

  public StoreOptions withCapacityBytes(long bytes) {
    return new StoreOptions(
        volumeBytes, bytes, bufferBytes, ioThreads, compactionBytesPerSecond, maxWait);
  }

  public StoreOptions withBufferBytes(long bytes) {
    return new StoreOptions(
        volumeBytes, capacityBytes, bytes, ioThreads, compactionBytesPerSecond, maxWait);
  }
}
