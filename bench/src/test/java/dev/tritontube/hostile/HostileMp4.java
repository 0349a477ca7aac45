package dev.tritontube.hostile;

import static dev.tritontube.hostile.Boxes.appended;
import static dev.tritontube.hostile.Boxes.at;
import static dev.tritontube.hostile.Boxes.box;
import static dev.tritontube.hostile.Boxes.part;
import static dev.tritontube.hostile.Boxes.replaced;
import static dev.tritontube.hostile.Boxes.with;
import static dev.tritontube.hostile.Bytes.joined;
import static dev.tritontube.hostile.Bytes.repeated;
import static dev.tritontube.hostile.Crafted.CORRUPT;
import static dev.tritontube.hostile.Crafted.LIMIT;
import static dev.tritontube.hostile.Crafted.NO_CODEC;
import static dev.tritontube.hostile.Crafted.NO_STREAMS;
import static dev.tritontube.hostile.Crafted.PLAYS;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Files of boxes. Made from one clip whose tables are at its end, pictures first.
final class HostileMp4 {
  private static final String VIDEO = "moov/trak[0]";
  private static final String TABLE = VIDEO + "/mdia/minf/stbl/";
  private static final byte[] EMPTY = box("free");

  private final byte[] clip;
  private final Canary canary;
  private final List<Crafted> files = new ArrayList<>();

  HostileMp4(byte[] clip, Canary canary) {
    this.clip = clip;
    this.canary = canary;
  }

  List<Crafted> files() throws IOException {
    sizes();
    crowds();
    times();
    tables();
    edits();
    codecs();
    references();
    fragments();
    bombs();
    cuts();
    return files;
  }

  private void add(String name, byte[] file, String outcome) {
    files.add(new Crafted("mp4 " + name, file, outcome));
  }

  private void sizes() {
    add("moov of size 0", with(clip, "moov", 0, 0), PLAYS);
    add("moov of size 1 without a length", with(clip, "moov", 0, 1), NO_STREAMS);
    add("moov of size 7", with(clip, "moov", 0, 7), CORRUPT);
    add("moov of 4 GiB", with(clip, "moov", 0, -1), PLAYS);
    add("trak beyond its parent", with(clip, VIDEO, 0, 0x7FFF_FFFF), PLAYS);
    add("trak into the next", with(clip, VIDEO, 0, Boxes.size(clip, at(clip, VIDEO)) + 60), PLAYS);
    add("stsz of negative size", with(clip, TABLE + "stsz", 0, 0xFFFF_FFF0L), CORRUPT);
    byte[] large = new Bytes().u32(1).add("mdat").u64(Long.MAX_VALUE).toArray();
    add("mdat of 2^63", joined(part(clip, "ftyp"), large, part(clip, "moov")), CORRUPT);
    add(
        "mdat of size 0 first",
        joined(part(clip, "ftyp"), new Bytes().u32(0).add("mdat").toArray(), part(clip, "moov")),
        CORRUPT);
  }

  private void crowds() {
    add("100,000 empty boxes", joined(part(clip, "ftyp"), repeated(EMPTY, 100_000)), CORRUPT);
    add("100,000 empty boxes in moov", appended(clip, "moov", repeated(EMPTY, 100_000)), PLAYS);
    add("two moov", joined(clip, part(clip, "moov")), PLAYS);
    byte[] nested = EMPTY;
    for (int i = 0; i < 2_000; i++) {
      nested = box(i % 2 == 0 ? "trak" : "mdia", nested);
    }
    add("boxes in boxes, 2,000 deep", appended(clip, "moov", nested), PLAYS);
    byte[] loop = box("moov", box("trak", box("moov", box("trak", part(clip, "moov")))));
    add("moov in moov", joined(Arrays.copyOf(clip, at(clip, "moov")), loop), PLAYS);
    byte[] track = part(clip, VIDEO);
    Bytes tracks = new Bytes();
    for (int i = 0; i < 1_000; i++) {
      tracks.add(with(joined(track), "trak/tkhd", 20, 10L + i));
    }
    add("1,002 tracks", appended(clip, "moov", tracks.toArray()), LIMIT);
    add("as many text as fits", appended(clip, "moov", text(5 << 20)), LIMIT);
  }

