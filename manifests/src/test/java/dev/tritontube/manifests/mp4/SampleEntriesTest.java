package dev.tritontube.manifests.mp4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SampleEntriesTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void namesVideoCodecs() throws MalformedMp4Exception {
    assertEquals("avc1.64001F", video("avc1", box("avcC", "01 64001f ff")));
    assertEquals("avc3.4D4028", video("avc3", box("avcC", "01 4d4028 ff")));
    assertEquals("hvc1.1.6.L93.B0", video("hvc1", box("hvcC", "01 01 60000000 b00000000000 5d")));
    assertEquals(
        "hev1.A4.41.H120.B0.23", video("hev1", box("hvcC", "01 64 82000000 b02300000000 78")));
    assertEquals("vp09.00.41.08", video("vp09", box("vpcC", "01000000 00 29 82 020202 0000")));
    assertEquals("av01.0.04M.08", video("av01", box("av1C", "81 04 0c 00")));
    assertEquals("av01.2.13H.12", video("av01", box("av1C", "81 4d e0 00")));
    assertEquals("mp4v", video("mp4v", new byte[0]));
  }

  @Test
  void namesAudioCodecsAndCountsChannels() throws MalformedMp4Exception {
    assertEquals(sound("mp4a.40.2", 6), audio("mp4a", 0, esds("40", "11b0")));
    assertEquals(sound("mp4a.40.2", 8), audio("mp4a", 0, esds("40", "11b8")));
    assertEquals(sound("mp4a.40.5", 1), audio("mp4a", 0, esds("40", "2b0888")));
    assertEquals(sound("mp4a.40.42", 2), audio("mp4a", 0, esds("40", "f94640")));
    assertEquals(sound("mp4a.6B", 2), audio("mp4a", 0, esds("6b", "")));
    assertEquals(sound("opus", 2), audio("Opus", 0, new byte[0]));
    assertEquals(sound("ac-3", 2), audio("ac-3", 0, new byte[0]));
  }

  @Test
  void readsQuickTimeSound() throws MalformedMp4Exception {
    byte[] wave = box("wave", joined(box("frma", "6d703461"), esds("40", "1190"), new byte[4]));

    assertEquals(sound("mp4a.40.2", 2), audio("mp4a", 1, joined(new byte[16], wave)));
    assertEquals(sound("mp4a", 2), audio("mp4a", 2, new byte[36]));
  }

  @Test
  void refusesEntriesThatEndEarly() {
    assertThrows(MalformedMp4Exception.class, () -> video("avc1", box("avcC", "0164")));
    assertThrows(MalformedMp4Exception.class, () -> video("avc1", new byte[0]));
    assertThrows(
        MalformedMp4Exception.class,
        () -> audio("mp4a", 0, box("esds", "00000000 03808080808000")));
    assertThrows(
        MalformedMp4Exception.class,
        () -> SampleEntries.format("vide", parsed(box("stsd", "0000000000000000"))));
  }

  private static Format.Audio sound(String codecs, int channels) {
    return new Format.Audio(codecs, 48_000, channels);
  }

  private static String video(String type, byte[] config) throws MalformedMp4Exception {
    byte[] entry = box(type, joined(new byte[24], hex("02800168"), new byte[50], config));
    return format("vide", entry).codecs();
  }

  private static Format audio(String type, int version, byte[] rest) throws MalformedMp4Exception {
    byte[] fields =
        joined(
            new byte[8], hex("000" + version), new byte[6], hex("0002 0010 0000 0000 bb80 0000"));
    return format("soun", box(type, joined(fields, rest)));
  }

  private static Format format(String handler, byte[] entry) throws MalformedMp4Exception {
    return SampleEntries.format(
        handler, parsed(box("stsd", joined(hex("00000000 00000001"), entry))));
  }

  private static byte[] esds(String objectType, String specific) {
    byte[] config = hex(specific);
    byte[] decoder =
        joined(hex(objectType), new byte[12], hex("05"), new byte[] {(byte) config.length}, config);
    byte[] stream =
        joined(hex("0001 00"), hex("04808080"), new byte[] {(byte) decoder.length}, decoder);
    return box("esds", joined(new byte[4], hex("03"), new byte[] {(byte) stream.length}, stream));
  }

  private static Box parsed(byte[] bytes) throws MalformedMp4Exception {
    return Box.list(ByteBuffer.wrap(bytes)).getFirst();
  }

  private static byte[] box(String type, String content) {
    return box(type, hex(content));
  }

  private static byte[] box(String type, byte[] content) {
    int size = Box.HEADER_BYTES + content.length;
    return ByteBuffer.allocate(size)
        .putInt(size)
        .put(type.getBytes(ISO_8859_1))
        .put(content)
        .array();
  }

  private static byte[] hex(String digits) {
    return HEX.parseHex(digits.replace(" ", ""));
  }

  private static byte[] joined(byte[]... parts) {
    int size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
