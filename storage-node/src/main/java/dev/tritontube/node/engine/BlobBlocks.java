package dev.tritontube.node.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The payload of a record in its checksum blocks: what is handed out has been checked.
///
/// @param checksums of the blocks
record BlobBlocks(Volume volume, RecordHead head, int[] checksums) {
  static BlobBlocks of(Volume volume, RecordHead head) throws IOException {
    return new BlobBlocks(volume, head, volume.blockChecksums(head));
  }

  /// See [BlobReader#read].
  int read(int offset, ByteBuffer target) throws IOException {
    int wanted = Math.min(target.remaining(), head.payloadBytes() - offset);
    int done = 0;
    while (done < wanted) {
      int at = offset + done;
      int left = wanted - done;
      int whole = wholeBlocks(at, left);
      done += whole > 0 ? readWhole(at, whole, target) : readPart(at, left, target);
    }
    return done;
  }

  /// How many bytes from `at` on are whole blocks.
  private int wholeBlocks(int at, int left) {
    if (at % Payload.BLOCK_BYTES != 0) {
      return 0;
    }
    boolean toTheEnd = at + left == head.payloadBytes();
    return toTheEnd ? left : left - left % Payload.BLOCK_BYTES;
  }

  /// Straight into the target.
  private int readWhole(int at, int count, ByteBuffer target) throws IOException {
    int start = target.position();
    fill(target.slice(start, count), at);
    for (int done = 0; done < count; done += Payload.BLOCK_BYTES) {
      int length = Math.min(Payload.BLOCK_BYTES, count - done);
      check(target.slice(start + done, length), (at + done) / Payload.BLOCK_BYTES);
    }
    target.position(start + count);
    return count;
  }

  /// By way of the whole block that it is a part of.
  private int readPart(int at, int left, ByteBuffer target) throws IOException {
    int block = at / Payload.BLOCK_BYTES;
    int blockStart = block * Payload.BLOCK_BYTES;
    int length = Math.min(Payload.BLOCK_BYTES, head.payloadBytes() - blockStart);
    ByteBuffer whole = ByteBuffer.allocate(length);
    fill(whole, blockStart);
    check(whole.flip(), block);
    int count = Math.min(left, blockStart + length - at);
    target.put(whole.slice(at - blockStart, count));
    return count;
  }

  private void fill(ByteBuffer bytes, int at) throws IOException {
    volume.read(bytes, head.payloadOffset() + at);
    if (bytes.hasRemaining()) {
      throw volume.corrupt("blob " + head.key() + " is cut off", head.offset());
    }
  }

  private void check(ByteBuffer bytes, int block) throws CorruptBlobException {
    int checksum = RecordFormat.checksum(bytes);
    if (checksum != checksums[block]) {
      throw volume.corrupt(
          "block %d of blob %s has checksum %08x instead of %08x"
              .formatted(block, head.key(), checksum, checksums[block]),
          head.offset());
    }
  }
}
