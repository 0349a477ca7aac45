package dev.tritontube.manifests.mp4;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The sample entry of H.264 whose parameter sets are all in `avcC` (ISO/IEC 14496-15, 5.4).
///
/// @param configuration content of `avcC`
/// @param colour content of `colr`, empty where there is none that MP4 knows
/// @param aspect content of `pasp`, empty where there is none
record AvcEntry(
    int width, int height, ByteBuffer configuration, ByteBuffer colour, ByteBuffer aspect) {
  /// Constrained and plain Baseline, Main and High: what every player decodes.
  private static final Set<Integer> PROFILES = Set.of(66, 77, 100);

  private static final int FIXED_BYTES = 78;
  private static final int SIZE_OFFSET = 24;
  private static final int ON_SCREEN_COLOURS_BYTES = 10;
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  /// Empty when the samples have another codec, or several descriptions.
  static Optional<AvcEntry> parse(Box description) throws MalformedMp4Exception {
    List<Box> entries = Box.list(description.fields().skip(8).rest());
    if (entries.size() != 1 || !entries.getFirst().type().equals("avc1")) {
      return Optional.empty();
    }
    Fields fields = entries.getFirst().fields().skip(SIZE_OFFSET);
    int width = fields.u16();
    int height = fields.u16();
    List<Box> boxes = Box.list(fields.skip(FIXED_BYTES - SIZE_OFFSET - 4).rest());
    Optional<ByteBuffer> configuration =
        Box.first(boxes, "avcC").map(AvcEntry::copy).filter(AvcEntry::hasParameters);
    return configuration.map(
        found ->
            new AvcEntry(
                width,
                height,
                found,
                Box.first(boxes, "colr").map(AvcEntry::copy).map(AvcEntry::colour).orElse(NONE),
                Box.first(boxes, "pasp").map(AvcEntry::copy).orElse(NONE)));
  }

  String codecs() {
    return "avc1.%06X".formatted(configuration.getInt(0) & 0xff_ffff);
  }

  boolean playsEverywhere() {
    return PROFILES.contains(configuration.get(1) & 0xff);
  }

  boolean squarePixels() {
    return aspect.limit() < 8 || aspect.getInt(0) == aspect.getInt(4);
  }

  /// How many bytes precede each NAL unit to tell its length.
  int lengthBytes() {
    return 1 + (configuration.get(4) & 3);
  }

  /// The sample description with nothing but what players need.
  byte[] description() {
    byte[] fixed =
        BoxBytes.join(
            BoxBytes.shorts(0, 0, 0, 1),
            BoxBytes.ints(0, 0, 0, 0),
            BoxBytes.shorts(width, height),
            BoxBytes.ints(0x48_0000, 0x48_0000, 0),
            BoxBytes.shorts(1),
            new byte[32],
            BoxBytes.shorts(0x18, -1));
    byte[] entry =
        BoxBytes.box(
            "avc1",
            fixed,
            optional("avcC", configuration),
            optional("colr", colour),
            optional("pasp", aspect));
    return BoxBytes.box("stsd", BoxBytes.ints(0, 1), entry);
  }

  /// Does not keep the other boxes in memory.
  private static ByteBuffer copy(Box box) {
    byte[] bytes = new byte[box.content().limit()];
    box.content().get(0, bytes);
    return ByteBuffer.wrap(bytes);
  }

  private static byte[] optional(String type, ByteBuffer content) {
    return content.limit() == 0 ? content.array() : BoxBytes.box(type, content.array());
  }

  private static boolean hasParameters(ByteBuffer configuration) {
    return configuration.limit() > 6
        && configuration.get(0) == 1
        && (configuration.get(4) & 3) != 2
        && (configuration.get(5) & 0x1f) > 0;
  }

  /// QuickTime's `nclc` is MP4's `nclx` without the last byte.
  private static ByteBuffer colour(ByteBuffer content) {
    if (content.limit() < ON_SCREEN_COLOURS_BYTES) {
      return NONE;
    }
    return switch (Box.type(content.getInt(0))) {
      case "nclx" -> content;
      case "nclc" -> {
        byte[] colours = new byte[ON_SCREEN_COLOURS_BYTES + 1];
        content.get(0, colours, 0, ON_SCREEN_COLOURS_BYTES);
        colours[3] = 'x';
        yield ByteBuffer.wrap(colours);
      }
      default -> NONE;
    };
  }
}
