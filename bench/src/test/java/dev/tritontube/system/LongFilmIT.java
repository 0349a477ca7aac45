package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.bench.crowd.Sources;
import dev.tritontube.dash.DashManifest;
import dev.tritontube.dash.DashManifest.AdaptationSet;
import dev.tritontube.dash.DashManifest.Representation;
import dev.tritontube.dash.DashManifest.Segment;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.PlaybackCheck;
import dev.tritontube.local.RestClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A film of an hour plays to its end right after its upload, for whoever seeks. Whether it does so
/// for whoever watches the whole hour, `tritontube bench media --only play --seconds 3600` tells.
@Tag("soak")
class LongFilmIT {
  private static final int SECONDS = 3600;
  private static final int TAIL_SECONDS = 600;

  /// Of the last frame and the tail of the sound.
  private static final double EDGE = 0.1;

  @TempDir private static Path folder;
  private static LocalCluster cluster;
  private static RestClient rest;
  private static String video;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")));
    cluster.start(3);
    rest = cluster.rest();
    Path film = new Sources(folder).film(SECONDS);
    video = rest.upload(film, "an hour").get("id").asText();
    Files.delete(film);
    Eventually.holds("it plays", () -> rest.video(video).get("playable").asBoolean());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "hls", "shaka"})
  void playsFromFourFifthsAndToTheEnd(String player) throws Exception {
    try (WatchPage page = WatchPage.open(cluster.webUri(), video, player)) {
      page.awaitPlaying();
      assertEquals(SECONDS, page.seconds("duration"), EDGE);

      page.seek(0.8 * SECONDS);
      page.awaitPosition(0.8 * SECONDS + 10);
      page.seek(SECONDS - 10);
      page.awaitEnd();

      assertTrue(page.bufferedFrom(SECONDS - 9) > SECONDS - EDGE, "without a hole to the end");
      assertNull(page.video("error"));
      assertEquals(List.of(), page.complaints());
    }
  }

  @Test
  void everySegmentOfTheLastTenMinutesIsThereForWhoeverAsks() throws Exception {
    URI manifest = rest.resolve("/api/v1/videos/" + video + "/manifest.mpd");
    PlaybackCheck check = new PlaybackCheck(rest);
    Eventually.holds("other sizes are listed", () -> sizes(check.dash(manifest)) > 1);
    for (AdaptationSet set : check.dash(manifest).sets()) {
      for (Representation representation : set.representations()) {
        List<Segment> tail =
            set.segments(representation).stream()
                .filter(segment -> segment.end() > SECONDS - TAIL_SECONDS)
                .toList();
        assertEquals(SECONDS, tail.getLast().end(), EDGE);
        for (Segment segment : tail) {
          String address = segment.address().toString();
          Eventually.holds(address, () -> rest.get(address).statusCode() == 200);
        }
      }
    }
  }

  private static long sizes(DashManifest manifest) {
    return manifest.sets().stream()
        .filter(AdaptationSet::pictures)
        .mapToLong(set -> set.representations().size())
        .sum();
  }
}
