package dev.tritontube.node.engine;

/// How much may be stored. A twentieth is kept free for tombstones, compaction and repair.
final class Capacity {
  private static final int RESERVE_DIVISOR = 20;

  private final Disk disk;
  private final Volumes volumes;
  private final long configuredBytes;

  Capacity(Disk disk, Volumes volumes, long configuredBytes) {
    this.disk = disk;
    this.volumes = volumes;
    this.configuredBytes = configuredBytes;
  }

  long usedBytes() {
    return volumes.usedBytes();
  }

  /// The reserve included: what was configured, or what the file system has if that is less.
  long totalBytes() {
    long room = volumes.all().stream().mapToLong(Volume::roomBytes).sum();
    return Math.min(configuredBytes, usedBytes() + room + disk.usableBytes());
  }

  /// What puts may fill.
  static long withoutReserve(long totalBytes) {
    return totalBytes - totalBytes / RESERVE_DIVISOR;
  }
}
