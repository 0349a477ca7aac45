package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AttemptStore.Row;
import dev.tritontube.web.packaging.DemandStore.Demand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Two minutes at 30 frames in two sizes, with sound: 60 segments of 2 s each.
class SpanChooserTest {
  private static final AssetId ASSET = new AssetId("a".repeat(20));
  private static final Duration JUST_NOW = Duration.ofMillis(10);
  private static final Duration LONG_AGO = Duration.ofSeconds(5);
  private static final List<String> LADDER = List.of("240p", "360p");
  private static final EncodingPlan PLAN =
      new EncodingPlan(
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
              List.of(
                  new Rung("240p", 426, 240, 500_000, 21), new Rung("360p", 640, 360, 900_000, 30)),
              null,
              null,
              List.of(),
              List.of()),
          List.of(new EncodingPlan.Audio("audio", 1, "en", "", null)),
          null,
          false,
          null,
          Profiles.STANDARD,
          128_000);

  private final List<SegmentStore.Segment> stored = new ArrayList<>();
  private final List<Row> open = new ArrayList<>();

  @Test
  void aPlayerGetsWhatItAsksForAndALittleMore() {
    assertEquals(Optional.of(Span.of("360p", 48, 52)), urgent("360p", 48, JUST_NOW));
  }

  @Test
  void aPlayerThatGoesOnGetsTheRestOfThePiece() {
    store("360p", 30, 33);
    assertEquals(Optional.of(Span.of("360p", 31, 33)), urgent("360p", 31, JUST_NOW));
    assertEquals(Optional.of(Span.of("360p", 34, 45)), urgent("360p", 34, JUST_NOW));
    store("360p", 42);
    assertEquals(Optional.of(Span.of("360p", 43, 47)), urgent("360p", 43, JUST_NOW));
  }

  @Test
  void theBeginningIsOneSegment() {
    Demand pictures = demand("240p", 0, DemandStore.START);
    Demand sound = demand("audio", 0, DemandStore.START);
    Optional<Span> both = Optional.of(new Span(List.of("240p", "audio"), 0, 1));
    assertEquals(both, chooser().urgent(pictures, JUST_NOW));
    assertEquals(both, chooser().urgent(sound, JUST_NOW));
    making(true, 0, 1, "240p", "audio");
    assertEquals(Optional.empty(), chooser().urgent(sound, LONG_AGO));
  }

  @Test
  void whatLacksOfTheBeginningIsMadeAlone() {
    Demand pictures = demand("240p", 0, DemandStore.START);
    Demand sound = demand("audio", 0, DemandStore.START);
    store("240p", 0);
    assertEquals(Optional.of(Span.of("audio", 0, 4)), chooser().urgent(sound, JUST_NOW));
    Demand larger = demand("360p", 0, DemandStore.ASKED);
    Optional<Span> both = Optional.of(new Span(List.of("360p", "audio"), 0, 1));
    assertEquals(both, chooser().urgent(larger, JUST_NOW));
    store("audio", 0);
    assertEquals(Optional.of(Span.of("360p", 0, 1)), chooser().urgent(larger, JUST_NOW));
    stored.removeFirst();
    assertEquals(Optional.of(Span.of("240p", 0, 1)), chooser().urgent(pictures, JUST_NOW));
  }

  @Test
  void stopsBeforeWhatIsThereOrBeingMadeForSomebodyElse() {
    store("360p", 12);
    assertEquals(Optional.of(Span.of("360p", 10, 12)), urgent("360p", 10, JUST_NOW));
    making(true, 22, 26, "360p");
    assertEquals(Optional.of(Span.of("360p", 20, 22)), urgent("360p", 20, JUST_NOW));
    assertEquals(Optional.of(Span.of("360p", 58, 60)), urgent("360p", 58, JUST_NOW));
  }

  @Test
  void whatSomebodyElseWaitsForIsNotMadeTwice() {
    making(true, 20, 24, "360p");
    assertEquals(Optional.empty(), urgent("360p", 23, LONG_AGO));
    assertTrue(urgent("240p", 23, JUST_NOW).isPresent());
  }

  @Test
  void whoGoesFurtherThanARunIsDoesNotWaitForIt() {
    making(true, 24, 36, "360p");
    assertEquals(Optional.empty(), urgent("360p", 27, LONG_AGO));
    assertEquals(Optional.of(Span.of("360p", 28, 29)), urgent("360p", 28, JUST_NOW));
    store("360p", 24, 25, 26, 27);
    assertEquals(Optional.empty(), urgent("360p", 31, LONG_AGO));
    assertEquals(Optional.of(Span.of("360p", 32, 33)), urgent("360p", 32, JUST_NOW));
    making(true, 0, 60, "audio");
    assertEquals(Optional.empty(), urgent("audio", 59, LONG_AGO));
  }

  @Test
  void waitsForARunThatIsAboutToComeToItButNotForLong() {
    making(false, 0, 12, "240p", "360p");
    store("360p", 0, 1);
    assertEquals(Optional.empty(), urgent("360p", 2, JUST_NOW));
    assertEquals(Optional.of(Span.of("360p", 2, 15)), urgent("360p", 2, LONG_AGO));
    assertEquals(Optional.of(Span.of("360p", 5, 9)), urgent("360p", 5, JUST_NOW));
  }

  @Test
  void anInitSegmentComesWithTheFirstSegmentThatIsNotThere() {
    store("360p", 0, 1);
    assertEquals(Optional.of(Span.of("360p", 2, 15)), urgent("360p", SegmentSink.INIT, JUST_NOW));
    assertFalse(chooser().met(demand("360p", SegmentSink.INIT, DemandStore.ASKED)));
    stored.add(new SegmentStore.Segment("360p", SegmentSink.INIT, "x", 1, false));
    assertTrue(chooser().met(demand("360p", SegmentSink.INIT, DemandStore.ASKED)));
  }

  @Test
  void theBackgroundMakesAllSizesTogetherFromThePlayheadOnAndThenTheRest() {
    store("audio", LongStream.range(0, 60).toArray());
    assertEquals(Optional.of(new Span(LADDER, 30, 45)), chooser().background(80));
    making(false, 30, 45, "240p", "360p");
    making(false, 45, 60, "240p", "360p");
    assertEquals(Optional.of(new Span(LADDER, 0, 15)), chooser().background(80));
  }

  @Test
  void theBackgroundLeavesOutWhatIsThere() {
    store("audio", LongStream.range(0, 60).toArray());
    store("240p", LongStream.range(0, 15).toArray());
    store("360p", 0, 1, 2, 3);
    assertEquals(Optional.of(Span.of("360p", 4, 15)), chooser().background(0));
  }

  @Test
  void whatIsThereOfTheBeginningIsMadeAgainRatherThanTheRestDecodedForItself() {
    store("audio", LongStream.range(0, 60).toArray());
    store("240p", 0, 1, 2, 3);
    assertEquals(Optional.of(new Span(List.of("360p", "240p"), 0, 15)), chooser().background(0));
    store("240p", 4, 5, 6, 10, 11);
    assertEquals(Optional.of(Span.of("360p", 0, 15)), chooser().background(0));
  }

  @Test
  void aPieceOfWhichAPlayerGetsAPartWaitsForThat() {
    store("audio", LongStream.range(0, 60).toArray());
    making(true, 0, 4, "240p");
    assertEquals(Optional.of(new Span(LADDER, 15, 30)), chooser().background(0));
    open.clear();
    making(false, 0, 15, "240p");
    assertEquals(Optional.of(Span.of("360p", 0, 15)), chooser().background(0));
  }

  @Test
  void soundIsMadeAheadOfPictures() {
    assertEquals(Optional.of(Span.of("audio", 0, 60)), chooser().background(0));
  }

  @Test
  void nothingIsLeftWhenAllIsThereOrBeingMade() {
    store("audio", LongStream.range(0, 60).toArray());
    store("240p", LongStream.range(0, 60).toArray());
    making(true, 0, 60, "360p");
    assertEquals(Optional.empty(), chooser().background(30));
  }

  private SpanChooser chooser() {
    return new SpanChooser(PLAN, stored, open);
  }

  private Optional<Span> urgent(String representation, long number, Duration waited) {
    return chooser().urgent(demand(representation, number, DemandStore.ASKED), waited);
  }

  private static Demand demand(String representation, long number, int rank) {
    return new Demand(ASSET, "revision", representation, number, rank, Instant.EPOCH);
  }

  private void store(String representation, long... numbers) {
    for (long number : numbers) {
      stored.add(new SegmentStore.Segment(representation, number, "x", 1, false));
    }
  }

  private void making(boolean urgent, long first, long end, String... representations) {
    Span span = new Span(List.of(representations), first, end);
    open.add(new Row(new Attempt(ASSET, "revision", "x" + open.size()), span, end, urgent));
  }
}
