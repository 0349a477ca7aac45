package dev.tritontube.manifests.text;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {
  private static final String SRT = "1\r\n00:00:01,000 --> 00:00:02,000\r\nÄpfel – “süß”\r\n";
  private static final String VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nÄpfel – “süß”\n";
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private static String words(byte[] file, String language) throws MalformedTextException {
    return TextFile.read(file, language).cues().getFirst().words();
  }

  @Test
  void whatItIsWinsOverWhatItIsCalled() throws Exception {
    for (String file : new String[] {SRT, VTT}) {
      assertEquals("Äpfel – “süß”", words(file.getBytes(UTF_8), "de"));
      assertEquals("Äpfel – “süß”", words(("\ufeff" + file).getBytes(UTF_8), "und"));
    }
  }

  @Test
  void codePagesAreReadWhereTheLanguageTellsWhich() throws Exception {
    assertEquals("Äpfel – “süß”", words(SRT.getBytes(WINDOWS), "de-AT"));
    assertEquals("Äpfel – “süß”", words(SRT.getBytes(UTF_16), "ru"));
    assertEquals("Äpfel – “süß”", words(("\ufeff" + SRT).getBytes(UTF_16LE), "ru"));
    for (String language : new String[] {"und", "ru", "el", "zh"}) {
      assertThrows(
          MalformedTextException.class, () -> TextFile.read(SRT.getBytes(WINDOWS), language));
    }
    assertThrows(MalformedTextException.class, () -> TextFile.read(VTT.getBytes(WINDOWS), "de"));
    byte[] other = SRT.replace('Ä', '\u0081').getBytes(Charset.forName("ISO-8859-1"));
    assertThrows(MalformedTextException.class, () -> TextFile.read(other, "de"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n \n",
        "WEBVTT",
        "WEBVTT\n\nNOTE nothing else\n",
        "just words",
        "[Script Info]\nTitle: of SubStation Alpha\n",
        "<?xml version=\"1.0\"?><tt xmlns=\"http://www.w3.org/ns/ttml\"/>",
        "#EXTM3U\nfile:///etc/passwd\n",
        "{\"cues\": []}",
        "1\n2\n3\n",
      })
  void refusesWhatIsNeither(String file) {
    assertThrows(
        MalformedTextException.class, () -> TextFile.read(file.getBytes(UTF_8), "en"), file);
  }

  @Test
  void refusesBytesThatAreNoText() {
    byte[] movie = {0, 0, 0, 0x20, 'f', 't', 'y', 'p', (byte) 0xff, (byte) 0xd8, 0, 1};

    assertThrows(MalformedTextException.class, () -> TextFile.read(movie, "en"));
    assertThrows(
        MalformedTextException.class,
        () -> TextFile.read(new byte[] {(byte) 0xff, (byte) 0xfe, 0}, "en"));
  }
}
