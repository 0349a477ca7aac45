package dev.tritontube.web.auth;

import dev.tritontube.web.auth.AuditStore.Entry;
import dev.tritontube.web.catalog.RandomIds;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Writes down what administrators do. Thread-safe.
final class AuditLog {
  private static final int MAX_TARGET = 500;

  private final AuditStore store;
  private final RandomGenerator random;
  private final InstantSource clock;

  AuditLog(AuditStore store, RandomGenerator random, InstantSource clock) {
    this.store = store;
    this.random = random;
    this.clock = clock;
  }

  /// @param actor the id of a user or of a key
  /// @param target what it was done to; a long one is cut
  record Act(String actor, String actorName, String action, String target, String requestId) {}

  void write(Act act) {
    String target = act.target();
    store.add(
        new Entry(
            RandomIds.next(random),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            act.actor(),
            act.actorName(),
            act.action(),
            target.substring(0, Math.min(MAX_TARGET, target.length())),
            act.requestId()));
  }

  /// The newest first.
  List<Entry> list(Optional<AuditStore.Cursor> after, int limit) {
    return store.list(after, limit);
  }

  /// Forgets what is old.
  void prune() {
    store.prune(clock.instant());
  }
}
