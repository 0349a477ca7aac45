package dev.tritontube.web.blobs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private final AtomicLong nanos = new AtomicLong();
  private final RetryBudget budget = new RetryBudget(0.5, 10, 3, nanos::get);

  private void spendAll() {
    for (int i = 0; i < 3; i++) {
      assertTrue(budget.take());
    }
    assertFalse(budget.take());
  }

  @Test
  void endsWhenSpent() {
    spendAll();
  }

  @Test
  void firstAttemptsEarnRetries() {
    spendAll();
    budget.attempted();
    assertFalse(budget.take());
    budget.attempted();
    assertTrue(budget.take());
    assertFalse(budget.take());
  }

  @Test
  void timeEarnsRetriesUpToTheCapacity() {
    spendAll();
    nanos.addAndGet(100_000_000);
    assertTrue(budget.take());
    nanos.addAndGet(3_600_000_000_000L);
    spendAll();
  }
}
