package dev.tritontube.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// A time that passes only in pauses, which take none.
final class TestWorld {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private volatile Instant now = START;

  Requests.World world() {
    return new Requests.World(() -> now, new Random(3), this::pass);
  }

  private void pass(Duration length) {
    pauses.add(length);
    advance(length);
  }

  synchronized void advance(Duration length) {
    now = now.plus(length);
  }
}
