package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What tables tell is what ffprobe says, and where it would say more they are not asked.
class TableHeadersTest {
  private static final String PICTURES = "-f lavfi -i testsrc2=size=%s:rate=%s:duration=1";
  private static final String SOUND = "-f lavfi -i sine=sample_rate=%d:duration=1";
  private static final String PLAIN = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";

  @TempDir Path folder;

  static Stream<Arguments> plain() {
    return Stream.of(
        file("usual", of("320x240", "25"), SOUND.formatted(48_000), PLAIN, "-c:a aac"),
        file("reordered", of("322x182", "30000/1001"), PLAIN + " -preset veryfast -bf 3"),
        file("coloured", of("320x240", "60"), PLAIN, colours("bt709")),
        file("colours of television", of("320x240", "50"), PLAIN, colours("smpte170m")),
        file("baseline", of("320x240", "24"), PLAIN + " -profile:v baseline"),
        file("main, square pixels", of("320x240", "15"), PLAIN + " -profile:v main -aspect 4:3"),
        file("sound alone", SOUND.formatted(44_100), "-ac 2 -c:a aac"),
        file(
            "languages",
            of("320x240", "25"),
            SOUND.formatted(44_100),
            SOUND.formatted(32_000),
            "-map 0 -map 1 -map 2",
            PLAIN + " -c:a aac -metadata:s:a:0 language=ger -metadata:s:a:1 language=fre",
            "-disposition:a:0 0 -disposition:a:1 default"),
        file(
            "late sound",
            of("320x240", "25"),
            "-itsoffset 0.4",
            SOUND.formatted(48_000),
            PLAIN + " -c:a aac"),
        file(
            "late pictures",
            "-itsoffset 0.4",
            of("320x240", "25"),
            SOUND.formatted(48_000),
            PLAIN + " -c:a aac"),
        file("tables in front", of("320x240", "25"), PLAIN + " -movflags +faststart"),
        file("many ticks", of("320x240", "25"), PLAIN + " -video_track_timescale 90000"));
  }

  static Stream<Arguments> others() {
    return Stream.of(
        file("QuickTime.mov", of("320x240", "25"), PLAIN),
        file("fragments", of("320x240", "25"), PLAIN + " -movflags +frag_keyframe+empty_moov"),
        file("HEVC", of("320x240", "25"), "-c:v libx265 -preset ultrafast -pix_fmt yuv420p"),
        file("ten bits", of("320x240", "25"), "-c:v libx264 -pix_fmt yuv420p10le"),
        file("more colour", of("320x240", "25"), "-c:v libx264 -pix_fmt yuv444p"),
        file("fields", of("320x240", "25"), PLAIN + " -flags +ildct+ilme -top 1"),
        file("anamorphic", of("320x240", "25"), PLAIN + " -aspect 16:9"),
        file("wide colours", of("320x240", "25"), PLAIN, colours("bt2020nc")),
        file("MP3", SOUND.formatted(48_000), "-c:a libmp3lame"),
        file("many channels", SOUND.formatted(48_000), "-ac 6 -c:a aac"),
        file(
            "many words",
            SOUND.formatted(48_000),
            "-c:a aac -metadata comment=" + "x".repeat(70_000)),
        file("a name", SOUND.formatted(48_000), "-c:a aac -metadata:s:a:0 title=Commentary"),
        file(
            "a cover",
            SOUND.formatted(48_000),
            "-f lavfi -i color=size=64x64:rate=1:duration=1 -map 0 -map 1 -c:a aac -c:v mjpeg -pix_fmt yuvj420p",
            "-frames:v 1 -disposition:v attached_pic"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void plain(String name, List<String> arguments) throws Exception {
    try (Probed probed = probed(name, arguments)) {
      JsonNode told = probed.byTables().orElseThrow();
      assertTrue(told.path("streams").size() > 0);
      assertSaid(told, probed.headers(), name);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void others(String name, List<String> arguments) throws Exception {
    try (Probed probed = probed(name, arguments)) {
      assertEquals(Optional.empty(), probed.byTables());
    }
  }

  @Test
  void aFileThatLostItsEndIsNotPlain() throws Exception {
    byte[] clip =
        make("a", List.of(of("320x240", "25").split(" ")), PLAIN + " -movflags +faststart");
    try (Probed probed = new Probed(java.util.Arrays.copyOf(clip, clip.length - 1000))) {
      assertEquals(Optional.empty(), probed.byTables());
    }
  }

  /// Everything that is told is said in the same words; what is unknown is not said.
  private static void assertSaid(JsonNode told, JsonNode said, String where) {
    told.properties()
        .forEach(
            field -> {
              JsonNode other = said.path(field.getKey());
              String at = where + ", " + field.getKey();
              if (field.getValue().isObject()) {
                assertSaid(field.getValue(), other, at);
              } else if (field.getValue().isArray()) {
                assertEquals(field.getValue().size(), other.size(), at);
                for (int i = 0; i < other.size(); i++) {
                  assertSaid(field.getValue().get(i), other.get(i), at + " " + i);
                }
              } else if (field.getKey().endsWith("frame_rate")) {
                assertEquals(
                    Fractions.parse(other.asText()),
                    Fractions.parse(field.getValue().asText()),
                    at);
              } else {
                assertEquals(other.asText("unknown"), field.getValue().asText(), at);
              }
            });
  }

  private Probed probed(String name, List<String> arguments) throws Exception {
    return new Probed(make(name, arguments, ""));
  }

  private byte[] make(String name, List<String> arguments, String more) throws Exception {
    List<String> all = new ArrayList<>(arguments);
    Stream.of(more.split(" ")).filter(word -> !word.isEmpty()).forEach(all::add);
    String file = name.contains(".") ? name : name + ".mp4";
    return new Clips(folder).make(file, all.toArray(String[]::new));
  }

  private static String of(String size, String rate) {
    return PICTURES.formatted(size, rate);
  }

  private static String colours(String name) {
    String transfer = name.equals("bt2020nc") ? "bt2020-10" : name;
    return "-colorspace %s -color_trc %s -color_primaries %s"
        .formatted(name, transfer, name.equals("bt2020nc") ? "bt2020" : name);
  }

  private static Arguments file(String name, String... parts) {
    return Arguments.of(name, List.of(String.join(" ", parts).split(" ")));
  }
}
