package dev.tritontube.manifests.mp4;

import java.nio.ByteBuffer;
import java.util.Optional;

/// What a sequence parameter set of H.264 says of how pictures look (ITU-T H.264, 7.3.2.1.1 and
/// E.1.1), of such as most files have: 8 bits, 4:2:0, square pixels, whole frames.
///
/// @param width of the pictures, without what is cropped
/// @param transfer Table E-4; 2 where it does not say
/// @param matrix Table E-5; 2 where it does not say
public record SequenceParameters(int width, int height, int transfer, int matrix) {
  /// In place of a colour that is not told.
  public static final int UNSPECIFIED = 2;

  private static final int UNIT_TYPE = 7;
  private static final int HIGH = 100;
  private static final int EXTENDED_ASPECT = 255;
  private static final int MACROBLOCK = 16;

  /// How many pixels a unit of cropping has in 4:2:0.
  private static final int CROP = 2;

  /// Empty where it describes other pictures, or in a way that few do.
  ///
  /// @param unit NAL unit of profile Baseline, Main or High
  static Optional<SequenceParameters> parse(ByteBuffer unit) throws MalformedMp4Exception {
    BitReader bits = new BitReader(unit);
    if ((bits.bits(8) & 0x1f) != UNIT_TYPE) {
      return Optional.empty();
    }
    int profile = bits.bits(8);
    bits.bits(16);
    bits.unsigned();
    if (profile == HIGH && !usual(bits)) {
      return Optional.empty();
    }
    bits.unsigned();
    if (!skipOrder(bits)) {
      return Optional.empty();
    }
    bits.unsigned();
    bits.flag();
    return size(bits);
  }

  /// 4:2:0, 8 bits, no matrices of its own.
  private static boolean usual(BitReader bits) throws MalformedMp4Exception {
    boolean usual = bits.unsigned() == 1 && bits.unsigned() == 0 && bits.unsigned() == 0;
    return usual && !bits.flag() && !bits.flag();
  }

  private static boolean skipOrder(BitReader bits) throws MalformedMp4Exception {
    int type = bits.unsigned();
    if (type == 0) {
      bits.unsigned();
    }
    return type == 0 || type == 2;
  }

  private static Optional<SequenceParameters> size(BitReader bits) throws MalformedMp4Exception {
    long width = (bits.unsigned() + 1L) * MACROBLOCK;
    long height = (bits.unsigned() + 1L) * MACROBLOCK;
    boolean wholeFrames = bits.flag();
    if (!wholeFrames) {
      return Optional.empty();
    }
    bits.flag();
    if (bits.flag()) {
      width -= (long) CROP * (bits.unsigned() + bits.unsigned());
      height -= (long) CROP * (bits.unsigned() + bits.unsigned());
    }
    boolean sane = width > 0 && height > 0 && width <= 1 << 16 && height <= 1 << 16;
    return sane ? shown(bits, (int) width, (int) height) : Optional.empty();
  }

  private static Optional<SequenceParameters> shown(BitReader bits, int width, int height)
      throws MalformedMp4Exception {
    if (!bits.flag()) {
      return Optional.of(new SequenceParameters(width, height, UNSPECIFIED, UNSPECIFIED));
    }
    if (!square(bits)) {
      return Optional.empty();
    }
    if (bits.flag()) {
      bits.flag();
    }
    return Optional.of(
        coloured(bits)
            ? new SequenceParameters(width, height, bits.bits(8), bits.bits(8))
            : new SequenceParameters(width, height, UNSPECIFIED, UNSPECIFIED));
  }

  /// Goes to the transfer function, if there is one.
  private static boolean coloured(BitReader bits) throws MalformedMp4Exception {
    if (!bits.flag()) {
      return false;
    }
    bits.bits(4);
    boolean coloured = bits.flag();
    if (coloured) {
      bits.bits(8);
    }
    return coloured;
  }

  private static boolean square(BitReader bits) throws MalformedMp4Exception {
    int aspect = bits.flag() ? bits.bits(8) : 0;
    if (aspect != EXTENDED_ASPECT) {
      return aspect <= 1;
    }
    int width = bits.bits(16);
    return width == bits.bits(16);
  }
}
