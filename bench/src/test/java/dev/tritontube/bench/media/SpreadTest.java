package dev.tritontube.bench.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void takesTheMiddleOfAnEvenNumber() {
    assertEquals(new Spread(2.5, 9, 9), Spread.of(List.of(9.0, 1.0, 2.0, 3.0)));
  }

  @Test
  void leavesOneInTwentyOut() {
    List<Double> figures = DoubleStream.iterate(20, n -> n - 1).limit(20).boxed().toList();
    assertEquals(new Spread(10.5, 19, 20), Spread.of(figures));
  }

  @Test
  void hasNoFiguresOfNothing() {
    assertEquals(new Spread(Double.NaN, Double.NaN, Double.NaN), Spread.of(List.of()));
  }
}
