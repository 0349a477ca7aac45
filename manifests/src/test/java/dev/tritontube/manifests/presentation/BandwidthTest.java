package dev.tritontube.manifests.presentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BandwidthTest {
  @Test
  void isTheRateOfTheLargestSegment() {
    Timeline timeline = Timeline.uniform(1000, 2000, 6000);

    assertEquals(new Bandwidth(1200, 800), of(timeline, 100, 300, 200));
  }

  /// Two frames with a key frame among them: ten times the rate of the rest for a fifteenth of a
  /// second.
  @Test
  void shortEndCountsOnlyTogetherWithWhatIsBeforeIt() {
    Timeline timeline = Timeline.uniform(1000, 2000, 4067);

    assertEquals(new Bandwidth(1123, 1014), of(timeline, 225, 225, 65));
  }

  /// Three seconds before it hardly anything: players that begin there would starve otherwise.
  @Test
  void shortEndThatIsMostOfAllCountsForTheWaitAtTheBeginning() {
    Timeline timeline = Timeline.uniform(1000, 2000, 2900);

    assertEquals(new Bandwidth(4000, 2762), of(timeline, 1, 1000));
  }

  @Test
  void lessThanASegmentIsItsOwnPeak() {
    assertEquals(new Bandwidth(4000, 4000), of(Timeline.uniform(1000, 2000, 200), 100));
  }

  @Test
  void refusesAPeakBelowTheAverage() {
    assertThrows(IllegalArgumentException.class, () -> new Bandwidth(1, 2));
  }

  private static Bandwidth of(Timeline timeline, long... bytes) {
    assertEquals(timeline.count(), LongStream.of(bytes).count());
    return Bandwidth.of(timeline, segment -> bytes[(int) segment.number()]);
  }
}
