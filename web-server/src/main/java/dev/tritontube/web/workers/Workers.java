package dev.tritontube.web.workers;

import dev.tritontube.web.catalog.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The workers that are there, as far as they said so of late. Thread-safe; all processes share
/// what is on record.
public final class Workers {
  /// How often a worker is to say that it is there.
  public static final Duration PERIOD = Duration.ofSeconds(10);

  /// After so long without a word it is taken for gone.
  static final Duration SILENCE = Duration.ofMinutes(1);

  private final WorkerStore store;
  private final InstantSource clock;

  public Workers(Database database, InstantSource clock) {
    this.store = new WorkerStore(database);
    this.clock = clock;
  }

  /// Says that one is there, and forgets those that are gone.
  public void beat(Worker worker) {
    store.put(worker, clock.instant(), clock.instant().minus(SILENCE));
  }

  /// Says that one is gone.
  public void leave(Worker worker) {
    store.remove(worker.id());
  }

  /// By host.
  public List<Worker> all() {
    return store.since(clock.instant().minus(SILENCE));
  }
}
