package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.web.packaging.StillPicture.Kind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StillPictureTest {
  @Test
  void readsTheSizeOfWhatProgramsWrite() throws Exception {
    assertEquals(Optional.of(new StillPicture(Kind.JPEG, 31, 17, 1)), read(made("jpeg")));
    assertEquals(Optional.of(new StillPicture(Kind.PNG, 31, 17, 1)), read(made("png")));
  }

  /// RFC 9649: lossy, lossless, and extended.
  @ParameterizedTest
  @CsvSource({
    "52494646000000005745425056503820000000000000009D012A1F001100, 31, 17",
    "5249464600000000574542505650384C000000002F1E00040000000000, 31, 17",
    "52494646000000005745425056503858000000000000000037750027D007, 30008, 512040"
  })
  void readsTheSizeOfWebp(String hex, int width, int height) {
    assertEquals(
        Optional.of(new StillPicture(Kind.WEBP, width, height, 1)),
        read(HexFormat.of().parseHex(hex)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"II", "MM"})
  void readsHowItIsToBeTurned(String order) throws Exception {
    assertEquals(
        Optional.of(new StillPicture(Kind.JPEG, 31, 17, 6)), read(withExif(made("jpeg"), order)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GIF89a..............................",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
        "#EXTM3U\nfile:///etc/passwd\n..........",
        "%!PS-Adobe-3.0 EPSF-3.0 .............",
        "push graphic-context viewbox 0 0 640 480 image over 0,0 0,0 'https://x'",
        "RIFF....WAVEfmt ....................",
        "BM.................................."
      })
  void takesNothingElse(String text) {
    assertEquals(Optional.empty(), read(text.getBytes(ISO_8859_1)));
  }

  @Test
  void whatIsCutOffOrSpoiledDoesNoHarm() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[][] whole = {made("jpeg"), made("png"), withExif(made("jpeg"), "II")};
    for (int round = 0; round < 3000; round++) {
      byte[] picture = whole[round % whole.length].clone();
      for (int i = random.nextInt(6); i > 0; i--) {
        picture[random.nextInt(Math.min(120, picture.length))] = (byte) random.nextInt();
      }
      byte[] part = Arrays.copyOf(picture, random.nextInt(picture.length + 1));
      Optional<StillPicture> read;
      try {
        read = read(part);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
      read.ifPresent(known -> assertEquals(known.pixels(), (long) known.width() * known.height()));
    }
  }

  private static Optional<StillPicture> read(byte[] bytes) {
    return StillPicture.read(bytes);
  }

  private static byte[] made(String format) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(31, 17, BufferedImage.TYPE_INT_RGB), format, bytes);
    return bytes.toByteArray();
  }

  /// Puts an APP1 with one entry, the orientation 6, behind the first marker.
  static byte[] withExif(byte[] jpeg, String order) {
    String entry =
        order.equals("II")
            ? "49492A0008000000" + "0100" + "1201" + "0300" + "01000000" + "06000000" + "00000000"
            : "4D4D002A00000008" + "0001" + "0112" + "0003" + "00000001" + "00060000" + "00000000";
    byte[] exif = HexFormat.of().parseHex("FFE1" + "0022" + "457869660000" + entry);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(jpeg, 0, 2);
    bytes.writeBytes(exif);
    bytes.write(jpeg, 2, jpeg.length - 2);
    return bytes.toByteArray();
  }
}