  private static byte[] text(int length) {
    byte[] data = new byte[length];
    Arrays.fill(data, (byte) '\u0001');
    byte[] item = box("data", new Bytes().u32(1, 0).add(data).toArray());
    byte[] handler = box("hdlr", new Bytes().u32(0, 0).add("mdirappl").u32(0, 0).u8(0).toArray());
    byte[] list = box("ilst", box("\u00a9cmt", item));
    return box("udta", box("meta", new Bytes().u32(0).toArray(), handler, list));
  }

  private void times() {
    for (String header : List.of("moov/mvhd", VIDEO + "/mdia/mdhd")) {
      String name = header.substring(header.length() - 4);
      add(name + " without a time scale", with(clip, header, 20, 0), PLAYS);
      add(name + " of the largest time scale", with(clip, header, 20, -1), PLAYS);
      add(name + " of the longest duration", with(clip, header, 24, -2), PLAYS);
    }
    byte[] still = with(clip, TABLE + "stts", 20, 0);
    add("no time between frames", still, PLAYS);
    add("negative times between frames", with(clip, TABLE + "stts", 20, -1_000), PLAYS);
    add("hours between frames", with(clip, TABLE + "stts", 20, 0x7FFF_FFFF), PLAYS);
    add("4 billion frames in stts", with(clip, TABLE + "stts", 16, -1), PLAYS);
    add("4 billion entries in stts", with(clip, TABLE + "stts", 12, -1), LIMIT);
    byte[] ctts = box("ctts", new Bytes().u32(0, 1, 6, 0x8000_0000L).toArray());
    add("frames shown 2^31 too early", replaced(clip, TABLE + "ctts", ctts), CORRUPT);
    byte[] far = box("ctts", new Bytes().u32(0, 2, 5, 0, 1, 0x7FFF_FFFF).toArray());
    add("one frame shown 2^31 too late", replaced(clip, TABLE + "ctts", far), PLAYS);
    byte[] one = with(with(clip, TABLE + "stts", 16, 1), TABLE + "stsz", 16, 1);
    add("one frame that says 24 hours", with(one, TABLE + "stts", 20, 0x7FFF_FFFF), PLAYS);
  }

  private void tables() {
    add("4 billion samples", with(clip, TABLE + "stsz", 16, -1), CORRUPT);
    byte[] equal = box("stsz", new Bytes().u32(0, 1, 0x7FFF_FFFF).toArray());
    add("2 billion samples of a byte", replaced(clip, TABLE + "stsz", equal), CORRUPT);
    byte[] nothing = box("stsz", new Bytes().u32(0, 0, 0).toArray());
    add("no samples", replaced(clip, TABLE + "stsz", nothing), CORRUPT);
    add("samples of 2 GiB", with(clip, TABLE + "stsz", 20, 0x7FFF_FFFF), CORRUPT);
    add(
        "chunks backwards",
        replaced(
            clip, TABLE + "stsc", box("stsc", new Bytes().u32(0, 2, 9, 1, 1, 1, 1, 1).toArray())),
        CORRUPT);
    add("chunks without samples", with(clip, TABLE + "stsc", 20, 0), PLAYS);
    add("chunks beyond the end", with(clip, TABLE + "stco", 16, 0x7FFF_FFFF), CORRUPT);
    add("chunks in the tables", with(clip, TABLE + "stco", 16, at(clip, "moov")), CORRUPT);
    byte[] co64 = box("co64", new Bytes().u32(0, 1).u64(Long.MAX_VALUE).toArray());
    add("a chunk at 2^63", replaced(clip, TABLE + "stco", co64), CORRUPT);
    add(
        "key frames that are none",
        appended(
            clip,
            TABLE.substring(0, TABLE.length() - 1),
            box("stss", new Bytes().u32(0, 0x0FFF_FFFF, 1).toArray())),
        CORRUPT);
  }

