package dev.tritontube.client;

import dev.tritontube.client.TritonTubeException.Interrupted;
import dev.tritontube.client.TritonTubeException.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Who the client is. Of somebody who signed in, one thread renews the tokens at a time, since a
/// refresh token that is used twice ends the session; the others wait for that. Thread-safe.
final class Session {
  /// A token is not used that may be over when it arrives.
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /// Whoever calls.
  sealed interface Identity {
    /// What goes into `Authorization`.
    default Optional<String> bearer() {
      return Optional.empty();
    }
  }

  record Nobody() implements Identity {}

  record Holder(String apiKey) implements Identity {
    @Override
    public Optional<String> bearer() {
      return Optional.of(apiKey);
    }
  }

  /// @param until when the access token is over
  record Person(String accessToken, String refreshToken, Instant until) implements Identity {
    @Override
    public Optional<String> bearer() {
      return Optional.of(accessToken);
    }
  }

  private final InstantSource clock;
  private volatile Identity identity;
  private final ReentrantLock lock = new ReentrantLock();

  /// What is under way; under the lock, as is each change of the identity.
  private @Nullable FutureTask<Identity> renewal;

  Session(Identity identity, InstantSource clock) {
    this.identity = identity;
    this.clock = clock;
  }

  Identity identity() {
    return identity;
  }

  /// From now on it is somebody else.
  void become(Identity other) {
    lock.lock();
    try {
      identity = other;
      renewal = null;
    } finally {
      lock.unlock();
    }
  }

  /// Who the client is, with a token that holds.
  ///
  /// @param renew asks the server for new tokens
  Identity current(UnaryOperator<Person> renew) {
    Identity now = identity;
    boolean over =
        now instanceof Person person && !person.until().isAfter(clock.instant().plus(MARGIN));
    return over ? renewed(now, renew) : now;
  }

  /// Who the client is, after the server did not take what it said.
  ///
  /// @param refused what it said
  /// @return the same when there is nothing to renew
  Identity renewed(Identity refused, UnaryOperator<Person> renew) {
    if (!(refused instanceof Person person)) {
      return refused;
    }
    FutureTask<Identity> task;
    boolean mine;
    lock.lock();
    try {
      if (!identity.equals(refused)) {
        return identity; // Somebody else has renewed it.
      }
      FutureTask<Identity> underWay = renewal;
      mine = underWay == null;
      task = underWay == null ? new FutureTask<>(() -> settled(person, renew)) : underWay;
      renewal = task;
    } finally {
      lock.unlock();
    }
    if (mine) {
      task.run();
      return outcome(task);
    }
    return awaited(task, refused, renew);
  }

  private Identity settled(Person before, UnaryOperator<Person> renew) {
    Identity after = before; // Unless it succeeds, or is over, the next one tries again.
    try {
      after = renew.apply(before);
      return after;
    } catch (Refused e) {
      after = e.status() == 401 ? new Nobody() : before;
      throw e;
    } finally {
      settle(before, after);
    }
  }

  private void settle(Identity before, Identity after) {
    lock.lock();
    try {
      if (identity.equals(before)) { // Nobody signed in or out meanwhile.
        renewal = null;
        identity = after;
      }
    } finally {
      lock.unlock();
    }
  }

  private Identity awaited(
      FutureTask<Identity> task, Identity refused, UnaryOperator<Person> renew) {
    try {
      return outcome(task);
    } catch (Interrupted e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return renewed(refused, renew); // It was the other thread that was interrupted.
    }
  }

  private static Identity outcome(FutureTask<Identity> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Interrupted("interrupted while the session was renewed", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("renewing the session failed", e);
    }
  }
}
