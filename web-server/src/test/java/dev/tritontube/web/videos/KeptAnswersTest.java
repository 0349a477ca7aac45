package dev.tritontube.web.videos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.web.videos.KeptAnswers.Kind;
import dev.tritontube.web.videos.KeptAnswers.Made;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private long change = 1;
  private long nanos = 1;
  private int made;
  private final KeptAnswers kept = new KeptAnswers(1 << 20, () -> change, meters, () -> nanos);

  @Test
  void isMadeOnceUntilSomethingChanges() {
    assertEquals("1", asked(Kind.LIST, "a"));
    assertEquals("1", asked(Kind.LIST, "a"));
    assertEquals("2", asked(Kind.LIST, "b"));
    assertEquals("3", asked(Kind.VIDEO, "a"));
    change++;
    assertEquals("4", asked(Kind.LIST, "a"));
    assertEquals("4", asked(Kind.LIST, "a"));
    assertEquals(2, meters.counter("tritontube.answers", "result", "hit").count());
    assertEquals(4, meters.counter("tritontube.answers", "result", "miss").count());
  }

  @Test
  void isForgottenAfterItsTime() {
    asked(Kind.LIST, "a");
    asked(Kind.VIDEO, "a");
    nanos += Duration.ofSeconds(29).toNanos();
    assertEquals("2", asked(Kind.VIDEO, "a"));
    nanos += Duration.ofSeconds(2).toNanos();
    assertEquals("3", asked(Kind.VIDEO, "a"));
    assertEquals("1", asked(Kind.LIST, "a"));
    nanos += Duration.ofSeconds(30).toNanos();
    assertEquals("4", asked(Kind.LIST, "a"));
  }

  @Test
  void whatGoesOnChangingIsMadeEachTime() {
    for (int i = 1; i <= 3; i++) {
      assertEquals(
          Integer.toString(i), new String(kept.of(Kind.VIDEO, "a", () -> new Made(next(), false))));
    }
  }

  @Test
  void answersAllTheSameWhenItCannotBeKept() {
    KeptAnswers broken =
        new KeptAnswers(
            1 << 20,
            () -> {
              throw new IllegalStateException("the catalog is away");
            },
            meters);
    KeptAnswers off = new KeptAnswers(0, () -> change, meters);
    for (KeptAnswers answers : new KeptAnswers[] {broken, off, broken, off}) {
      int before = made;
      answers.of(Kind.LIST, "a", () -> new Made(next(), true));
      assertEquals(before + 1, made);
    }
  }

  private String asked(Kind kind, String what) {
    return new String(kept.of(kind, what, () -> new Made(next(), true)));
  }

  private byte[] next() {
    made++;
    return Integer.toString(made).getBytes();
  }
}
