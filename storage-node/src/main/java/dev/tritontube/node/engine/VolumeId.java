package dev.tritontube.node.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A volume's number and its salt.
///
/// @param number grows by one from volume to volume and is never used again; 1 to 2^24-1
/// @param salt random: bytes that an older file left on the disk do not carry it
record VolumeId(int number, long salt) {
  static final int MAX_NUMBER = (1 << 24) - 1;
  private static final Pattern NAME = Pattern.compile("volume-([0-9a-f]{8})\\.ttv");

  VolumeId {
    if (number < 1 || number > MAX_NUMBER) {
      throw new IllegalArgumentException("volume number " + number + " is out of range");
    }
  }

  String fileName() {
    return fileName(number);
  }

  static String fileName(int number) {
    return "volume-%08x.ttv".formatted(number);
  }

  /// The number of the volume that a file of this name holds.
  static Optional<Integer> numberOf(String fileName) {
    Matcher matcher = NAME.matcher(fileName);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1), 16);
    return number >= 1 && number <= MAX_NUMBER ? Optional.of((int) number) : Optional.empty();
  }
}
