package dev.tritontube.web.packaging;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What one run of a program may use.
///
/// @param wall time until it is killed
/// @param cpu seconds of all its threads together
/// @param addressBytes address space; more than it uses in memory, since thread stacks and
///   libraries count
/// @param niceness 0 for what somebody waits for; what has time gives way to all else
/// @param folder of the pipes that it writes to, besides its standard output
record ToolLimits(
    Duration wall, Duration cpu, long addressBytes, int niceness, Optional<Path> folder) {
  private static final int PATIENT = 15;

  /// Sound is made so quickly that it can leave to the pictures what both want.
  private static final int SOUND = 5;

  /// Less than a ring under load gives.
  private static final long SLOW_BYTES_PER_SECOND = 20 << 20;

  static final Duration LONGEST_READING = Duration.ofMinutes(45);

  private static final int SLOWER = 8;
  private static final long GIB = 1L << 30;
  private static final int CPU_PER_SECOND_AND_MEGAPIXEL = 40;

  /// Reading headers and lists of packets.
  static ToolLimits probing() {
    return new ToolLimits(
        Duration.ofMinutes(2), Duration.ofMinutes(2), 2 * GIB, 0, Optional.empty());
  }

  /// Reading all of a file, with nothing to decode but text.
  static ToolLimits reading(long sizeBytes) {
    Duration time = Duration.ofMinutes(5).plusSeconds(sizeBytes / SLOW_BYTES_PER_SECOND);
    Duration wall = time.compareTo(LONGEST_READING) < 0 ? time : LONGEST_READING;
    return new ToolLimits(wall, wall, 2 * GIB, PATIENT, Optional.empty());
  }

  /// One picture that somebody sent and waits for. The largest takes a second, and 400 MB.
  static ToolLimits picture() {
    return new ToolLimits(
        Duration.ofSeconds(20), Duration.ofSeconds(20), 3 * GIB, 0, Optional.empty());
  }

  /// Encoding: a slow machine needs some 5 s of CPU for a second of 1080p at 60 frames in all
  /// sizes.
  ///
  /// @param pixels of a picture of the source; 0 for sound alone
  /// @param urgent whether somebody waits for it, or will soon
  static ToolLimits encoding(double mediaSeconds, long pixels, boolean urgent) {
    double megapixels = 1 + pixels / 1e6;
    Duration cpu =
        Duration.ofSeconds(60 + (long) (mediaSeconds * megapixels * CPU_PER_SECOND_AND_MEGAPIXEL));
    return new ToolLimits(
        cpu, cpu, 4 * GIB + pixels * 400, niceness(pixels, urgent), Optional.empty());
  }

  /// The same, for a program that writes to pipes with names.
  ToolLimits writingTo(OutputPipes pipes) {
    return new ToolLimits(wall, cpu, addressBytes, niceness, Optional.of(pipes.folder()));
  }

  /// For encoders that take so many times as long as that of H.264, and more memory.
  ToolLimits patient() {
    return new ToolLimits(
        wall.multipliedBy(SLOWER), cpu.multipliedBy(SLOWER), 2 * addressBytes, PATIENT, folder);
  }

  private static int niceness(long pixels, boolean urgent) {
    if (!urgent) {
      return PATIENT;
    }
    return pixels == 0 ? SOUND : 0;
  }
}
