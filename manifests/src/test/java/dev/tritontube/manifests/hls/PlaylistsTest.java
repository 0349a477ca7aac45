package dev.tritontube.manifests.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.Golden;
import dev.tritontube.manifests.Samples;
import dev.tritontube.manifests.dash.Mpd;
import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Period;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.manifests.presentation.Representation;
import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.manifests.presentation.Track;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlaylistsTest {
  private static final MediaUrls URLS = new MediaUrls("r1");
  private static final Pattern EXTINF = Pattern.compile("(?m)^#EXTINF:([0-9]+\\.[0-9]{6}),$");
  private static final Pattern TARGET = Pattern.compile("(?m)^#EXT-X-TARGETDURATION:([0-9]+)$");
  private static final Pattern TEMPLATE =
      Pattern.compile(
          "<SegmentTemplate timescale=\"([0-9]+)\".*?</SegmentTemplate>", Pattern.DOTALL);
  private static final Pattern S = Pattern.compile("d=\"([0-9]+)\"(?: r=\"([0-9]+)\")?");

  @Test
  void offersVariantsWithSound() {
    assertEquals(golden("film.m3u8"), Playlists.master(Samples.film(), URLS));
  }

  @Test
  void offersSoundAlone() {
    assertEquals(golden("song.m3u8"), Playlists.master(Samples.song(), URLS));
  }

  @Test
  void offersPicturesAlone() {
    assertEquals(golden("silent.m3u8"), Playlists.master(Samples.silent(), URLS));
  }

  @Test
  void listsSegments() {
    assertEquals(
        Optional.of(golden("film-360p.m3u8")), Playlists.media(Samples.film(), URLS, "360p"));
    assertEquals(Optional.empty(), Playlists.media(Samples.film(), URLS, "1080p"));
  }

  @Test
  void listsSheetsOfImages() {
    assertEquals(golden("pictured.m3u8"), Playlists.master(Samples.pictured(), URLS));
    assertEquals(
        Optional.of(golden("thumbnails.m3u8")),
        Playlists.media(Samples.pictured(), URLS, "thumbnails"));
  }

  @Test
  void marksWhereAPeriodEnds() {
    assertEquals(
        Optional.of(golden("periods.m3u8")), Playlists.media(Samples.songs(), URLS, "audio-128k"));
  }

  @Test
  void pairsQualitiesOfPicturesAndSound() {
    assertEquals(golden("qualities.m3u8"), Playlists.master(Samples.qualities(), URLS));
  }

  @Test
  void offersWordsBesidePicturesAndBesideSound() {
    assertEquals(golden("words.m3u8"), Playlists.master(Samples.film(), Samples.words(), URLS));
    assertEquals(golden("spoken.m3u8"), Playlists.master(Samples.song(), Samples.words(), URLS));
  }

  @Test
  void segmentsOfWordsAreTogetherAsLongAsThePresentation() {
    Presentation film = Samples.film();
    Period period = film.periods().getFirst();
    for (String seconds : List.of("0.5", "6", "12.000001", "17.25")) {
      Rational length =
          new Rational(new BigDecimal(seconds).movePointRight(6).longValueExact(), 1_000_000);
      Timeline silence = Timeline.uniform(48_000, 96_000, length.timesCeiling(48_000));
      AudioTrack sound = period.audios().getFirst();
      Presentation cut =
          Presentation.of(
              length,
              List.of(),
              List.of(
                  new AudioTrack("a", sound.role(), "en", "", silence, sound.representations())));
      String playlist = Playlists.text(cut, URLS, "cc1");
      BigDecimal sum =
          EXTINF
              .matcher(playlist)
              .results()
              .map(found -> new BigDecimal(found.group(1)))
              .peek(one -> assertTrue(one.compareTo(BigDecimal.valueOf(6)) <= 0))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      assertEquals(0, new BigDecimal(seconds).compareTo(sum), playlist);
    }
    assertEquals(golden("words-cc1.m3u8"), Playlists.text(film, URLS, "cc1"));
  }

  @Test
  void playlistsKeepTheRulesForAnyPresentation() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Presentation presentation = Samples.random(random);
      for (Track track : presentation.periods().getFirst().tracks()) {
        for (Representation representation : track.representations()) {
          assertRules(presentation, track, representation.id(), "seed " + seed);
        }
      }
    }
  }

  @Test
  void allPlaylistsHaveTheTargetOfTheLongestSegment() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      Presentation presentation = Samples.random(random);
      List<String> playlists =
          presentation.periods().getFirst().tracks().stream()
              .flatMap(track -> track.representations().stream())
              .map(known -> Playlists.media(presentation, URLS, known.id()).orElseThrow())
              .toList();
      BigDecimal longest =
          playlists.stream()
              .flatMap(playlist -> lengths(playlist).stream())
              .reduce(BigDecimal.ONE, BigDecimal::max)
              .setScale(0, RoundingMode.HALF_UP);
      for (String playlist : playlists) {
        assertEquals(longest, target(playlist), "seed " + seed);
      }
    }
  }

  @Test
  void soundOfAnUnknownLanguageSaysSo() {
    AudioTrack sound = Samples.song().periods().getFirst().audios().getFirst();
    Presentation film = Samples.silent();
    Presentation both =
        Presentation.of(film.duration(), film.periods().getFirst().videos(), List.of(sound));

    assertTrue(Playlists.master(both, URLS).contains("NAME=\"Audio\",LANGUAGE=\"und\""));
  }

  @Test
  void bothManifestsListTheSameSegments() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      Presentation presentation = Samples.random(random);
      List<Track> tracks = presentation.periods().getFirst().tracks();
      List<MatchResult> templates =
          TEMPLATE.matcher(Mpd.render(presentation, URLS)).results().toList();
      assertEquals(tracks.size(), templates.size(), "seed " + seed);
      for (int i = 0; i < tracks.size(); i++) {
        assertSameSegments(presentation, tracks.get(i), templates.get(i), "seed " + seed);
      }
    }
  }

  @Test
  void namesCannotBreakOutOfTheirAttribute() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      String master = Playlists.master(Samples.random(random), URLS);
      for (String line : master.lines().toList()) {
        assertTrue(line.startsWith("#EXT") || line.startsWith("media/r1/"), "seed " + seed);
        assertEquals(0, line.chars().filter(c -> c == '"').count() % 2, "seed " + seed);
      }
    }
  }

  private static void assertRules(
      Presentation presentation, Track track, String representation, String seed) {
    String playlist = Playlists.media(presentation, URLS, representation).orElseThrow();
    List<BigDecimal> lengths = lengths(playlist);
    BigDecimal longest = lengths.stream().max(BigDecimal::compareTo).orElseThrow();

    assertEquals(track.timeline().count(), lengths.size(), seed);
    assertEquals(
        track.timeline().duration().decimal(6, RoundingMode.HALF_UP),
        lengths.stream().reduce(BigDecimal.ZERO, BigDecimal::add),
        seed);
    assertTrue(longest.setScale(0, RoundingMode.HALF_UP).compareTo(target(playlist)) <= 0, seed);
    assertTrue(playlist.endsWith("#EXT-X-ENDLIST\n"), seed);
  }

  private static void assertSameSegments(
      Presentation presentation, Track track, MatchResult template, String seed) {
    long count = 0;
    long ticks = 0;
    for (MatchResult s : S.matcher(template.group()).results().toList()) {
      long times = s.group(2) == null ? 1 : Long.parseLong(s.group(2)) + 1;
      count += times;
      ticks += times * Long.parseLong(s.group(1));
    }
    String playlist =
        Playlists.media(presentation, URLS, track.representations().getFirst().id()).orElseThrow();
    List<BigDecimal> lengths = lengths(playlist);
    assertEquals(lengths.size(), count, seed);
    assertEquals(
        lengths.stream().reduce(BigDecimal.ZERO, BigDecimal::add),
        new Rational(ticks, Long.parseLong(template.group(1))).decimal(6, RoundingMode.HALF_UP),
        seed);
  }

  private static BigDecimal target(String playlist) {
    return new BigDecimal(TARGET.matcher(playlist).results().findFirst().orElseThrow().group(1));
  }

  private static List<BigDecimal> lengths(String playlist) {
    return EXTINF.matcher(playlist).results().map(hit -> new BigDecimal(hit.group(1))).toList();
  }

  private static String golden(String name) {
    return Golden.read(PlaylistsTest.class, name);
  }
}
