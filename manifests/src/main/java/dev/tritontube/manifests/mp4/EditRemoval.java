package dev.tritontube.manifests.mp4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Cuts the `edts` boxes out of an init segment and corrects the sizes around them.
final class EditRemoval {
  private EditRemoval() {}

  static byte[] apply(byte[] init) throws MalformedMp4Exception {
    return join(rebuilt(ByteBuffer.wrap(init)));
  }

  private static List<byte[]> rebuilt(ByteBuffer bytes) throws MalformedMp4Exception {
    List<byte[]> boxes = new ArrayList<>();
    for (Box box : Box.list(bytes)) {
      switch (box.type()) {
        case "moov", "trak" -> boxes.add(whole(box.type(), join(rebuilt(box.content()))));
        case "edts" -> {}
        default -> boxes.add(copy(bytes.slice(bytes.position() + box.start(), box.size())));
      }
    }
    return boxes;
  }

  private static byte[] whole(String type, byte[] content) {
    int size = Box.HEADER_BYTES + content.length;
    return ByteBuffer.allocate(size)
        .putInt(size)
        .put(type.getBytes(ISO_8859_1))
        .put(content)
        .array();
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  private static byte[] join(List<byte[]> parts) {
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    return all.array();
  }
}
