package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// What a picture from outside says of itself in its first bytes. What is in it is not looked at:
/// it may be anything.
///
/// @param width in pixels as stored
/// @param orientation how it is to be turned, 1 to 8 (EXIF 2.3, 4.6.4); 1: not at all
public record StillPicture(Kind kind, int width, int height, int orientation) {
  /// A kind of picture that is taken. Nothing that is text, or that can refer to anything.
  public enum Kind {
    JPEG("jpeg_pipe"),
    PNG("png_pipe"),
    WEBP("webp_pipe");

    private final String demuxer;

    Kind(String demuxer) {
      this.demuxer = demuxer;
    }

    /// The only one that ffmpeg may use.
    String demuxer() {
      return demuxer;
    }
  }

  private static final int EXIF = 0xE1;
  private static final int ORIENTATION = 0x0112;

  public long pixels() {
    return (long) width * height;
  }

  /// @param bytes all of it
  /// @return empty for what is no picture of a kind that is taken, or does not say how large it is
  public static Optional<StillPicture> read(byte[] bytes) {
    ByteBuffer picture = ByteBuffer.wrap(bytes);
    try {
      return png(picture).or(() -> webp(picture)).or(() -> jpeg(picture));
    } catch (IndexOutOfBoundsException _) {
      return Optional.empty(); // It breaks off.
    }
  }

  private static Optional<StillPicture> of(Kind kind, int width, int height, int orientation) {
    return width < 1 || height < 1
        ? Optional.empty()
        : Optional.of(new StillPicture(kind, width, height, orientation));
  }

  /// PNG (third edition), 5.2 and 11.2.1.
  private static Optional<StillPicture> png(ByteBuffer in) {
    return in.getLong(0) == 0x89504E470D0A1A0AL && text(in, 12, 4).equals("IHDR")
        ? of(Kind.PNG, in.getInt(16), in.getInt(20), 1)
        : Optional.empty();
  }

  /// RFC 9649, 2.5 to 2.7.
  private static Optional<StillPicture> webp(ByteBuffer in) {
    if (!text(in, 0, 4).equals("RIFF") || !text(in, 8, 4).equals("WEBP")) {
      return Optional.empty();
    }
    ByteBuffer little = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return switch (text(in, 12, 4)) {
      case "VP8 " -> of(Kind.WEBP, little.getShort(26) & 0x3FFF, little.getShort(28) & 0x3FFF, 1);
      case "VP8L" -> {
        int sizes = little.getInt(21);
        yield of(Kind.WEBP, (sizes & 0x3FFF) + 1, (sizes >>> 14 & 0x3FFF) + 1, 1);
      }
      case "VP8X" ->
          of(
              Kind.WEBP,
              (little.getInt(24) & 0xFFFFFF) + 1,
              (little.getInt(26) >>> 8 & 0xFFFFFF) + 1,
              1);
      default -> Optional.empty();
    };
  }

  /// ITU-T T.81, B.1.1: markers with lengths, up to the frame's.
  private static Optional<StillPicture> jpeg(ByteBuffer in) {
    if ((in.getInt(0) & 0xFFFFFF00) != 0xFFD8FF00) {
      return Optional.empty();
    }
    int orientation = 1;
    int at = 2;
    while ((in.get(at) & 0xFF) == 0xFF) {
      int marker = in.get(at + 1) & 0xFF;
      if (isFrame(marker)) {
        int height = Short.toUnsignedInt(in.getShort(at + 5));
        return of(Kind.JPEG, Short.toUnsignedInt(in.getShort(at + 7)), height, orientation);
      }
      if (marker == EXIF && text(in, at + 4, 4).equals("Exif")) {
        orientation = orientation(in.slice(at + 10, in.capacity() - at - 10));
      }
      at += marker == 0xFF ? 1 : 2 + Short.toUnsignedInt(in.getShort(at + 2));
    }
    return Optional.empty();
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /// TIFF 6.0, section 2: the first list of entries.
  private static int orientation(ByteBuffer tiff) {
    tiff.order(text(tiff, 0, 2).equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int list = tiff.getInt(4);
    if (list < 8 || list > tiff.capacity() - 2) {
      return 1;
    }
    for (int i = 0; i < Short.toUnsignedInt(tiff.getShort(list)); i++) {
      int entry = list + 2 + 12 * i;
      if (entry + 12 > tiff.capacity()) {
        return 1;
      }
      if (Short.toUnsignedInt(tiff.getShort(entry)) == ORIENTATION) {
        int value = Short.toUnsignedInt(tiff.getShort(entry + 8));
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }

  private static String text(ByteBuffer in, int at, int length) {
    byte[] text = new byte[length];
    in.get(at, text);
    return new String(text, ISO_8859_1);
  }
}
