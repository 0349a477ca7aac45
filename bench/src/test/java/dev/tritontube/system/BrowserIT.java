package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.conformance.Conformance;
import dev.tritontube.local.Browser;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The watch page in a real browser: the players reach the end, also after seeks.
@Order(4)
class BrowserIT {
  private static final int CLIP_SECONDS = 12;

  /// All is encoded in two codecs, so that players have to choose.
  private static final String PROFILES =
      """
      {"profiles": {"standard": {"codecs": {"h264": {}, "av1": {"crf": 50, "preset": "12"}}}}}
      """;

  @TempDir private static Path folder;
  private static LocalCluster cluster;
  private static String video;

  @BeforeAll
  static void start() throws Exception {
    Path profiles = Files.writeString(folder.resolve("profiles.json"), PROFILES);
    Settings settings =
        Settings.in(folder.resolve("data")).with("TRITONTUBE_PROFILES", profiles.toString());
    cluster = new LocalCluster(Installation.fromSystemProperty(), settings);
    cluster.start(3);
    video = Videos.completed(cluster.rest(), Clips.make(folder, CLIP_SECONDS, "854x480"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "hls", "shaka"})
  void playsToTheEnd(String player) throws Exception {
    try (WatchPage page = WatchPage.open(cluster.webUri(), video, player)) {
      page.awaitPlaying();

      page.awaitEnd();

      assertEquals(CLIP_SECONDS, page.seconds("duration"), 0.05);
      assertTrue(page.droppedShare() < 0.5, "most frames were shown");
      assertTrue(page.playsByMediaSource(), () -> "" + page.video("currentSrc"));
      assertNull(page.video("error"));
      assertEquals(List.of(), page.complaints());
    }
  }

  @Test
  void bothCodecsAreAsTheStandardsWant() throws Exception {
    URI address = cluster.webUri().resolve("/api/v1/videos/" + video);
    assertEquals(List.of(), Conformance.check(address).findings());
  }

  /// Without any player, at four times the speed.
  @Test
  void aRenditionPlaysAsAFile() {
    String file = "/api/v1/videos/" + video + "/download?representation=360p";
    try (Browser browser = new Browser()) {
      browser.patience(Duration.ofMinutes(2));
      browser.open(cluster.webUri().resolve("/watch/" + video + "?player=dash"));
      Object seen =
          browser.script(
              """
              const video = document.createElement('video');
              video.muted = true;
              document.body.append(video);
              return new Promise((resolve, reject) => {
                video.onended = () => resolve([video.videoWidth, video.videoHeight,
                    Math.round(video.currentTime * 10)].join());
                video.onerror = () => reject(video.error.message);
                video.src = arguments[0];
                video.playbackRate = 4;
                video.play().catch(reject);
              });
              """,
              cluster.webUri().resolve(file).toString());
      assertEquals("640,360," + 10 * CLIP_SECONDS, seen);
    }
  }

  /// hls.js has none.
  @ParameterizedTest
  @CsvSource({"dash, manifest.mpd", "shaka, manifest.mpd", "shaka, master.m3u8"})
  void findsThumbnails(String player, String manifest) throws Exception {
    try (WatchPage page = WatchPage.open(cluster.webUri(), video, player)) {
      page.awaitPlaying();

      assertEquals("1120,0 160x90 of 1600x180", page.thumbnail(player, manifest, 7.4));
    }
  }

  /// At four times the speed, by a player that prefers it.
  @Test
  void playsAv1() {
    try (Browser browser = new Browser()) {
      browser.patience(Duration.ofMinutes(2));
      browser.open(cluster.webUri().resolve("/watch/" + video + "?player=shaka"));
      Object seen =
          browser.script(
              """
              const video = document.createElement('video');
              video.muted = true;
              document.body.append(video);
              const loaded = () => window.shaka
                  ? Promise.resolve()
                  : new Promise((resolve) => setTimeout(resolve, 50)).then(loaded);
              return loaded().then(async () => {
                const player = new shaka.Player();
                await player.attach(video);
                player.configure({ preferredVideoCodecs: ['av01'] });
                await player.load(arguments[0]);
                const ended = new Promise((resolve) => { video.onended = resolve; });
                video.playbackRate = 4;
                await video.play();
                await ended;
                const tracks = player.getVariantTracks();
                return [tracks.find((track) => track.active).videoCodec.slice(0, 5),
                    tracks.every((track) => track.videoCodec.startsWith('av01.')),
                    Math.round(video.currentTime * 10),
                    video.error].join();
              });
              """,
              cluster.webUri().resolve("/api/v1/videos/" + video + "/manifest.mpd").toString());
      assertEquals("av01.,true," + 10 * CLIP_SECONDS + ",", seen);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "hls", "shaka"})
  void playsAfterSeeksForwardAndBack(String player) throws Exception {
    try (WatchPage page = WatchPage.open(cluster.webUri(), video, player)) {
      page.awaitPlaying();
      for (double position : new double[] {9.5, 2.5, 7.0}) {
        page.seek(position);
      }
      page.awaitEnd();
      assertNull(page.video("error"));
    }
  }
}
