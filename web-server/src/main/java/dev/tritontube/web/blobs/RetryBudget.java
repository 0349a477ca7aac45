package dev.tritontube.web.blobs;

import java.util.function.LongSupplier;

/// Keeps repeated attempts a small part of all work, so that a ring in trouble is not buried under
/// retries. A bucket of tokens: each first attempt adds a part of one, time adds some, each
/// repeated attempt takes one. Thread-safe.
final class RetryBudget {
  private static final double NANOS = 1e9;

  private final double perAttempt;
  private final double perSecond;
  private final double capacity;
  private final LongSupplier nanoTime;
  private double tokens;
  private long filledAt;

  RetryBudget(double perAttempt, double perSecond, double capacity, LongSupplier nanoTime) {
    this.perAttempt = perAttempt;
    this.perSecond = perSecond;
    this.capacity = capacity;
    this.nanoTime = nanoTime;
    this.tokens = capacity;
    this.filledAt = nanoTime.getAsLong();
  }

  /// A first attempt begins.
  synchronized void attempted() {
    tokens = Math.min(capacity, tokens + perAttempt);
  }

  /// True when one more attempt is allowed.
  synchronized boolean take() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(capacity, tokens + (now - filledAt) / NANOS * perSecond);
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
