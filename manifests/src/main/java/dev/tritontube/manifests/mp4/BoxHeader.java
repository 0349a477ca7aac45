package dev.tritontube.manifests.mp4;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The header of a box in a stream.
///
/// @param bytes as they were read
/// @param contentBytes how many follow
record BoxHeader(String type, byte[] bytes, long contentBytes) {
  /// Reads one, none at the end of the stream.
  static Optional<BoxHeader> read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(Box.HEADER_BYTES);
    if (bytes.length == 0) {
      return Optional.empty();
    }
    requireAll(bytes, Box.HEADER_BYTES);
    ByteBuffer header = ByteBuffer.wrap(bytes);
    long size = header.getInt() & 0xffff_ffffL;
    String type = Box.type(header.getInt());
    if (size == 1) {
      byte[] large = in.readNBytes(Long.BYTES);
      requireAll(large, Long.BYTES);
      size = ByteBuffer.wrap(large).getLong();
      bytes = ByteBuffer.allocate(Box.LARGE_HEADER_BYTES).put(bytes).put(large).array();
    }
    if (size < bytes.length) {
      throw new MalformedMp4Exception("box '%s' claims %d bytes".formatted(type, size));
    }
    return Optional.of(new BoxHeader(type, bytes, size - bytes.length));
  }

  private static void requireAll(byte[] bytes, int expected) throws MalformedMp4Exception {
    if (bytes.length < expected) {
      throw new MalformedMp4Exception("the stream ends within the header of a box");
    }
  }
}
