package dev.tritontube.web.events;

import dev.tritontube.web.catalog.EventStore;
import java.time.Duration;
import java.time.InstantSource;

/// Keeps the log of events small. Thread-safe.
public final class EventRetention {
  /// How often `run` is to be called.
  public static final Duration PERIOD = Duration.ofMinutes(1);

  private static final Duration AGE = Duration.ofHours(24);
  private static final long MOST = 50_000;

  private final EventStore events;
  private final InstantSource clock;

  public EventRetention(EventStore events, InstantSource clock) {
    this.events = events;
    this.clock = clock;
  }

  public void run() {
    events.prune(clock.instant().minus(AGE), MOST);
  }
}
