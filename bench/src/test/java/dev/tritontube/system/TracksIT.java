package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.conformance.Conformance;
import dev.tritontube.conformance.Report;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.RestClient;
import dev.tritontube.local.SampleClip;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sound in two languages and words over time, from the file and added to it, in three players.
class TracksIT {
  private static final int CLIP_SECONDS = 8;

  private static final String SCRIPT = "<script>window.hacked = true</script>";
  private static final String EMBEDDED = "1\n00:00:00,000 --> 00:00:08,000\nGefunden & gelesen\n";
  private static final String ADDED =
      "WEBVTT\n\n00:00.000 --> 00:08.000\n<v Mary><b>Added</b> " + SCRIPT + "\n";

  /// How each player is told: which sound, which words, and what sounds then.
  private static final Map<String, String> STEERING =
      Map.of(
          "dash",
          """
          const languages = playing.getTracksFor('audio');
          playing.setCurrentTrack(languages.find((each) => each.lang === arguments[0]));
          const texts = playing.getTracksFor('text');
          playing.setTextTrack(texts.findIndex((each) => each.lang === arguments[1]));
          """,
          "hls",
          """
          playing.audioTrack = playing.audioTracks.findIndex((each) => each.lang === arguments[0]);
          playing.subtitleTrack = playing.subtitleTracks.findIndex((each) => each.lang === arguments[1]);
          playing.subtitleDisplay = true;
          """,
          "shaka",
          """
          playing.selectAudioTrack(playing.getAudioTracks().find((each) => each.language === arguments[0]));
          playing.selectTextTrack(playing.getTextTracks().find((each) => each.language === arguments[1]));
          """);

  private static final Map<String, String> SOUNDING =
      Map.of(
          "dash", "return playing.getCurrentTrackFor('audio').lang",
          "hls", "return playing.audioTracks[playing.audioTrack].lang",
          "shaka", "return playing.getAudioTracks().find((each) => each.active).language");

  /// What is shown now, with what a browser makes of it. Shaka hands cues on with nothing escaped:
  /// what is no tag of WebVTT the browser then leaves out.
  private static final String SHOWN =
      """
      const shown = [...document.querySelector('video').textTracks]
        .filter((track) => track.mode === 'showing')
        .flatMap((track) => [...(track.activeCues ?? [])]);
      if (shown.some((cue) => cue.getCueAsHTML().querySelector('script'))) return 'elements';
      const text = shown.map((cue) => cue.getCueAsHTML().textContent).join('|');
      return text.replaceAll(/<.?script>/g, '');
      """;

  @TempDir private static Path folder;
  private static LocalCluster cluster;
  private static String video;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")));
    cluster.start(3);
    RestClient rest = cluster.rest();
    video = rest.upload(clip(), "two languages").get("id").asText();
    Eventually.holds(
        "the file is looked through", () -> tracks().get("search").asText().equals("done"));
    HttpResponse<byte[]> added =
        rest.send(
            rest.request("/api/v1/videos/" + video + "/tracks?kind=captions&language=en")
                .header("Content-Type", "text/vtt")
                .POST(BodyPublishers.ofString(ADDED))
                .build());
    assertEquals(201, added.statusCode(), new String(added.body()));
    Videos.awaitCompleted(rest, video);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Path clip() throws Exception {
    Path words = Files.writeString(folder.resolve("words.srt"), EMBEDDED);
    Path file = folder.resolve("clip.mkv");
    String sounds = "sine=frequency=%d:sample_rate=48000:duration=" + CLIP_SECONDS;
    SampleClip.ffmpeg(
        List.of(
            ("-f lavfi -i testsrc2=rate=30:size=320x180:duration="
                    + CLIP_SECONDS
                    + " -f lavfi -i "
                    + sounds.formatted(440)
                    + " -f lavfi -i "
                    + sounds.formatted(880)
                    + " -i "
                    + words
                    + " -map 0 -map 1 -map 2 -map 3 -c:v libx264 -preset ultrafast"
                    + " -pix_fmt yuv420p -c:a aac -c:s copy -metadata:s:a:0 language=eng"
                    + " -metadata:s:a:1 language=ger -metadata:s:s:0 language=ger")
                .split(" ")),
        file);
    return file;
  }

  private static JsonNode tracks() throws Exception {
    return cluster.rest().json("/api/v1/videos/" + video + "/tracks");
  }

  @Test
  void manifestsKeepToTheStandards() throws Exception {
    assertEquals(4, tracks().get("items").size(), () -> video);

    Report report = Conformance.check(cluster.rest().resolve("/api/v1/videos/" + video));

    assertEquals(List.of(), report.findings());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "hls", "shaka"})
  void playersSwitchSoundAndWordsAndScriptsStayText(String player) throws Exception {
    try (WatchPage page = WatchPage.open(cluster.webUri(), video, player)) {
      page.awaitPlaying();
      page.script("document.querySelector('video').loop = true");
      steer(page, player, "de", "en");
      awaitShown(page, "Added window.hacked = true");
      steer(page, player, "en", "de");
      awaitShown(page, "Gefunden & gelesen");
      page.seek(2);

      assertNull(page.script("return window.hacked ?? null"));
      assertNull(page.video("error"));
      assertEquals(List.of(), page.complaints());
    }
  }

  private static void steer(WatchPage page, String player, String sound, String words)
      throws InterruptedException {
    page.script(Objects.requireNonNull(STEERING.get(player)), sound, words);
    Eventually.holds(
        "it sounds in " + sound,
        () -> sound.equals(page.script(Objects.requireNonNull(SOUNDING.get(player)))));
  }

  private static void awaitShown(WatchPage page, String words) throws InterruptedException {
    Eventually.holds("'" + words + "' is shown", () -> words.equals(page.script(SHOWN)));
  }
}
