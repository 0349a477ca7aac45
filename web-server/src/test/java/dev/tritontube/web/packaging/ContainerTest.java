package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\nfile:///etc/passwd\n",
        "ffconcat version 1.0\nfile '/etc/passwd'\n",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<?xml version='1.0'?><MPD/>",
        "PK\u0003\u0004 an archive",
        "GIF89a picture",
        "RIFF\u0000\u0000\u0000\u0000WEBPVP8 ",
        "\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000mif1",
        "just some text that somebody wrote"
      })
  void refusesWhatIsNoMedia(String head) {
    assertEquals(Optional.empty(), Container.sniff(head.getBytes(ISO_8859_1)));
  }

  @Test
  void refusesRandomBytes() {
    Random random = new Random(7);
    byte[] head = new byte[Container.HEAD_BYTES];
    for (int i = 0; i < 2000; i++) {
      random.nextBytes(head);
      assertEquals(Optional.empty(), Container.sniff(head), "round " + i);
    }
  }

  @Test
  void knowsSignatures() {
    assertSniffed(Container.MP4, "\u0000\u0000\u0000\u0018ftypisom\u0000\u0000\u0002\u0000isom");
    assertSniffed(Container.MOV, "\u0000\u0000\u0000\u0018ftypqt  \u0000\u0000\u0002\u0000qt  ");
    assertSniffed(Container.MATROSKA, "\u001aE\u00df\u00a3\u0001\u0000\u0000B\u0082\u0088matroska");
    assertSniffed(Container.WEBM, "\u001aE\u00df\u00a3\u0001\u0000\u0000B\u0082\u0084webm");
    assertSniffed(Container.AVI, "RIFF\u0010\u0000\u0000\u0000AVI LIST");
    assertSniffed(Container.WAV, "RIFF\u0010\u0000\u0000\u0000WAVEfmt ");
    assertSniffed(Container.MPEG_PS, "\u0000\u0000\u0001\u00ba\u0044");
    assertSniffed(Container.FLV, "FLV\u0001\u0005");
    assertSniffed(Container.OGG, "OggS\u0000\u0002");
    assertSniffed(Container.FLAC, "fLaC\u0000\u0000\u0000\"");
    assertSniffed(Container.MP3, "ID3\u0003\u0000\u0000");
  }

  @ParameterizedTest
  @ValueSource(ints = {188, 192, 204})
  void knowsTransportPacketsOfEachLength(int packet) {
    byte[] head = new byte[Container.HEAD_BYTES];
    Arrays.fill(head, (byte) 1);
    for (int at = packet == 192 ? 4 : 0; at < head.length; at += packet) {
      head[at] = 0x47;
    }
    assertEquals(Optional.of(Container.MPEG_TS), Container.sniff(head));
  }

  private static void assertSniffed(Container expected, String head) {
    assertEquals(Optional.of(expected), Container.sniff(head.getBytes(ISO_8859_1)));
  }
}
