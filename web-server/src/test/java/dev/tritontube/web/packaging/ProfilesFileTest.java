package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesFileTest {
  @TempDir private Path folder;

  @Test
  void addsToTheUsualOnes() throws Exception {
    Profiles profiles =
        read(
            """
            {"profiles": {"lectures": {
              "description": "Slides and a speaker",
              "sizes": [1080, 360, 720],
              "fullHdBitsPerSecond": 3000000,
              "codecs": {"h264": {"crf": 24, "preset": "fast"}, "av1": {"preset": "8"}},
              "soundBitsPerSecond": 96000,
              "copies": false,
              "byContent": false,
              "forUploads": true}}}
            """);
    assertEquals(List.of("standard", "small", "archive", "lectures"), profiles.names());
    Profile lectures = profiles.named("lectures");
    assertEquals(List.of(360, 720, 1080), lectures.sizes());
    assertEquals(3_000_000, lectures.fullHdBitsPerSecond());
    assertEquals(
        Map.of(Codec.H264, new Tuning(24, "fast"), Codec.AV1, new Tuning(37, "8")),
        lectures.codecs());
    assertEquals(96_000, lectures.soundBitsPerSecond());
    assertFalse(lectures.copies());
    assertFalse(lectures.byContent());
    assertTrue(lectures.forUploads());
    assertEquals(Set.of(Codec.H264, Codec.AV1), profiles.codecs());
  }

  @Test
  void takesWhatIsNotSaidFromTheUsualOneOfTheNameOrFromStandard() throws Exception {
    Profiles profiles =
        read(
            """
            {"profiles": {"small": {"soundBitsPerSecond": 64000}, "plain": {"byContent": false}}}
            """);
    assertEquals(List.of("standard", "small", "archive", "plain"), profiles.names());
    assertEquals(List.of(240, 360, 480), profiles.named("small").sizes());
    assertEquals(26, profiles.named("small").h264().crf());
    assertEquals(64_000, profiles.named("small").soundBitsPerSecond());
    assertEquals(23, profiles.named("plain").h264().crf());
    assertTrue(profiles.named("plain").copies());
    assertEquals("", profiles.named("plain").description());
    assertTrue(profiles.named("small").forUploads());
    assertFalse(profiles.named("plain").forUploads(), "nobody said so");
  }

  @Test
  void whoUploadsMayChooseSomeAndAdministratorsAll() {
    Profiles usual = Profiles.usual();
    assertEquals(
        List.of("standard", "small"),
        usual.names().stream().filter(usual.forUploads(false)).toList());
    assertEquals(usual.names(), usual.names().stream().filter(usual.forUploads(true)).toList());
    assertFalse(usual.forUploads(true).test("gone"));
  }

  @Test
  void standsInForWhatIsNotThereAnyMore() {
    assertEquals("standard", Profiles.usual().named("gone").name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | it is no JSON object",
        "{} | it has no 'profiles'",
        "{\"profiles\": {}, \"more\": 1} | there is no 'more' here",
        "{\"profiles\": {\"a\": {\"crf\": 1}}} | profile 'a': there is no 'crf' here",
        "{\"profiles\": {\"A b\": {}}} | profile 'A b': a name is 1 to 30 of a-z, 0-9 and '-'",
        "{\"profiles\": {\"a\": {\"sizes\": []}}} | profile 'a': 'sizes' are 16 to 4320 pixels, at least one",
        "{\"profiles\": {\"a\": {\"sizes\": [\"x\"]}}} | profile 'a': 'sizes' are whole numbers",
        "{\"profiles\": {\"a\": {\"fullHdBitsPerSecond\": 9}}} | profile 'a': 'fullHdBitsPerSecond' is 100000 to 200000000",
        "{\"profiles\": {\"a\": {\"codecs\": {\"vp9\": {}}}}} | profile 'a': there is no 'vp9' here",
        "{\"profiles\": {\"a\": {\"codecs\": {\"av1\": {}}}}} | profile 'a': 'codecs' lack h264, which every player decodes",
        "{\"profiles\": {\"a\": {\"codecs\": {\"h264\": {\"crf\": 52}}}}} | profile 'a': 'crf' of h264 is 0 to 51",
        "{\"profiles\": {\"a\": {\"copies\": 1}}} | profile 'a': 'copies' is true or false",
        "{\"profiles\": {\"a\": {\"soundBitsPerSecond\": 1}}} | profile 'a': 'soundBitsPerSecond' is 32000 to 320000",
      })
  void saysWhatCannotBe(String json, String reason) throws Exception {
    Path file = Files.writeString(folder.resolve("profiles.json"), json);
    IOException refused = assertThrows(IOException.class, () -> Profiles.read(file));
    assertEquals(file + ": " + reason, refused.getMessage());
  }

  @Test
  void saysWhereItIsNoJson() throws Exception {
    Path file = Files.writeString(folder.resolve("profiles.json"), "{\n\"profiles\": }");
    IOException refused = assertThrows(IOException.class, () -> Profiles.read(file));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith(file + " is no JSON: "), message);
    assertTrue(message.endsWith("in line 2"), message);
  }

  private Profiles read(String json) throws IOException {
    return Profiles.read(Files.writeString(folder.resolve("profiles.json"), json));
  }
}
