package dev.tritontube.manifests.mp4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One box.
///
/// @param start where it begins in the bytes it was listed from
/// @param size of the whole box
/// @param content what follows the header, sharing memory with the bytes it was listed from
public record Box(String type, int start, int size, ByteBuffer content) {
  static final int HEADER_BYTES = 8;
  static final int LARGE_HEADER_BYTES = 16;

  private static final int MAX_SIBLINGS = 10_000;

  /// The boxes that fill `bytes`. A zero in place of a size ends the list, as QuickTime does, and
  /// so do fewer bytes than a header has.
  public static List<Box> list(ByteBuffer bytes) throws MalformedMp4Exception {
    List<Box> boxes = new ArrayList<>();
    int position = 0;
    int end = bytes.remaining();
    ByteBuffer all = bytes.slice();
    while (end - position >= HEADER_BYTES && all.getInt(position) != 0) {
      Box box = at(all, position);
      if (boxes.size() == MAX_SIBLINGS) {
        throw new MalformedMp4Exception("more than " + MAX_SIBLINGS + " boxes beside each other");
      }
      boxes.add(box);
      position += box.size();
    }
    return boxes;
  }

  static String type(int code) {
    return new String(ByteBuffer.allocate(4).putInt(code).array(), ISO_8859_1);
  }

  public List<Box> children() throws MalformedMp4Exception {
    return list(content);
  }

  public Box child(String wanted) throws MalformedMp4Exception {
    return optionalChild(wanted)
        .orElseThrow(() -> new MalformedMp4Exception(type + " has no " + wanted));
  }

  /// The first of this type.
  public Optional<Box> optionalChild(String wanted) throws MalformedMp4Exception {
    return first(children(), wanted);
  }

  public static Optional<Box> first(List<Box> boxes, String wanted) {
    return boxes.stream().filter(box -> box.type().equals(wanted)).findFirst();
  }

  public static Box required(List<Box> boxes, String wanted) throws MalformedMp4Exception {
    return first(boxes, wanted).orElseThrow(() -> new MalformedMp4Exception("no " + wanted));
  }

  public Fields fields() {
    return new Fields(type, content);
  }

  private static Box at(ByteBuffer all, int position) throws MalformedMp4Exception {
    long size = all.getInt(position) & 0xffff_ffffL;
    String type = type(all.getInt(position + 4));
    int header = HEADER_BYTES;
    int available = all.limit() - position;
    if (size == 1 && available >= LARGE_HEADER_BYTES) {
      size = all.getLong(position + HEADER_BYTES);
      header = LARGE_HEADER_BYTES;
    }
    if (size < header || size > available) {
      throw new MalformedMp4Exception(
          "box '%s' claims %d bytes of %d".formatted(type, size, available));
    }
    return new Box(type, position, (int) size, all.slice(position + header, (int) size - header));
  }
}