  private void edits() {
    add("10,000 edits", edited(entries(10_000, 10, 0, 0x1_0000)), CORRUPT);
    add("an edit from a negative time", edited(entries(1, 600, -7_000, 0x1_0000)), CORRUPT);
    add("an edit of 49 days", edited(entries(1, 0xFFFF_FFFFL, 0, 0x1_0000)), PLAYS);
    add("empty edits alone", edited(entries(3, 0x7FFF_FFFF, -1, 0x1_0000)), CORRUPT);
    add("an edit at the end of all times", edited(entries(1, 600, 0x7FFF_FFFF, 0x1_0000)), CORRUPT);
    add("an edit without a rate", edited(entries(1, 600, 0, 0)), PLAYS);
    byte[] counted = edited(entries(1, 600, 0, 0x1_0000));
    add("4 billion edits", with(counted, VIDEO + "/edts/elst", 12, -1), PLAYS);
  }

  private static byte[] entries(int count, long duration, long time, long rate) {
    Bytes list = new Bytes().u32(0, count);
    for (int i = 0; i < count; i++) {
      list.u32(duration, time, rate);
    }
    return list.toArray();
  }

  private byte[] edited(byte[] entries) {
    return replaced(clip, VIDEO + "/edts", box("edts", box("elst", entries)));
  }

  private void codecs() {
    String entry = TABLE + "stsd/avc1";
    String sound = "moov/trak[1]/mdia/minf/stbl/stsd/mp4a";
    add("an unknown codec", with(clip, entry, 4, Bytes.of("zzzz")), NO_CODEC);
    add("no configuration", replaced(clip, entry + "/avcC", new byte[0]), CORRUPT);
    add(
        "a configuration of two bytes",
        replaced(clip, entry + "/avcC", box("avcC", new byte[2])),
        CORRUPT);
    add(
        "31 empty parameter sets",
        with(clip, entry + "/avcC", 13, Bytes.repeated(new byte[] {-1}, 8)),
        CORRUPT);
    byte[] part = part(clip, entry + "/avcC");
    byte[] cut = Arrays.copyOf(part, 24);
    add(
        "parameter sets that are cut",
        replaced(clip, entry + "/avcC", box("avcC", Arrays.copyOfRange(cut, 8, 24))),
        CORRUPT);
    add("65,535 pixels in the header", with(clip, entry, 32, -1), PLAYS);
    add("no pixels in the header", with(clip, entry, 32, 0), PLAYS);
    byte[] hevc = with(clip, entry, 4, Bytes.of("hvc1"));
    byte[] hvcc =
        new Bytes().u8(1, 0x21).u32(-1, -1, -1, -1, -1).u8(255).add(new byte[32]).toArray();
    add(
        "HEVC with absurd parameter sets",
        replaced(hevc, TABLE + "stsd/hvc1/avcC", box("hvcC", hvcc)),
        CORRUPT);
    add("said to be encrypted", with(clip, entry, 4, Bytes.of("encv")), NO_CODEC);
    add("65,535 channels", with(clip, sound, 24, Bytes.of("\u00ff\u00ff")), PLAYS);
    add("sound without a rate", with(clip, sound, 32, 0), PLAYS);
    add("a matrix of zeros", with(clip, VIDEO + "/tkhd", 48, new byte[36]), PLAYS);
    add(
        "a matrix of noise",
        with(clip, VIDEO + "/tkhd", 48, repeated(new byte[] {0x7F, 3, -5}, 12)),
        PLAYS);
    add("a track 65,535 wide", with(clip, VIDEO + "/tkhd", 84, -1), PLAYS);
  }

