package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.text.Cue;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.EmbeddedTracks.Skipped;
import dev.tritontube.web.packaging.EmbeddedTracks.Text;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is to be read in files, and what sounds in them is called.
class EmbeddedTextsTest {
  private static final String SRT =
      """
      1
      00:00:00,500 --> 00:00:01,500
      <i>Hello</i> <script>alert(1)</script> & all

      2
      00:00:01,500 --> 00:00:02,000
      Second
      """;

  private static final String ASS =
      """
      [Script Info]
      ScriptType: v4.00+

      [V4+ Styles]
      Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
      Style: Default,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1

      [Events]
      Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
      Dialogue: 0,0:00:00.25,0:00:01.25,Default,,0,0,0,,{\\b1}Grüße{\\b0}\\N<script>zweite</script> Zeile
      """;

  private static final String CHAPTERS =
      """
      ;FFMETADATA1
      [CHAPTER]
      TIMEBASE=1/1000
      START=0
      END=1000
      title=One & <all>
      [CHAPTER]
      TIMEBASE=1/1000
      START=1000
      END=2000
      """;

  private static final String WEBVTT =
      "WEBVTT\n\n00:01.000 --> 00:02.000 line:0\n<v Mary><b>Hi</b>\n";

  @TempDir Path folder;
  private PackagingFixture fixture;
  private Clips clips;

  @BeforeEach
  void start() throws Exception {
    fixture = new PackagingFixture(folder, false, true);
    clips = new Clips(folder);
    Files.writeString(folder.resolve("a.srt"), SRT);
    Files.writeString(folder.resolve("a.ass"), ASS);
    Files.writeString(folder.resolve("chapters.txt"), CHAPTERS);
    Files.writeString(folder.resolve("a.vtt"), WEBVTT);
    Files.write(folder.resolve("a.sup"), pictures());
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  /// Nothing to see, as Blu-ray discs have it: a composition without objects, and its end.
  private static byte[] pictures() {
    ByteBuffer sup = ByteBuffer.allocate(2 * 13 + 11);
    sup.put("PG".getBytes(StandardCharsets.US_ASCII)).putInt(90_000).putInt(0);
    sup.put((byte) 0x16).putShort((short) 11);
    sup.putShort((short) 64).putShort((short) 64).put((byte) 0x10).putShort((short) 1);
    sup.put((byte) 0x80).put((byte) 0).put((byte) 0).put((byte) 0);
    sup.put("PG".getBytes(StandardCharsets.US_ASCII)).putInt(90_000).putInt(0);
    sup.put((byte) 0x80).putShort((short) 0);
    return sup.array();
  }

  private byte[] clip(String name, String codec, List<String> more) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-f", "lavfi", "-i", Clips.PICTURES.formatted("64x64", "25", "2")));
    arguments.addAll(List.of("-f", "lavfi", "-i", Clips.TONE.formatted("2")));
    arguments.addAll(List.of("-i", folder + "/a.srt", "-i", folder + "/a.ass"));
    arguments.addAll(List.of("-i", folder + "/chapters.txt", "-map_metadata", "4"));
    arguments.addAll(List.of("-map", "0", "-map", "1", "-map", "1", "-map", "2", "-map", "3"));
    arguments.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"));
    arguments.addAll(Stream.of(codec.split(" ")).toList());
    arguments.addAll(List.of("-metadata:s:a:0", "language=eng"));
    arguments.addAll(List.of("-metadata:s:a:0", "title=Director's\u0007  cut"));
    arguments.addAll(List.of("-metadata:s:a:1", "language=ger"));
    arguments.addAll(List.of("-metadata:s:s:0", "language=eng"));
    arguments.addAll(List.of("-metadata:s:s:1", "language=ger"));
    arguments.addAll(more);
    return clips.make(name, arguments.toArray(String[]::new));
  }

  private EmbeddedTracks read(AssetId asset) throws Exception {
    fixture.plan(asset);
    return fixture.worker.tracks().read(asset).orElseThrow();
  }

  private static List<Cue> cues(EmbeddedTracks tracks, int text) {
    return tracks.texts().get(text).cues().cues();
  }

  @Test
  void matroskaHasThemAllAndPicturesOfWordsAreTold() throws Exception {
    clip(
        "plain.mkv",
        "-c:s copy",
        List.of(
            "-metadata:s:s:0", "title= For the deaf ",
            "-disposition:s:0", "hearing_impaired",
            "-disposition:s:1", "forced"));
    byte[] clip =
        clips.make(
            "late.mkv",
            "-i",
            folder + "/plain.mkv",
            "-f",
            "sup",
            "-i",
            folder + "/a.sup",
            "-i",
            folder + "/a.vtt",
            "-map",
            "0",
            "-map",
            "1",
            "-map",
            "2",
            "-c",
            "copy",
            "-output_ts_offset",
            "5");
    AssetId asset = fixture.upload(clip);
    EmbeddedTracks tracks = read(asset);

    assertEquals(
        List.of("en Director's cut", "de German"),
        audios(asset).stream().map(track -> track.language() + " " + track.label()).toList());
    assertEquals(
        List.of(
            new Cue(500, 1500, "", "<i>Hello</i> alert(1) &amp; all"),
            new Cue(1500, 2000, "", "Second")),
        cues(tracks, 0));
    assertEquals(
        List.of(new Cue(250, 1250, "", "<b>Grüße</b>\n&lt;script&gt;zweite&lt;/script&gt; Zeile")),
        cues(tracks, 1));
    Cue copied = cues(tracks, 2).getFirst();
    assertEquals("line:0 <v Mary><b>Hi</b></v>", copied.settings() + " " + copied.payload());
    Text english = tracks.texts().get(0);
    assertEquals("en For the deaf true false", said(english));
    assertEquals("de German false true", said(tracks.texts().get(1)));
    assertEquals(
        List.of(new Skipped("hdmv_pgs_subtitle", "und", "Unknown language", "bitmap")),
        tracks.skipped());
    assertTrue(fixture.pipes.toFile().list().length == 0);
  }

  private static String said(Text text) {
    return text.language() + " " + text.label() + " " + text.captions() + " " + text.forced();
  }

  @Test
  void mp4HasThemWithChapters() throws Exception {
    EmbeddedTracks tracks = read(fixture.upload(clip("a.mp4", "-c:s mov_text", List.of())));

    assertEquals("<i>Hello</i> alert(1) &amp; all", cues(tracks, 0).getFirst().payload());
    assertEquals("en English false false", said(tracks.texts().get(0)));
    assertEquals(500, cues(tracks, 0).getFirst().startMillis());
    assertEquals(
        List.of(Cue.plain(0, 1000, "One & <all>"), Cue.plain(1000, 2000, "Chapter 2")),
        tracks.chapters().cues());
  }

  private List<AudioTrack> audios(AssetId asset) {
    return fixture
        .packaging
        .published(asset)
        .orElseThrow()
        .presentation()
        .periods()
        .getFirst()
        .audios();
  }

  @Test
  void filesWithoutWordsHaveNone() throws Exception {
    EmbeddedTracks tracks = read(fixture.upload(clips.usual("b.mp4", "64x64", "25", "1")));

    assertEquals(List.of(), tracks.texts());
    assertTrue(tracks.chapters().isEmpty());
    assertEquals(Optional.empty(), fixture.worker.tracks().read(new AssetId("b".repeat(20))));
  }
}
