package dev.tritontube.hostile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Files that are changed by chance, the same for the same seed.
final class Mutants {
  private static final int[] TELLING = {0, 1, -1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF, 0x100};

  /// Where headers are: at the beginning, and the end.
  private static final int HEADERS = 3_000;

  private final List<byte[]> bases;
  private final SplittableRandom random;

  Mutants(List<byte[]> bases, long seed) {
    this.bases = bases;
    this.random = new SplittableRandom(seed);
  }

  byte[] next() {
    byte[] file = base().clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      file = changed(file);
    }
    return file;
  }

  private byte[] base() {
    return bases.get(random.nextInt(bases.size()));
  }

  private byte[] changed(byte[] file) {
    if (file.length < 16) {
      return file;
    }
    return switch (random.nextInt(8)) {
      case 0 -> Arrays.copyOf(file, 1 + random.nextInt(file.length));
      case 1 -> spliced(file, base());
      case 2 -> spliced(file, file);
      case 3, 4 -> overwritten(file, TELLING[random.nextInt(TELLING.length)]);
      case 5 -> overwritten(file, random.nextInt());
      default -> flipped(file, 1 + random.nextInt(12));
    };
  }

  /// A place, mostly in the headers and behind what the kind of file is told by.
  private int place(byte[] file) {
    int most = file.length - 4;
    return switch (random.nextInt(5)) {
      case 0, 1 -> Math.min(most, 12 + random.nextInt(HEADERS));
      case 2, 3 -> Math.max(0, most - random.nextInt(HEADERS));
      default -> random.nextInt(most);
    };
  }

  private byte[] overwritten(byte[] file, int value) {
    ByteBuffer.wrap(file).putInt(place(file), value);
    return file;
  }

  private byte[] flipped(byte[] file, int count) {
    for (int i = 0; i < count; i++) {
      file[place(file)] ^= (byte) (1 << random.nextInt(8));
    }
    return file;
  }

  /// The beginning of one with a piece of another in place of its own.
  private byte[] spliced(byte[] file, byte[] other) {
    int from = random.nextInt(other.length);
    int to = Math.min(other.length, from + 1 + random.nextInt(HEADERS));
    int at = place(file);
    int rest = Math.min(file.length, at + random.nextInt(HEADERS));
    return Bytes.joined(
        Arrays.copyOf(file, at),
        Arrays.copyOfRange(other, from, to),
        Arrays.copyOfRange(file, rest, file.length));
  }
}
