package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.presentation.Rational;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EncodingSpeedTest {
  private static final Rung SMALL = new Rung("240p", 426, 240, 500_000, 21);
  private static final Rung LARGE = new Rung("1080p", 1920, 1080, 5_500_000, 40);
  private static final Duration QUICK = Duration.ofMillis(200);
  private static final Duration SLOW = Duration.ofSeconds(4);

  private final EncodingSpeed speed = new EncodingSpeed(8);

  @Test
  void promisesWhatIsMadeTwiceAsFastAsItPlays() {
    assertEquals(Set.of("240p", "1080p", "audio"), speed.promised(plan("h264")));
    repeat("h264", LARGE, SLOW);
    assertEquals(Set.of("240p", "audio"), speed.promised(plan("h264")));
    repeat("h264", LARGE, QUICK);
    assertEquals(Set.of("240p", "1080p", "audio"), speed.promised(plan("h264")));
  }

  @Test
  void theSmallestIsPromisedHoweverSlow() {
    repeat("hevc", SMALL, Duration.ofSeconds(20));
    assertEquals(Set.of("240p", "audio"), speed.promised(plan("hevc")));
    assertTrue(speed.made(plan("hevc"), EncodingSpeed.ONCE_BEGUN).isEmpty());
  }

  @Test
  void aCodecThatIsSlowToDecodeSaysLittleAboutOthers() {
    repeat("hevc", SMALL, Duration.ofMillis(1500));
    assertFalse(speed.promised(plan("hevc")).contains("1080p"));
    repeat("h264", SMALL, QUICK);
    assertTrue(speed.promised(plan("h264")).contains("1080p"));
  }

  private void repeat(String codec, Rung rung, Duration took) {
    for (int i = 0; i < 20; i++) {
      speed.ran(plan(codec), rung, 60, took);
    }
  }

  private static EncodingPlan plan(String codec) {
    return new EncodingPlan(
        Container.MP4,
        0,
        Rational.of(120),
        new EncodingPlan.Video(
            0,
            Rational.of(30),
            3600,
            3600,
            60,
            new SourceMedia.Colour(null, false),
            false,
            List.of(SMALL, LARGE),
            new EncodingPlan.SourcePictures(codec, 1920 * 1080),
            null,
            List.of(),
            List.of()),
        List.of(new EncodingPlan.Audio("audio", 1, "en", "", null)),
        null,
        false,
        null,
        Profiles.STANDARD,
        128_000);
  }
}
