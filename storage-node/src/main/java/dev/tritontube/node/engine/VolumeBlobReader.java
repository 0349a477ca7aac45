package dev.tritontube.node.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/// Reads a blob out of its volume, checksum block by checksum block.
final class VolumeBlobReader implements BlobReader {
  private final Catalogue catalogue;
  private final IoThreads threads;
  private final BlobBlocks blocks;
  private final Found found;
  private final Volume volume;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// @param volume held for this reader
  VolumeBlobReader(
      Catalogue catalogue, IoThreads threads, Found found, Volume volume, BlobBlocks blocks) {
    this.catalogue = catalogue;
    this.threads = threads;
    this.found = found;
    this.volume = volume;
    this.blocks = blocks;
  }

  @Override
  public long length() {
    return blocks.head().payloadBytes();
  }

  @Override
  public int crc32c() {
    return blocks.head().payloadChecksum();
  }

  @Override
  public int read(long offset, ByteBuffer target) throws IOException {
    if (offset < 0 || offset > length()) {
      throw new IllegalArgumentException(
          "offset " + offset + " is outside of a blob of " + length() + " bytes");
    }
    if (closed.get()) {
      throw new IOException("the reader of " + blocks.head().key() + " is closed");
    }
    try {
      return threads.call(() -> blocks.read((int) offset, target));
    } catch (CorruptBlobException e) {
      catalogue.markCorrupt(found.hash(), found.location());
      throw e;
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      volume.release();
    }
  }
}
