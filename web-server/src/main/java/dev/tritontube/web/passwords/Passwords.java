package dev.tritontube.web.passwords;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Hashes and checks passwords, a few at once: each takes memory and a core. Thread-safe.
public final class Passwords {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Cost cost;
  private final RandomGenerator random;
  private final Semaphore places;
  private final StoredPassword nobodys;

  /// @param random must be unpredictable outside of tests
  /// @param atOnce how many are hashed at the same time; the others wait
  public Passwords(Cost cost, RandomGenerator random, int atOnce) {
    this.cost = cost;
    this.random = random;
    this.places = new Semaphore(atOnce, true);
    this.nobodys = StoredPassword.ofNobody(cost, random);
  }

  /// What became of a comparison.
  ///
  /// @param fresh what is to be kept instead, when it is right and was hashed at another cost
  public record Outcome(boolean right, Optional<String> fresh) {}

  /// @return what is to be kept
  /// @throws BusyException when too many others wait
  public String hash(Password password) throws BusyException {
    return inTurn(() -> StoredPassword.of(password.bytes(), cost, random).text());
  }

  /// Takes as long whether there is something to compare with or not.
  ///
  /// @param kept null: there is no such user, or he has no password
  /// @throws BusyException when too many others wait
  public Outcome check(Password password, @Nullable String kept) throws BusyException {
    StoredPassword stored = kept == null ? nobodys : StoredPassword.parse(kept);
    return inTurn(
        () -> {
          boolean right = stored.opensWith(password.bytes()) && kept != null;
          return new Outcome(
              right,
              right && !stored.costs(cost)
                  ? Optional.of(StoredPassword.of(password.bytes(), cost, random).text())
                  : Optional.empty());
        });
  }

  private interface Work<T> {
    T done();
  }

  private <T> T inTurn(Work<T> work) throws BusyException {
    try {
      if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BusyException();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BusyException();
    }
    try {
      return work.done();
    } finally {
      places.release();
    }
  }
}
