package dev.tritontube.web.frames;

import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.frames.FrameSet.Archive;
import dev.tritontube.web.frames.Zip.Placed;
import dev.tritontube.web.originals.ByteSink;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Archives as they are on the ring. Thread-safe.
final class FrameArchives {
  private final FrameWorkStore work;
  private final Blobs blobs;

  FrameArchives(FrameWorkStore work, Blobs blobs) {
    this.work = work;
    this.blobs = blobs;
  }

  /// Reads `length` bytes of an archive that is whole, from `offset` on, a few hundred KiB at a
  /// time.
  void read(FrameSet set, long offset, long length, ByteSink sink) throws IOException {
    long at = offset;
    long end = offset + length;
    while (at < end) {
      FramePiece piece = piece(set, at);
      long count = Math.min(end, piece.end()) - at;
      try (BlobStream stream = blobs.open(piece.key(set), at - piece.start(), count)) {
        for (ByteBuffer data = stream.next(); data != null; data = stream.next()) {
          sink.accept(data);
        }
      }
      at += count;
    }
  }

  private FramePiece piece(FrameSet set, long offset) throws IOException {
    return work.pieceAt(set.id(), offset)
        .orElseThrow(
            () -> new IOException("frames " + set.id() + " have no piece at byte " + offset));
  }

  /// Where a picture is, by the archive's own directory.
  ///
  /// @param index from 0
  Placed placed(FrameSet set, Archive archive, int index) throws IOException {
    ByteBuffer entry = ByteBuffer.allocate(Zip.DIRECTORY_ENTRY_BYTES);
    long at = archive.directoryAt() + (long) index * Zip.DIRECTORY_ENTRY_BYTES;
    read(set, at, Zip.DIRECTORY_ENTRY_BYTES, entry::put);
    return Zip.placed(entry.flip());
  }
}