  /// In all the ways that QuickTime has to name other files.
  private void references() {
    for (String target : List.of(canary.file().toUri().toString(), canary.address("dref.mov"))) {
      byte[] url = box("url ", new Bytes().u32(0).add(target).u8(0).toArray());
      byte[] dref = box("dref", new Bytes().u32(0, 1).add(url).toArray());
      add(
          "media at " + target.substring(0, 4),
          replaced(clip, VIDEO + "/mdia/minf/dinf/dref", dref),
          PLAYS);
      byte[] rdrf =
          box(
              "rdrf",
              new Bytes().u32(0).add("url ").u32(target.length() + 1).add(target).u8(0).toArray());
      byte[] reference = box("moov", box("rmra", box("rmda", rdrf)));
      add(
          "a movie at " + target.substring(0, 4),
          joined(box("ftyp", Bytes.of("qt  \0\0\2\0qt  ")), reference),
          NO_STREAMS);
    }
    byte[] alias = box("alis", new Bytes().u32(0).add(alias()).toArray());
    byte[] dref = box("dref", new Bytes().u32(0, 1).add(alias).toArray());
    add("media behind an alias", replaced(clip, VIDEO + "/mdia/minf/dinf/dref", dref), CORRUPT);
  }

  /// An alias record of 150 bytes, then a path of type 2 and the end (as QuickTime writes them).
  private byte[] alias() {
    byte[] path = Bytes.of(canary.file().toString());
    byte[] record = new byte[150];
    record[4 + 2] = 0;
    return new Bytes().add(record).u16(2).u16(path.length).add(path).u16(0xFFFF).u16(0).toArray();
  }

  private void fragments() {
    byte[] head = joined(part(clip, "ftyp"), part(clip, "moov"));
    byte[] tfhd = box("tfhd", new Bytes().u32(1, 1).u64(0).toArray());
    byte[] trun = box("trun", new Bytes().u32(0x201, 0x0FFF_FFFF, 0).toArray());
    byte[] moof = box("moof", box("mfhd", new byte[8]), box("traf", tfhd, trun));
    add("a fragment that begins at itself", joined(head, moof), CORRUPT);
    byte[] sidx =
        box(
            "sidx",
            new Bytes()
                .u32(0, 1, 0, 0, 0, 0xFFFF)
                .add(repeated(new Bytes().u32(0, 0, 0).toArray(), 0xFFFF))
                .toArray());
    add("65,535 references to nothing", joined(part(clip, "ftyp"), sidx, clip), CORRUPT);
    byte[] tfra = box("tfra", new Bytes().u32(0, 1, 0, 0x0FFF_FFFF, 0, 0, 0).toArray());
    byte[] mfra = box("mfra", tfra, box("mfro", new Bytes().u32(0, 52).toArray()));
    add("an index of 268 million fragments", joined(clip, mfra), PLAYS);
  }

  private void bombs() throws IOException {
    byte[] zeros = Bytes.deflatedZeros(64 << 20);
    byte[] compressed =
        box(
            "moov",
            box(
                "cmov",
                box("dcom", Bytes.of("zlib")),
                box("cmvd", new Bytes().u32(0x7FFF_FFF0).add(zeros).toArray())));
    add("a compressed header that says 2 GiB", joined(part(clip, "ftyp"), compressed), LIMIT);
    byte[] covers =
        box(
            "udta",
            box(
                "meta",
                new byte[4],
                box("hdlr", new Bytes().u32(0, 0).add("mdirappl").u32(0, 0).u8(0).toArray()),
                box(
                    "ilst",
                    box(
                        "covr",
                        box("data", new Bytes().u32(14, 0).add(Pictures.png(30_000)).toArray())))));
    add("a cover of 30,000 x 30,000", appended(clip, "moov", covers), PLAYS);
    byte[] alone = joined(part(clip, "ftyp"), box("moov", part(clip, "moov/mvhd"), covers));
    add("a cover and nothing else", alone, NO_STREAMS);
  }

  private void cuts() {
    int tables = at(clip, "moov");
    add("cut in its first box", Arrays.copyOf(clip, 20), CORRUPT);
    add("cut in the media", Arrays.copyOf(clip, tables / 2), CORRUPT);
    add("cut before the tables", Arrays.copyOf(clip, tables), CORRUPT);
    add("cut in the tables", Arrays.copyOf(clip, (tables + clip.length) / 2), CORRUPT);
    add("cut by one byte", Arrays.copyOf(clip, clip.length - 1), PLAYS);
    byte[] first = joined(part(clip, "ftyp"), part(clip, "moov"));
    add("the tables alone", first, CORRUPT);
  }
}
