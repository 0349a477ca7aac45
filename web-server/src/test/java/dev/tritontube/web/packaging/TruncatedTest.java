package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.mp4.Movie;
import dev.tritontube.manifests.mp4.MovieTrack;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Failure;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that lost their end and have their tables in front: what is there plays.
class TruncatedTest {
  private static final int PICTURES = 0;
  private static final int SOUND = 1;

  @TempDir Path folder;
  private PackagingFixture fixture;
  private byte[] whole = {};

  @BeforeEach
  void start() throws Exception {
    fixture = new PackagingFixture(folder, true, true);
    Clips clips = new Clips(folder);
    clips.usual("a.mp4", "320x240", "25", "8");
    whole = clips.make("b.mp4", "-i", folder + "/a.mp4", "-c", "copy", "-movflags", "+faststart");
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void playUpToWhereTheyAreCutOff() throws Exception {
    byte[] cut = Arrays.copyOf(whole, whole.length * 5 / 8);
    AssetId asset = fixture.upload(cut);
    AssetMedia media = fixture.work(asset);

    assertEquals(Status.FAILED, media.status());
    assertTrue(media.playable());
    double length = Objects.requireNonNull(media.facts()).durationSeconds();
    assertEquals(
        new Failure(
            "corrupt_media", "the file is cut off: it plays up to " + (int) length + " s of 8 s"),
        media.error());
    assertEquals(
        List.of("240p"), media.renditions().stream().map(AssetMedia.Rendition::name).toList());
    assertEquals(List.of(), fixture.findings(asset));
  }

  @Test
  void endWithThePicturesOrTheSoundWhicheverGoesOn() throws Exception {
    for (int bytes : new int[] {whole.length / 2, whole.length / 2 + 9000}) {
      byte[] cut = Arrays.copyOf(whole, bytes);
      MovieTrack pictures = track(cut, PICTURES);
      MovieTrack sound = track(cut, SOUND);
      double seen = pictures.frameTimes(pictures.samplesInFile()).length / 25.0;
      double heard = sound.end(sound.samplesInFile()) / 48_000.0;
      AssetId asset = fixture.upload(cut);
      fixture.plan(asset);

      double length =
          fixture
              .packaging
              .published(asset)
              .orElseThrow()
              .presentation()
              .duration()
              .approximately();
      assertNotEquals(0, seen);
      assertEquals(Math.max(seen, heard), length, 0.12);
      assertTrue(length >= heard - 0.001);
    }
  }

  @Test
  void failWithoutAnyPicture() throws Exception {
    MovieTrack pictures = track(whole, PICTURES);
    int first = Math.toIntExact(pictures.sampleTable().offset(0));
    AssetMedia media = fixture.work(Arrays.copyOf(whole, first + 10));

    assertEquals(Status.FAILED, media.status());
    assertFalse(media.playable());
    assertEquals(
        new Failure("corrupt_media", "the file has a header for pictures, but no picture"),
        media.error());
  }

  @Test
  void plansFromBeforeTheyPlayedAreRead() {
    List<EncodingPlan.Audio> sound = List.of(new EncodingPlan.Audio("audio", 0, "en", "", null));
    EncodingPlan plan =
        new EncodingPlan(
            Container.MP4,
            0,
            Rational.of(2),
            null,
            sound,
            null,
            false,
            null,
            Profiles.STANDARD,
            128_000);
    String profile = ",\"profile\":\"standard\"";
    String later = StoredJson.write(plan).replace(",\"wholeSeconds\":null", "");
    String old = later.replace(profile, "");

    assertFalse(old.contains("wholeSeconds"));
    assertFalse(old.contains("profile"));
    assertEquals(plan, StoredJson.read(old, EncodingPlan.class));
    String capital = later.replace(profile, ",\"profile\":\"STANDARD\"");
    assertTrue(capital.contains("STANDARD"));
    assertEquals(plan, StoredJson.read(capital, EncodingPlan.class));
  }

  private static MovieTrack track(byte[] file, int index) throws Exception {
    Movie movie = TableTimes.movie(new BytesOriginal(file)).orElseThrow();
    return movie.tracks().get(index);
  }
}
