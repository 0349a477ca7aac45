package dev.tritontube.web.originals;

import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.Piece;
import dev.tritontube.web.catalog.PieceStore;
import java.io.IOException;

/// Which blob has which bytes of an original. Thread-safe.
record Cutting(PieceStore pieces) {
  /// The piece that has a byte.
  Piece at(Asset asset, long offset) throws IOException {
    if (asset.numbers().isEmpty()) {
      long start = offset - offset % Chunks.BYTES;
      long length = Math.min(Chunks.BYTES, asset.sizeBytes() - start);
      return new Piece(offset / Chunks.BYTES, start, length);
    }
    return pieces
        .at(asset.id(), offset)
        .orElseThrow(
            () -> new IOException("asset " + asset.id() + " has no piece at byte " + offset));
  }
}
