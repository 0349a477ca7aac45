package dev.tritontube.web.passwords;

import static dev.tritontube.web.passwords.Blake2b.MAX_BYTES;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Argon2id, version 1.3, with one lane (RFC 9106). For one password and one thread.
///
/// Its memory is `blocks` of 1 KiB, 128 words each, filled in four slices per pass: each block is
/// made of the one before and one from further back. Which one that is depends on nothing but its
/// place in the first half of the first pass, and on the block before from then on.
final class Argon2id {
  private static final int VERSION = 0x13;
  private static final int TYPE = 2;
  private static final int SLICES = 4;
  private static final int WORDS = 128;
  private static final int BLOCK_BYTES = WORDS * Long.BYTES;

  private final Cost cost;
  private final int blocks;
  private final int sliceBlocks;
  private final long[] memory;

  private final long[] mixed = new long[WORDS];
  private final long[] before = new long[WORDS];

  private Argon2id(Cost cost) {
    this.cost = cost;
    this.sliceBlocks = cost.kibibytes() / SLICES;
    this.blocks = sliceBlocks * SLICES;
    this.memory = new long[blocks * WORDS];
  }

  /// @param length of the tag, at least 4 bytes
  static byte[] tag(Cost cost, byte[] password, byte[] salt, int length) {
    Argon2id argon = new Argon2id(cost);
    argon.begin(password, salt, length);
    for (int pass = 0; pass < cost.passes(); pass++) {
      for (int slice = 0; slice < SLICES; slice++) {
        argon.fill(pass, slice);
      }
    }
    return argon.end(length);
  }

  private void begin(byte[] password, byte[] salt, int length) {
    byte[] seed =
        Blake2b.digest(
            little(10 * Integer.BYTES + password.length + salt.length)
                .putInt(1)
                .putInt(length)
                .putInt(cost.kibibytes())
                .putInt(cost.passes())
                .putInt(VERSION)
                .putInt(TYPE)
                .putInt(password.length)
                .put(password)
                .putInt(salt.length)
                .put(salt)
                .putInt(0)
                .putInt(0)
                .array(),
            MAX_BYTES);
    for (int block = 0; block < 2; block++) {
      byte[] input = little(seed.length + 8).put(seed).putInt(block).putInt(0).array();
      ByteBuffer.wrap(stretched(input, BLOCK_BYTES))
          .order(ByteOrder.LITTLE_ENDIAN)
          .asLongBuffer()
          .get(memory, block * WORDS, WORDS);
    }
  }

  private byte[] end(int length) {
    ByteBuffer last = little(BLOCK_BYTES);
    last.asLongBuffer().put(memory, (blocks - 1) * WORDS, WORDS);
    return stretched(last.array(), length);
  }

  private void fill(int pass, int slice) {
    boolean byPlace = pass == 0 && slice < SLICES / 2;
    long[] addresses = new long[WORDS];
    int first = pass == 0 && slice == 0 ? 2 : 0;
    for (int i = first; i < sliceBlocks; i++) {
      int current = slice * sliceBlocks + i;
      int previous = current == 0 ? blocks - 1 : current - 1;
      if (byPlace && (i == first || i % WORDS == 0)) {
        addresses = addresses(pass, slice, 1 + i / WORDS);
      }
      long random = byPlace ? addresses[i % WORDS] : memory[previous * WORDS];
      int other = reference(pass, slice, i, random & 0xffffffffL);
      compress(memory, previous * WORDS, memory, other * WORDS);
      int target = current * WORDS;
      for (int word = 0; word < WORDS; word++) {
        memory[target + word] = pass == 0 ? mixed[word] : memory[target + word] ^ mixed[word];
      }
    }
  }

  /// Which block is mixed in: of those that are written and not the last one, later ones rather.
  private int reference(int pass, int slice, int i, long random) {
    long area = (pass == 0 ? (long) slice * sliceBlocks : blocks - sliceBlocks) + i - 1;
    long nearness = (area * (random * random >>> 32)) >>> 32;
    int start = pass == 0 || slice == SLICES - 1 ? 0 : (slice + 1) * sliceBlocks;
    return (int) ((start + area - 1 - nearness) % blocks);
  }

  private long[] addresses(int pass, int slice, int counter) {
    long[] place = new long[WORDS];
    long[] fields = {pass, 0, slice, blocks, cost.passes(), TYPE, counter};
    System.arraycopy(fields, 0, place, 0, fields.length);
    long[] zero = new long[WORDS];
    compress(zero, 0, place, 0);
    compress(zero, 0, mixed.clone(), 0);
    return mixed.clone();
  }

  /// Leaves in `mixed` what the RFC calls G of two blocks (section 3.5).
  private void compress(long[] left, int leftAt, long[] right, int rightAt) {
    for (int i = 0; i < WORDS; i++) {
      before[i] = left[leftAt + i] ^ right[rightAt + i];
    }
    System.arraycopy(before, 0, mixed, 0, WORDS);
    for (int row = 0; row < WORDS; row += 16) {
      permute(mixed, row, 2);
    }
    for (int column = 0; column < 16; column += 2) {
      permute(mixed, column, 16);
    }
    for (int i = 0; i < WORDS; i++) {
      mixed[i] ^= before[i];
    }
  }

  /// @param p where the first of eight pairs of words is
  /// @param next from a pair to the next
  private static void permute(long[] v, int p, int next) {
    int p1 = p + next;
    int p2 = p1 + next;
    int p3 = p2 + next;
    int p4 = p3 + next;
    int p5 = p4 + next;
    int p6 = p5 + next;
    int p7 = p6 + next;
    mix(v, p, p2, p4, p6);
    mix(v, p + 1, p2 + 1, p4 + 1, p6 + 1);
    mix(v, p1, p3, p5, p7);
    mix(v, p1 + 1, p3 + 1, p5 + 1, p7 + 1);
    mix(v, p, p2 + 1, p5, p7 + 1);
    mix(v, p + 1, p3, p5 + 1, p6);
    mix(v, p1, p3 + 1, p4, p6 + 1);
    mix(v, p1 + 1, p2, p4 + 1, p7);
  }

  private static void mix(long[] v, int a, int b, int c, int d) {
    v[a] = multiplyAdd(v[a], v[b]);
    v[d] = Long.rotateRight(v[d] ^ v[a], 32);
    v[c] = multiplyAdd(v[c], v[d]);
    v[b] = Long.rotateRight(v[b] ^ v[c], 24);
    v[a] = multiplyAdd(v[a], v[b]);
    v[d] = Long.rotateRight(v[d] ^ v[a], 16);
    v[c] = multiplyAdd(v[c], v[d]);
    v[b] = Long.rotateRight(v[b] ^ v[c], 63);
  }

  private static long multiplyAdd(long x, long y) {
    return x + y + 2 * (x & 0xffffffffL) * (y & 0xffffffffL);
  }

  /// What the RFC calls H' (section 3.3): a digest of any length.
  private static byte[] stretched(byte[] input, int length) {
    byte[] digest =
        Blake2b.digest(
            little(Integer.BYTES + input.length).putInt(length).put(input).array(),
            Math.min(length, MAX_BYTES));
    ByteBuffer output = ByteBuffer.allocate(length);
    while (output.remaining() > MAX_BYTES) {
      output.put(digest, 0, MAX_BYTES / 2);
      digest = Blake2b.digest(digest, Math.min(output.remaining(), MAX_BYTES));
    }
    return output.put(Arrays.copyOf(digest, output.remaining())).array();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
