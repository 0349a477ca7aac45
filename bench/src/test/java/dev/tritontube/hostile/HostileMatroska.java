package dev.tritontube.hostile;

import static dev.tritontube.hostile.Bytes.joined;
import static dev.tritontube.hostile.Crafted.CORRUPT;
import static dev.tritontube.hostile.Crafted.PLAYS;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Files of EBML (RFC 8794, RFC 9559).
final class HostileMatroska {
  private static final int SEGMENT = 0x18538067;
  private static final int INFO = 0x1549A966;
  private static final int TRACKS = 0x1654AE6B;
  private static final int CLUSTER = 0x1F43B675;

  private final byte[] clip;
  private final Canary canary;
  private final List<Crafted> files = new ArrayList<>();

  HostileMatroska(byte[] clip, Canary canary) {
    this.clip = clip;
    this.canary = canary;
  }

  List<Crafted> files() throws IOException {
    add("linked segments", file(linked(), pcm(new byte[0]), cluster(0, new byte[960])), PLAYS);
    add("an attachment that says it is a playlist", attached(), PLAYS);
    add("10,000 levels", file(nested(), pcm(new byte[0]), cluster(0, new byte[960])), PLAYS);
    add("no time scale", file(info(0), pcm(new byte[0]), cluster(5, new byte[960])), PLAYS);
    add(
        "a time scale of hours",
        file(info(Long.MAX_VALUE), pcm(new byte[0]), cluster(5, new byte[960])),
        CORRUPT);
    add(
        "a cluster at the end of all times",
        file(
            info(1_000_000),
            pcm(new byte[0]),
            joined(cluster(0, new byte[960]), cluster(0x7FFF_FFFF_FFFFL, new byte[960]))),
        Crafted.LONG);
    add(
        "times backwards",
        file(
            info(1_000_000),
            pcm(new byte[0]),
            joined(cluster(5_000, new byte[960]), cluster(0, new byte[960]))),
        PLAYS);
    for (int algorithm = 0; algorithm < 4; algorithm++) {
      add(
          "packets compressed by algorithm " + algorithm,
          file(
              info(1_000_000),
              pcm(compression(algorithm)),
              cluster(0, Bytes.deflatedZeros(200 << 20))),
          algorithm == 3 ? PLAYS : CORRUPT);
    }
    add(
        "a size that is not known",
        with(clip, SEGMENT, Bytes.of("\1\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff")),
        PLAYS);
    add(
        "a cluster larger than all",
        with(clip, CLUSTER, Bytes.of("\1\u0000\u0070\u00ff\u00ff\u00ff\u00ff\u00ff")),
        PLAYS);
    add("cut in the middle", Arrays.copyOf(clip, clip.length / 2), PLAYS);
    add("cut in the tracks", Arrays.copyOf(clip, 300), CORRUPT);
    return files;
  }

  private void add(String name, byte[] file, String outcome) {
    files.add(new Crafted("mkv " + name, file, outcome));
  }

  private static byte[] file(byte[] info, byte[] tracks, byte[] clusters) {
    byte[] header = element(0x1A45DFA3, element(0x4282, Bytes.of("matroska")));
    return joined(header, element(SEGMENT, joined(info, tracks, clusters)));
  }

  private static byte[] element(long id, byte[] content) {
    Bytes bytes = new Bytes();
    for (int shift = 24; shift >= 0; shift -= 8) {
      if (id >> shift > 0) {
        bytes.u8((int) (id >> shift));
      }
    }
    return bytes.u8(1).u8(0, 0, 0).u32(content.length).add(content).toArray();
  }

  private static byte[] number(long id, long value) {
    return element(id, new Bytes().u64(value).toArray());
  }

  private static byte[] info(long scale) {
    return element(INFO, number(0x2AD7B1, scale));
  }

  private byte[] linked() {
    byte[] other = new byte[16];
    Arrays.fill(other, (byte) 7);
    return element(
        INFO,
        joined(
            number(0x2AD7B1, 1_000_000),
            element(0x73A4, new byte[16]),
            element(0x3CB923, other),
            element(0x3C83AB, Bytes.of(canary.file().toString())),
            element(0x3EB923, other),
            element(0x3E83BB, Bytes.of(canary.address("next.mkv")))));
  }

  private byte[] attached() {
    byte[] playlist = Bytes.of("#EXTM3U\n#EXTINF:1,\n" + canary.address("attached.ts") + "\n");
    byte[] file =
        element(
            0x61A7,
            joined(
                element(0x466E, Bytes.of("../../../" + Canary.NAME)),
                element(0x4660, Bytes.of("application/x-mpegurl")),
                element(0x465C, playlist),
                number(0x46AE, 1)));
    byte[] attachments = element(0x1941A469, file);
    return file(joined(info(1_000_000), attachments), pcm(new byte[0]), cluster(0, new byte[960]));
  }

  private static byte[] nested() {
    byte[] inner = new byte[0];
    for (int i = 0; i < 10_000; i++) {
      inner =
          element(0x1043A770 + (i % 2 == 0 ? 0 : 1), inner); // Chapters, or nothing that is known.
      if (inner.length > 200_000) {
        break;
      }
    }
    return joined(info(1_000_000), inner);
  }

  /// A track of PCM, 16 bits at 48 kHz.
  private static byte[] pcm(byte[] encodings) {
    byte[] audio =
        element(
            0xE1,
            joined(
                element(0xB5, new Bytes().u32(0x473B8000).toArray()),
                number(0x9F, 1),
                number(0x6264, 16)));
    return element(
        TRACKS,
        element(
            0xAE,
            joined(
                number(0xD7, 1),
                number(0x73C5, 1),
                number(0x83, 2),
                element(0x86, Bytes.of("A_PCM/INT/LIT")),
                audio,
                encodings)));
  }

  private static byte[] compression(int algorithm) {
    return element(
        0x6D80,
        element(
            0x6240,
            element(0x5034, joined(number(0x4254, algorithm), element(0x4255, new byte[3])))));
  }

  private static byte[] cluster(long time, byte[] packet) {
    byte[] block = new Bytes().u8(0x81, 0, 0, 0x80).add(packet).toArray();
    return element(CLUSTER, joined(number(0xE7, time), element(0xA3, block)));
  }

  /// With other bytes for the size of the first element of a kind: those written here by ffmpeg
  /// have eight, or one.
  private static byte[] with(byte[] file, int id, byte[] size) {
    byte[] sought = new Bytes().u32(id).toArray();
    for (int at = 0; at < file.length - 12; at++) {
      if (Arrays.equals(Arrays.copyOfRange(file, at, at + 4), sought) && file[at + 4] == 1) {
        byte[] changed = file.clone();
        System.arraycopy(size, 0, changed, at + 4, size.length);
        return changed;
      }
      if (Arrays.equals(Arrays.copyOfRange(file, at, at + 4), sought)) {
        int width = 1 + Integer.numberOfLeadingZeros(file[at + 4] & 0xFF) - 24;
        return joined(
            Arrays.copyOf(file, at + 4),
            size,
            Arrays.copyOfRange(file, at + 4 + width, file.length));
      }
    }
    throw new IllegalArgumentException("there is no element " + Integer.toHexString(id));
  }
}
