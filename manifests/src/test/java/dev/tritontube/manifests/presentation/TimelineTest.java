package dev.tritontube.manifests.presentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimelineTest {
  @Test
  void gridEndsWithAShorterSegment() {
    Timeline timeline = Timeline.uniform(30, 60, 150);

    assertEquals(
        List.of(new Segment(0, 0, 60), new Segment(1, 60, 60), new Segment(2, 120, 30)),
        timeline.segments().toList());
    assertTrue(timeline.regular());
    assertEquals(Rational.of(5), timeline.duration());
  }

  @Test
  void gridThatDividesHasNoRest() {
    assertEquals(List.of(new Run(60, 3)), Timeline.uniform(30, 60, 180).runs());
    assertEquals(List.of(new Run(7, 1)), Timeline.uniform(30, 60, 7).runs());
  }

  @Test
  void joinsEqualNeighbours() {
    Timeline timeline = Timeline.of(48_000, LongStream.of(5, 5, 4, 5, 5, 5));

    assertEquals(List.of(new Run(5, 2), new Run(4, 1), new Run(5, 3)), timeline.runs());
    assertFalse(timeline.regular());
  }

  @Test
  void everySegmentIsFoundByNumberAndByTime() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Timeline timeline =
          Timeline.of(90_000, random.longs(1 + random.nextInt(50), 1, 6))
              .from(random.nextInt(100), random.nextInt(100));
      long start = timeline.offset();
      long number = timeline.firstNumber();
      for (Segment segment : timeline.segments().toList()) {
        assertEquals(number++, segment.number(), "seed " + seed);
        assertEquals(start, segment.start(), "seed " + seed);
        assertEquals(segment, timeline.segment(segment.number()), "seed " + seed);
        assertEquals(segment, timeline.at(segment.start()), "seed " + seed);
        assertEquals(
            segment, timeline.at(segment.start() + segment.duration() - 1), "seed " + seed);
        start += segment.duration();
      }
      assertEquals(timeline.count(), number - timeline.firstNumber(), "seed " + seed);
      assertEquals(timeline.ticks(), start - timeline.offset(), "seed " + seed);
      assertEquals(number - 1, timeline.at(start).number(), "seed " + seed);
    }
  }

  @Test
  void knowsItsNumbers() {
    Timeline timeline = Timeline.uniform(30, 60, 150).from(300, 5);

    assertTrue(timeline.contains(5) && timeline.contains(7));
    assertFalse(timeline.contains(4) || timeline.contains(8));
    assertThrows(IndexOutOfBoundsException.class, () -> timeline.segment(4));
    assertThrows(IndexOutOfBoundsException.class, () -> timeline.segment(8));
  }

  @Test
  void refusesNonsense() {
    assertThrows(
        IllegalArgumentException.class, () -> new Timeline(0, 0, 0, List.of(new Run(1, 1))));
    assertThrows(IllegalArgumentException.class, () -> new Timeline(1, 0, 0, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Run(0, 1));
    assertThrows(IllegalArgumentException.class, () -> Timeline.uniform(30, 1, 1_000_001));
    assertThrows(
        ArithmeticException.class,
        () -> new Timeline(1, 1, 0, List.of(new Run(Long.MAX_VALUE, 1))));
  }
}
