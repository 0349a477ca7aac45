package dev.tritontube.node.metrics;

import dev.tritontube.node.engine.DiskState;
import dev.tritontube.node.engine.Note;
import dev.tritontube.node.engine.StoreStats;
import dev.tritontube.node.membership.Membership;
import dev.tritontube.node.replication.NodeBlobs;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/// What is stored, on how much disk, and by which epoch.
public final class StoreMetrics {
  private static final String PREFIX = "tritontube.node.";

  private final MeterRegistry registry;
  private final NodeBlobs blobs;

  private StoreMetrics(MeterRegistry registry, NodeBlobs blobs) {
    this.registry = registry;
    this.blobs = blobs;
  }

  /// Adds the meters; they read the store when they are asked.
  public static void register(MeterRegistry registry, NodeBlobs blobs, Membership membership) {
    new StoreMetrics(registry, blobs).register();
    Gauge.builder(PREFIX + "epoch", membership, Membership::epoch)
        .description("newest layout epoch known")
        .register(registry);
    Gauge.builder(PREFIX + "serving", membership, place -> place.serving() ? 1 : 0)
        .description("1 once this process has been given a layout")
        .register(registry);
  }

  private void register() {
    gauge("blobs", "live blobs", StoreStats::blobs);
    gauge("blob.bytes", "payload bytes of the live blobs", StoreStats::blobBytes);
    gauge("tombstones", "deleted keys that are remembered", StoreStats::tombstones);
    gauge("used.bytes", "bytes on disk", StoreStats::usedBytes);
    gauge("capacity.bytes", "bytes that may be used", StoreStats::capacityBytes);
    gauge("volumes", "volume files", StoreStats::volumes);
    gauge("quarantined", "copies known to be corrupt", StoreStats::quarantined);
    counter("syncs", "forced writes", StoreStats::syncs);
    counter("compacted.bytes", "space that compaction gave back", StoreStats::compactedBytes);
    for (DiskState state : DiskState.values()) {
      Gauge.builder(PREFIX + "disk", blobs, now -> now.store().stats().disk() == state ? 1 : 0)
          .description("1 for the state that the disk is in")
          .tag("state", state.name())
          .register(registry);
    }
    for (Note.Kind kind : Note.Kind.values()) {
      Gauge.builder(PREFIX + "notes", blobs, now -> now.count(kind))
          .description("records of what other nodes lack")
          .tag("kind", kind.name())
          .register(registry);
    }
    Gauge.builder(
            PREFIX + "receive.free.bytes", blobs, now -> now.store().buffers().availableBytes())
        .description("receive buffers that are free")
        .register(registry);
  }

  private void gauge(String name, String description, ToDoubleFunction<StoreStats> value) {
    Gauge.builder(PREFIX + name, blobs, now -> value.applyAsDouble(now.store().stats()))
        .description(description)
        .register(registry);
  }

  private void counter(String name, String description, ToDoubleFunction<StoreStats> value) {
    FunctionCounter.builder(PREFIX + name, blobs, now -> value.applyAsDouble(now.store().stats()))
        .description(description)
        .register(registry);
  }
}
