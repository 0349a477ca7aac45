package dev.tritontube.hostile;

import static dev.tritontube.hostile.Bytes.joined;
import static dev.tritontube.hostile.Bytes.of;
import static dev.tritontube.hostile.Bytes.repeated;
import static dev.tritontube.hostile.Crafted.CORRUPT;
import static dev.tritontube.hostile.Crafted.NO_STREAMS;
import static dev.tritontube.hostile.Crafted.PIXELS;
import static dev.tritontube.hostile.Crafted.PLAYS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Files of all other kinds that are taken.
final class HostileOthers {
  private final Bases bases;
  private final Canary canary;
  private final List<Crafted> files = new ArrayList<>();

  HostileOthers(Bases bases, Canary canary) {
    this.bases = bases;
    this.canary = canary;
  }

  List<Crafted> files() throws IOException {
    avi();
    wav();
    flash();
    streams();
    music();
    return files;
  }

  private void add(String name, byte[] file, String outcome) {
    files.add(new Crafted(name, file, outcome));
  }

  private void avi() {
    byte[] clip = bases.avi();
    add("avi pictures of 30,000 x 30,000", Pictures.enlarged(clip, 30_000), PIXELS);
    add("avi pictures of 65,500 x 65,500", Pictures.enlarged(clip, 65_500), PIXELS);
    int header = indexOf(clip, of("strh")) + 8;
    add("avi without a rate", with(clip, header + 20, 0, 0), PLAYS);
    add("avi of 4 billion frames a second", with(clip, header + 20, 1, -1), CORRUPT);
    add("avi of 4 billion frames", with(clip, header + 28, 0, -1), PLAYS);
    byte[] entry = new Bytes().add("00dc").le32(0x10, 4, 0x7FFF_FFFF).toArray();
    byte[] index =
        new Bytes().add("idx1").le32(200_000L * 16).add(repeated(entry, 200_000)).toArray();
    add(
        "avi index of 200,000 frames that are not there",
        joined(Arrays.copyOf(clip, indexOf(clip, of("idx1"))), index),
        PLAYS);
    byte[] itself =
        new Bytes()
            .add("indx")
            .le32(40)
            .le16(4)
            .u8(0, 0)
            .le32(1)
            .add("00dc")
            .le32(0, 0, 0)
            .le32(0, 0, 40, 1)
            .toArray();
    int list = indexOf(clip, of("strf"));
    add(
        "avi index of itself",
        joined(Arrays.copyOf(clip, list), itself, Arrays.copyOfRange(clip, list, clip.length)),
        PLAYS);
    add("avi cut in its header", Arrays.copyOf(clip, 100), CORRUPT);
  }

  private void wav() {
    byte[] sound = new byte[48_000];
    add("wav of 64 channels", wav(64, 48_000, 16, sound), Crafted.NO_CODEC);
    add("wav of 65,535 channels", wav(65_535, 48_000, 16, sound), CORRUPT);
    add("wav without channels", wav(0, 48_000, 16, sound), CORRUPT);
    add("wav without a rate", wav(2, 0, 16, sound), CORRUPT);
    add("wav of 4 billion samples a second", wav(2, 0xFFFF_FFFFL, 16, sound), CORRUPT);
    add("wav of a sample a second", wav(1, 1, 8, new byte[1600]), Crafted.NO_CODEC);
    add("wav of 0 bits", wav(2, 48_000, 0, sound), NO_STREAMS);
    byte[] large = wav(2, 48_000, 16, sound);
    add("wav that says 4 GiB", with(large, 40, -1), PLAYS);
    add("wav without sound", wav(2, 48_000, 16, new byte[0]), CORRUPT);
  }

  private static byte[] wav(int channels, long rate, int bits, byte[] samples) {
    return new Bytes()
        .add("RIFF")
        .le32(36 + samples.length)
        .add("WAVEfmt ")
        .le32(16)
        .le16(1)
        .le16(channels)
        .le32(rate, rate * channels * bits / 8)
        .le16((long) channels * bits / 8)
        .le16(bits)
        .add("data")
        .le32(samples.length)
        .add(samples)
        .toArray();
  }

  private void flash() {
    byte[] clip = bases.flv();
    byte[] head = Arrays.copyOf(clip, 13);
    byte[] rest = Arrays.copyOfRange(clip, 13, clip.length);
    byte[] name = new Bytes().u8(2).u16(10).add("onMetaData").toArray();
    byte[] duration =
        new Bytes()
            .u8(8)
            .u32(1)
            .u16(8)
            .add("duration")
            .u8(0)
            .u64(Double.doubleToLongBits(1e300))
            .u16(0)
            .u8(9)
            .toArray();
    add(
        "flv that says it is 10^300 seconds long",
        joined(head, tag(joined(name, duration)), rest),
        PLAYS);
    byte[] deep = repeated(new Bytes().u8(3).u16(1).add("a").toArray(), 20_000);
    add(
        "flv with 20,000 objects in one another",
        joined(head, tag(joined(name, deep)), rest),
        PLAYS);
    byte[] frames =
        new Bytes()
            .u8(8)
            .u32(1)
            .u16(9)
            .add("keyframes")
            .u8(3)
            .u16(5)
            .add("times")
            .u8(10)
            .u32(0x00FF_FFFF)
            .toArray();
    add("flv with an index of 16 million", joined(head, tag(joined(name, frames)), rest), PLAYS);
    add("flv header alone", head, CORRUPT);
  }

