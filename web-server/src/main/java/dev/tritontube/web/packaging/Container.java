package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// A kind of media file that is accepted, told by its first bytes alone.
///
/// Each kind names the one demuxer that may open it. Text is never media here: playlists, scripts
/// and vector pictures can name other files, so nothing of the sort is in the list.
public enum Container {
  MP4("mp4", "mov"),
  MOV("mov", "mov"),
  MATROSKA("mkv", "matroska"),
  WEBM("webm", "matroska"),
  AVI("avi", "avi"),
  MPEG_TS("mpegts", "mpegts"),
  MPEG_PS("mpegps", "mpeg"),
  FLV("flv", "flv"),
  ASF("asf", "asf"),
  MXF("mxf", "mxf"),
  OGG("ogg", "ogg"),
  MP3("mp3", "mp3"),
  AAC("aac", "aac"),
  FLAC("flac", "flac"),
  WAV("wav", "wav"),
  AIFF("aiff", "aiff"),
  CAF("caf", "caf");

  /// How many bytes `sniff` wants, when the file has as many.
  public static final int HEAD_BYTES = 4096;

  private static final Set<String> FIRST_BOXES =
      Set.of(
          "ftyp", "styp", "moov", "moof", "mdat", "free", "skip", "wide", "pnot", "sidx", "uuid");
  private static final Set<String> PICTURE_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "mif1", "msf1", "avif", "avis", "crx ");

  /// Matroska's id of its index (RFC 9559, 5.1.5), as the list of contents at the beginning has it.
  private static final int[] CUES = {0x1C, 0x53, 0xBB, 0x6B};

  private static final int TS_PACKETS = 4;
  private static final int[] MPEG1_LAYER3_KBPS = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] MPEG2_LAYER3_KBPS = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };
  private static final int[] MPEG1_RATES = {44_100, 48_000, 32_000};

  private final String label;
  private final String demuxer;

  Container(String label, String demuxer) {
    this.label = label;
    this.demuxer = demuxer;
  }

  /// The name shown to people.
  public String label() {
    return label;
  }

  /// The demuxer that ffmpeg is forced to use.
  public String demuxer() {
    return demuxer;
  }

  /// True when the file has tables of samples that tell the number of frames.
  boolean hasSampleTables() {
    return this == MP4 || this == MOV;
  }

  /// How a run in the middle of a file gets there.
  enum Seeking {
    /// To the key frame at or before the time.
    KEY_FRAMES,
    /// To about the time: whether there is a key frame is not known.
    BLIND,
    /// Not at all: times after a seek would be guesses.
    NONE
  }

  Seeking seeking() {
    return switch (this) {
      case MP4, MOV, MATROSKA, WEBM -> Seeking.KEY_FRAMES;
      case MP3, AAC -> Seeking.NONE;
      default -> Seeking.BLIND;
    };
  }

  /// Whether the last packets can be read without all those before them: the file has an index, or
  /// its packets say where they belong. Those of MXF do not, and its index is at its end.
  ///
  /// @param head the first `HEAD_BYTES` bytes
  boolean hasReadableEnd(byte[] head) {
    return switch (this) {
      case MP3, AAC, FLV, MXF -> false;
      case MATROSKA, WEBM -> new Bytes(head).contains(CUES);
      default -> true;
    };
  }

  /// Tells the kind of a file by its first bytes.
  ///
  /// @param head the first `HEAD_BYTES` bytes, or the whole file when it is shorter
  /// @return empty for text, pictures, archives and everything unknown
  public static Optional<Container> sniff(byte[] head) {
    Bytes bytes = new Bytes(head);
    return boxes(bytes)
        .or(() -> matroska(bytes))
        .or(() -> riff(bytes))
        .or(() -> signature(bytes))
        .or(() -> transportStream(bytes))
        .or(() -> audioFrames(bytes));
  }

  private static Optional<Container> boxes(Bytes head) {
    long size = head.u32(0);
    if (!FIRST_BOXES.contains(head.text(4, 4)) || (size > 1 && size < 8)) {
      return Optional.empty();
    }
    if (!head.text(4, 4).equals("ftyp")) {
      return Optional.of(head.text(4, 4).equals("uuid") ? MP4 : MOV)
          .filter(kind -> plausible(head));
    }
    String brand = head.text(8, 4);
    if (PICTURE_BRANDS.contains(brand)) {
      return Optional.empty();
    }
    return Optional.of(brand.equals("qt  ") ? MOV : MP4);
  }

  /// Files from before `ftyp` begin with another box; its size must lead to one more known box, or
  /// beyond the head.
  private static boolean plausible(Bytes head) {
    long size = head.u32(0);
    long next = size == 1 ? head.u32(8) << 32 | head.u32(12) : size;
    return size == 0
        || next + 8 > head.length()
        || FIRST_BOXES.contains(head.text((int) next + 4, 4));
  }

  private static Optional<Container> matroska(Bytes head) {
    if (!head.has(0, 0x1A, 0x45, 0xDF, 0xA3)) {
      return Optional.empty();
    }
    return Optional.of(head.text(0, 64).contains("webm") ? WEBM : MATROSKA);
  }

  private static Optional<Container> riff(Bytes head) {
    String form = head.text(8, 4);
    return switch (head.text(0, 4)) {
      case "RIFF" ->
          form.equals("AVI ")
              ? Optional.of(AVI)
              : Optional.of(WAV).filter(wav -> form.equals("WAVE"));
      case "RF64", "BW64" -> Optional.of(WAV).filter(wav -> form.equals("WAVE"));
      case "FORM" -> Optional.of(AIFF).filter(aiff -> form.equals("AIFF") || form.equals("AIFC"));
      default -> Optional.empty();
    };
  }

  private static Optional<Container> signature(Bytes head) {
    if (head.has(0, 0, 0, 1, 0xBA)) {
      return Optional.of(MPEG_PS);
    }
    if (head.has(0, 0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11)) {
      return Optional.of(ASF);
    }
    if (head.has(0, 0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02)) {
      return Optional.of(MXF);
    }
    if (head.text(0, 3).equals("ID3") && head.u8(3) < 0xFF) {
      return Optional.of(MP3);
    }
    if (head.text(0, 3).equals("FLV") && head.u8(3) == 1) {
      return Optional.of(FLV);
    }
    return switch (head.text(0, 4)) {
      case "OggS" -> Optional.of(OGG);
      case "fLaC" -> Optional.of(FLAC);
      case "caff" -> Optional.of(CAF);
      default -> Optional.empty();
    };
  }

  /// ISO/IEC 13818-1: packets of 188 bytes, with 4 bytes of time before (192) or 16 of parity after
  /// (204).
  private static Optional<Container> transportStream(Bytes head) {
    boolean found =
        packets(head, 0, 188)
            || packets(head, 4, 192)
            || packets(head, 0, 192)
            || packets(head, 0, 204);
    return found ? Optional.of(MPEG_TS) : Optional.empty();
  }

  private static boolean packets(Bytes head, int offset, int stride) {
    int seen = 0;
    for (int at = offset; at < head.length() && seen < TS_PACKETS; at += stride, seen++) {
      if (head.u8(at) != 0x47) {
        return false;
      }
    }
    return seen == TS_PACKETS;
  }

  /// Bare audio frames have 12 bits of signature only, so a second frame must follow the first.
  private static Optional<Container> audioFrames(Bytes head) {
    int adts = adtsLength(head, 0);
    if (adts > 0 && adtsLength(head, adts) > 0) {
      return Optional.of(AAC);
    }
    int layer3 = layer3Length(head, 0);
    if (layer3 > 0 && layer3Length(head, layer3) > 0) {
      return Optional.of(MP3);
    }
    return Optional.empty();
  }

  private static int adtsLength(Bytes head, int at) {
    if (head.u8(at) != 0xFF || (head.u8(at + 1) & 0xF6) != 0xF0 || at + 7 > head.length()) {
      return 0;
    }
    int length = (head.u8(at + 3) & 3) << 11 | head.u8(at + 4) << 3 | head.u8(at + 5) >> 5;
    return length > 7 ? length : 0;
  }

  private static int layer3Length(Bytes head, int at) {
    if (head.u8(at) != 0xFF || (head.u8(at + 1) & 0xE6) != 0xE2 || at + 4 > head.length()) {
      return 0;
    }
    int version = head.u8(at + 1) >> 3 & 3; // 3 = MPEG-1, 2 = MPEG-2, 0 = MPEG-2.5
    int bitrate = head.u8(at + 2) >> 4;
    int rate = head.u8(at + 2) >> 2 & 3;
    if (version == 1 || bitrate == 0 || bitrate == 15 || rate == 3) {
      return 0;
    }
    int padding = head.u8(at + 2) >> 1 & 1;
    if (version == 3) {
      return 144_000 * MPEG1_LAYER3_KBPS[bitrate] / MPEG1_RATES[rate] + padding;
    }
    int halvings = version == 2 ? 2 : 4;
    return 72_000 * MPEG2_LAYER3_KBPS[bitrate] / (MPEG1_RATES[rate] / halvings) + padding;
  }

  /// Bounds-safe reading: beyond the end there are zeros and empty text.
  private record Bytes(byte[] array) {
    int length() {
      return array.length;
    }

    int u8(int at) {
      return at >= 0 && at < array.length ? array[at] & 0xFF : 0;
    }

    long u32(int at) {
      return (long) u8(at) << 24 | u8(at + 1) << 16 | u8(at + 2) << 8 | u8(at + 3);
    }

    String text(int at, int count) {
      if (at < 0 || at >= array.length) {
        return "";
      }
      return new String(array, at, Math.min(count, array.length - at), ISO_8859_1);
    }

    boolean contains(int... expected) {
      return IntStream.range(0, array.length).anyMatch(at -> has(at, expected));
    }

    boolean has(int at, int... expected) {
      for (int i = 0; i < expected.length; i++) {
        if (at + i >= array.length || u8(at + i) != expected[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
