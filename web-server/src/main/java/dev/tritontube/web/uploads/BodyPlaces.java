package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Places for bodies that are kept in memory while they come: so many at once, and of each owner so
/// few that one who sends slowly keeps nobody else from sending. Thread-safe.
public final class BodyPlaces {
  private static final Duration COME_AGAIN = Duration.ofSeconds(2);

  private final int most;
  private final int mostOfOwner;
  private final Duration patience;

  /// Guarded by this.
  private final Map<Owner, Integer> taken = new HashMap<>();

  /// Guarded by this.
  private int all;

  /// @param most of all owners together
  /// @param patience for which a place is waited for
  public BodyPlaces(int most, int mostOfOwner, Duration patience) {
    this.most = most;
    this.mostOfOwner = mostOfOwner;
    this.patience = patience;
  }

  /// A place that is taken until it is closed, once.
  @FunctionalInterface
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /// @throws ProblemException 503 `busy`
  public synchronized Place enter(Owner owner) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (all >= most || taken.getOrDefault(owner, 0) >= mostOfOwner) {
      await(deadline - System.nanoTime());
    }
    all++;
    taken.merge(owner, 1, Integer::sum);
    return () -> leave(owner);
  }

  private void await(long nanos) {
    try {
      if (nanos > 0) {
        wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new ProblemException(
        new Problem.Unavailable("busy", "Too many files like this come just now", COME_AGAIN));
  }

  private synchronized void leave(Owner owner) {
    all--;
    taken.computeIfPresent(owner, (_, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }
}