  private static byte[] tag(byte[] script) {
    return new Bytes()
        .u8(18)
        .u8(script.length >> 16)
        .u16(script.length)
        .u32(0)
        .u8(0, 0, 0)
        .add(script)
        .u32(script.length + 11)
        .toArray();
  }

  private void streams() throws IOException {
    byte[] ts = bases.ts();
    byte[] backwards = new byte[ts.length];
    for (int at = 0; at + 188 <= ts.length; at += 188) {
      System.arraycopy(ts, ts.length - 188 - at, backwards, at, 188);
    }
    add("ts backwards", backwards, CORRUPT);
    byte[] table = Arrays.copyOf(ts, 188 * 3);
    add("ts tables alone", repeated(table, 10), CORRUPT);
    byte[] sync = new byte[188];
    sync[0] = 0x47;
    add("ts of nothing", repeated(sync, 2_000), CORRUPT);
    byte[] page =
        new Bytes()
            .add("OggS")
            .u8(0, 2)
            .add(new byte[8])
            .le32(1, 0, 0)
            .u8(1, 30)
            .u8(1)
            .add("vorbis")
            .add(new byte[23])
            .toArray();
    Bytes pages = new Bytes();
    for (int i = 0; i < 500; i++) {
      byte[] each = page.clone();
      each[14] = (byte) i;
      each[15] = (byte) (i >> 8);
      pages.add(each);
    }
    add("ogg of 500 streams", pages.toArray(), CORRUPT);
    add("ogg in a chain of 100", repeated(bases.ogg(), 100), PLAYS);
    byte[] mxf = {0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02, 1, 1, 2, 4, 0};
    add(
        "mxf of nothing",
        joined(mxf, new Bytes().u8(0x87).u8(0, 0, 0).u32(0x7FFF_FFFF).add(new byte[600]).toArray()),
        CORRUPT);
    add(
        "program stream of nothing",
        joined(new Bytes().u32(0x1BA).toArray(), new byte[5_000]),
        CORRUPT);
    byte[] asf = {
      0x30,
      0x26,
      (byte) 0xB2,
      0x75,
      (byte) 0x8E,
      0x66,
      (byte) 0xCF,
      0x11,
      (byte) 0xA6,
      (byte) 0xD9,
      0,
      (byte) 0xAA,
      0,
      0x62,
      (byte) 0xCE,
      0x6C
    };
    add(
        "asf of 4 billion objects",
        joined(asf, new Bytes().le32(-1, 0x7FFF_FFFF, -1).le16(0x201).add(new byte[600]).toArray()),
        CORRUPT);
  }

  private void music() throws IOException {
    byte[] linked =
        new Bytes().u8(0).add("-->").u8(0, 3, 0).add(canary.address("cover.png")).toArray();
    add("mp3 with a cover elsewhere", joined(id3(linked), bases.mp3()), PLAYS);
    byte[] huge =
        new Bytes().u8(0).add("image/png").u8(0, 3, 0).add(Pictures.png(30_000)).toArray();
    add("mp3 with a cover of 30,000 x 30,000", joined(id3(huge), bases.mp3()), PLAYS);
    byte[] playlist = of("#EXTM3U\n#EXTINF:1,\n" + canary.file().toUri() + "\n");
    add("id3, then a playlist", joined(id3(new byte[10]), playlist), CORRUPT);
    add("flac header alone", joined(of("fLaC"), new byte[42]), CORRUPT);
    add("aiff of nothing", joined(of("FORM\0\0\0\4AIFF"), new byte[60]), CORRUPT);
    add("caf of nothing", joined(of("caff\0\1\0\0desc"), new byte[60]), CORRUPT);
  }

  /// A tag with a picture (ID3v2.3, 4.15).
  private static byte[] id3(byte[] picture) {
    byte[] frame = new Bytes().add("APIC").u32(picture.length).u16(0).add(picture).toArray();
    int size = frame.length;
    return new Bytes()
        .add("ID3")
        .u8(3, 0, 0)
        .u8(size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127)
        .add(frame)
        .toArray();
  }

  private static byte[] with(byte[] file, int offset, long... values) {
    byte[] changed = file.clone();
    ByteBuffer buffer = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i++) {
      buffer.putInt(offset + 4 * i, (int) values[i]);
    }
    return changed;
  }

  private static int indexOf(byte[] file, byte[] sought) {
    for (int at = 0; at + sought.length <= file.length; at++) {
      if (Arrays.equals(Arrays.copyOfRange(file, at, at + sought.length), sought)) {
        return at;
      }
    }
    throw new IllegalArgumentException("not found");
  }
}
