package dev.tritontube.web.blobs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What the ring's client counts and times.
final class RingMetrics {
  private final MeterRegistry meters;
  private final Counter retries;
  private final Counter hedges;
  private final Counter failovers;
  private final Counter hints;
  private final Counter missing;

  RingMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.retries = counter("retries", "repeated attempts");
    this.hedges = counter("hedges", "second replicas asked because the first was slow");
    this.failovers = counter("failovers", "reads that went on with another replica");
    this.hints = counter("hints", "copies parked on another node for an owner that was down");
    this.missing = counter("missing.records", "missing replicas put on record");
  }

  private Counter counter(String name, String description) {
    return Counter.builder("tritontube.ring." + name).description(description).register(meters);
  }

  /// One call to one node.
  void call(String method, String outcome, long nanos) {
    time("tritontube.ring.calls", method, outcome, nanos);
  }

  /// One operation of `Blobs`, whatever calls it took.
  void operation(String method, String outcome, long nanos) {
    time("tritontube.ring.operations", method, outcome, nanos);
  }

  private void time(String name, String method, String outcome, long nanos) {
    Timer.builder(name)
        .tags("method", method, "outcome", outcome.toLowerCase(Locale.ROOT))
        .register(meters)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  void retried() {
    retries.increment();
  }

  void hedged() {
    hedges.increment();
  }

  void failedOver() {
    failovers.increment();
  }

  void hinted() {
    hints.increment();
  }

  void recordedMissing(int replicas) {
    missing.increment(replicas);
  }
}
