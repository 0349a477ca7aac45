package dev.tritontube.manifests.mp4;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads the first sample entry of an `stsd` box. Names codecs as RFC 6381 and the codecs' own
/// specifications ask for (ISO/IEC 14496-15, Annex E; VP9 and AV1 in ISOBMFF).
final class SampleEntries {
  private static final int ENTRY_BYTES = 8;
  private static final int VIDEO_BYTES = 70;
  private static final int VIDEO_SIZE_OFFSET = 16;

  private SampleEntries() {}

  static Format format(String handler, Box description) throws MalformedMp4Exception {
    List<Box> entries = Box.list(description.fields().skip(8).rest());
    if (entries.isEmpty()) {
      throw new MalformedMp4Exception("stsd has no entry");
    }
    Box entry = entries.getFirst();
    return switch (handler) {
      case "vide" -> video(entry);
      case "soun" -> audio(entry);
      default -> new Format.Other(entry.type());
    };
  }

  private static Format video(Box entry) throws MalformedMp4Exception {
    Fields fields = entry.fields().skip(ENTRY_BYTES + VIDEO_SIZE_OFFSET);
    int width = fields.u16();
    int height = fields.u16();
    fields.skip(VIDEO_BYTES - VIDEO_SIZE_OFFSET - 4);
    return new Format.Video(videoCodecs(entry.type(), Box.list(fields.rest())), width, height);
  }

  private static String videoCodecs(String type, List<Box> boxes) throws MalformedMp4Exception {
    return switch (type) {
      case "avc1", "avc3" -> {
        Fields config = Box.required(boxes, "avcC").fields().skip(1);
        yield "%s.%02X%02X%02X".formatted(type, config.u8(), config.u8(), config.u8());
      }
      case "hvc1", "hev1" -> hevc(type, Box.required(boxes, "hvcC").fields().skip(1));
      case "vp08", "vp09" -> vp9(type, Box.required(boxes, "vpcC").fields().skip(4));
      case "av01" -> av1(Box.required(boxes, "av1C").fields().skip(1));
      default -> type;
    };
  }

  /// ISO/IEC 14496-15, E.3.
  private static String hevc(String type, Fields config) throws MalformedMp4Exception {
    int profile = config.u8();
    int compatibility = Integer.reverse(config.i32());
    int[] constraints = new int[6];
    int used = 0;
    for (int i = 0; i < constraints.length; i++) {
      constraints[i] = config.u8();
      used = constraints[i] == 0 ? used : i + 1;
    }
    StringBuilder codecs = new StringBuilder(type).append('.');
    int space = profile >> 6;
    if (space > 0) {
      codecs.append((char) ('A' + space - 1));
    }
    codecs
        .append(profile & 0x1f)
        .append('.')
        .append(Integer.toHexString(compatibility).toUpperCase(Locale.ROOT))
        .append((profile & 0x20) == 0 ? ".L" : ".H")
        .append(config.u8());
    for (int i = 0; i < used; i++) {
      codecs.append(".%X".formatted(constraints[i]));
    }
    return codecs.toString();
  }

  private static String vp9(String type, Fields config) throws MalformedMp4Exception {
    int profile = config.u8();
    int level = config.u8();
    return "%s.%02d.%02d.%02d".formatted(type, profile, level, config.u8() >> 4);
  }

  private static String av1(Fields config) throws MalformedMp4Exception {
    int profileAndLevel = config.u8();
    int flags = config.u8();
    int profile = profileAndLevel >> 5;
    boolean high = (flags & 0x40) != 0;
    boolean twelve = profile == 2 && (flags & 0x20) != 0;
    return "av01.%d.%02d%s.%02d"
        .formatted(
            profile,
            profileAndLevel & 0x1f,
            (flags & 0x80) == 0 ? "M" : "H",
            !high ? 8 : twelve ? 12 : 10);
  }

  private static Format audio(Box entry) throws MalformedMp4Exception {
    Fields fields = entry.fields().skip(ENTRY_BYTES);
    int version = fields.u16();
    int channels = fields.skip(6).u16();
    int sampleRate = fields.skip(6).u16();
    fields.skip(2);
    return switch (entry.type()) {
      case "mp4a" -> {
        Optional<ElementaryStream> stream = stream(fields.skip(quickTimeBytes(version)).rest());
        yield new Format.Audio(
            stream.map(ElementaryStream::codecs).orElse("mp4a"),
            sampleRate,
            stream.map(ElementaryStream::channels).filter(count -> count > 0).orElse(channels));
      }
      case "Opus" -> new Format.Audio("opus", sampleRate, channels);
      case "fLaC" -> new Format.Audio("flac", sampleRate, channels);
      default -> new Format.Audio(entry.type(), sampleRate, channels);
    };
  }

  /// QuickTime's later versions of the sound description are longer.
  private static int quickTimeBytes(int version) {
    return switch (version) {
      case 1 -> 16;
      case 2 -> 36;
      default -> 0;
    };
  }

  /// QuickTime puts `esds` into `wave`.
  private static Optional<ElementaryStream> stream(ByteBuffer children)
      throws MalformedMp4Exception {
    List<Box> boxes = Box.list(children);
    Optional<Box> descriptor = Box.first(boxes, "esds");
    Optional<Box> wave = Box.first(boxes, "wave");
    if (descriptor.isEmpty() && wave.isPresent()) {
      descriptor = wave.get().optionalChild("esds");
    }
    return descriptor.isPresent()
        ? Optional.of(ElementaryStream.parse(descriptor.get().fields().skip(4)))
        : Optional.empty();
  }
}
