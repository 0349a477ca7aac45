package dev.tritontube.web.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private final RetryPolicy policy = new RetryPolicy(60, new Random(1));

  @Test
  void pausesLongerAfterEachFailureUpToAMinute() {
    assertAbout(1, policy.pauseAfter(1));
    assertAbout(8, policy.pauseAfter(4));
    assertAbout(60, policy.pauseAfter(50));
  }

  @Test
  void bringsNotTogetherBackWhatFailedTogether() {
    assertTrue(!policy.pauseAfter(5).equals(policy.pauseAfter(5)));
  }

  @Test
  void endsAfterTheLastRetry() {
    assertTrue(policy.pauseAfter(60).isPresent());
    assertEquals(Optional.empty(), policy.pauseAfter(61));
  }

  private static void assertAbout(long seconds, Optional<Duration> pause) {
    double ratio = pause.orElseThrow().toMillis() / (seconds * 1000.0);
    assertTrue(ratio >= 0.75 && ratio <= 1.25, () -> pause + " is not about " + seconds + " s");
  }
}
