package dev.tritontube.web.blobs;

import dev.tritontube.proto.storage.v1.DeleteRequest;
import dev.tritontube.proto.storage.v1.ListEntry;
import dev.tritontube.proto.storage.v1.ListRequest;
import dev.tritontube.proto.storage.v1.PutHeader;
import dev.tritontube.proto.storage.v1.StatRequest;
import dev.tritontube.proto.storage.v1.StatResponse;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.web.blobs.BlobException.Reason;
import dev.tritontube.web.blobs.WritePlan.Target;
import io.grpc.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/// The ring over gRPC: writes to all owners of a key and waits for a quorum, reads from whichever
/// replica answers best. Thread-safe. Blocks its caller, but not for more than some five seconds
/// without progress.
public final class RingBlobs implements Blobs {
  /// The most bytes that a blob has.
  public static final int MAX_BLOB_BYTES = 64 * 1024 * 1024;

  private static final int MOST_OPEN_STREAMS = 256;
  private static final Duration LIST_DEADLINE = Duration.ofSeconds(60);
  private static final Duration SCAN_DEADLINE = Duration.ofHours(2);
  private static final Duration STREAM_PATIENCE = Duration.ofSeconds(5);

  private static final double RETRIES_PER_CALL = 0.2;
  private static final double RETRIES_PER_SECOND = 50;
  private static final double MOST_SAVED_RETRIES = 500;

  private interface Operation<T> {
    T run() throws BlobException, InterruptedException;
  }

  private final RingView ring;
  private final Attempts attempts;
  private final RingWrites writes;
  private final RingReads reads;

  /// @param random draws replicas and the jitter of retries; thread-safe
  public RingBlobs(
      Layouts layouts,
      NodeChannels channels,
      NodeHealth health,
      MeterRegistry meters,
      RandomGenerator random) {
    RingMetrics metrics = new RingMetrics(meters);
    RetryBudget retries =
        new RetryBudget(RETRIES_PER_CALL, RETRIES_PER_SECOND, MOST_SAVED_RETRIES, System::nanoTime);
    this.ring = new RingView(layouts, health, random);
    this.attempts =
        new Attempts(new NodeClient(channels, health, metrics), metrics, retries, random);
    this.writes = new RingWrites(ring, attempts);
    this.reads =
        new RingReads(
            ring,
            attempts,
            new ReplicaRace(new FirstAnswers(), metrics),
            new ChunkBuffers(MOST_OPEN_STREAMS, STREAM_PATIENCE));
  }

  @Override
  public void put(BlobKey key, ByteBuffer data) throws BlobException {
    if (data.remaining() > MAX_BLOB_BYTES) {
      throw new IllegalArgumentException(
          key + " would have " + data.remaining() + " bytes, more than " + MAX_BLOB_BYTES);
    }
    PutHeader header =
        PutHeader.newBuilder()
            .setKey(key.value())
            .setLength(data.remaining())
            .setCrc32C(crc(data))
            .build();
    perform(
        "put",
        key,
        () -> {
          writes.write(
              key,
              (target, plan, deadline) ->
                  attempts
                      .client()
                      .put(target.node(), header(header, target, plan), data, deadline));
          return true;
        });
  }

  private static PutHeader header(PutHeader common, Target target, WritePlan plan) {
    return common.toBuilder()
        .setEpoch(plan.epoch())
        .addAllMissingOn(values(plan.missing()))
        .setHintFor(target.hintFor().map(NodeId::value).orElse(""))
        .build();
  }

  private static int crc(ByteBuffer data) {
    CRC32C crc = new CRC32C();
    crc.update(data.duplicate());
    return (int) crc.getValue();
  }

  private static List<String> values(Set<NodeId> nodes) {
    return nodes.stream().map(NodeId::value).toList();
  }

  @Override
  public void delete(BlobKey key) throws BlobException {
    perform(
        "delete",
        key,
        () -> {
          writes.write(
              key,
              (target, plan, deadline) ->
                  attempts.client().delete(target.node(), deletion(key, target, plan), deadline));
          return true;
        });
  }

  private static DeleteRequest deletion(BlobKey key, Target target, WritePlan plan) {
    return DeleteRequest.newBuilder()
        .setKey(key.value())
        .setEpoch(plan.epoch())
        .addAllMissingOn(values(plan.missing()))
        .setHintFor(target.hintFor().map(NodeId::value).orElse(""))
        .build();
  }

  @Override
  public BlobStream open(BlobKey key, long offset, long length) throws BlobException {
    return perform(
        "open",
        key,
        () -> {
          attempts.retries().attempted();
          RingStream stream = new RingStream(key, offset, length, reads.search(key), reads);
          boolean open = false;
          try {
            stream.open();
            open = true;
            return stream;
          } finally {
            if (!open) {
              stream.close();
            }
          }
        });
  }

  @Override
  public boolean exists(BlobKey key) throws BlobException {
    try {
      attempts.retries().attempted();
      return perform(
          "exists",
          key,
          () ->
              reads.search(key).find((node, epoch, patience) -> stat(key, node, epoch, patience)));
    } catch (BlobException failure) {
      if (failure.reason() == Reason.NOT_FOUND) {
        return false;
      }
      throw failure;
    }
  }

  private boolean stat(BlobKey key, LayoutNode node, long epoch, Duration patience)
      throws NodeException, InterruptedException {
    StatRequest request = StatRequest.newBuilder().setKey(key.value()).setEpoch(epoch).build();
    Deadline deadline = Deadline.after(patience.toNanos(), TimeUnit.NANOSECONDS);
    StatResponse answer = attempts.client().stat(node, request, deadline);
    return switch (answer.getState()) {
      case LIVE -> true;
      case DELETED -> throw NodeException.of(node, "stat", FailureCode.KEY_DELETED);
      case ABSENT, STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw NodeException.of(node, "stat", FailureCode.NOT_FOUND);
    };
  }

  /// Tells every key with this prefix that has a live copy on some node, once, in no particular
  /// order. Remembers all those keys while it runs.
  ///
  /// @throws BlobException UNAVAILABLE when some node could not be listed: what was told before is
  ///   right but not all
  public void forEachKey(String prefix, Consumer<BlobKey> sink) throws BlobException {
    Layout layout = ring.current();
    Set<String> told = new HashSet<>();
    ListRequest request =
        ListRequest.newBuilder().setEpoch(layout.epoch()).setPrefix(prefix).build();
    for (LayoutNode node : layout.nodes()) {
      list(node, request, entry -> tell(entry, told, sink));
    }
  }

  /// A key on one of its nodes.
  ///
  /// @param length 0 when it is deleted
  /// @param preferred whether the node is the first of its owners, so that each key is told with
  ///   this once, if no replica is missing
  public record Listed(BlobKey key, long length, boolean deleted, boolean preferred) {}

  /// Tells all keys with this prefix, also those that were deleted, of each node that has them, as
  /// they come. Takes as long as the nodes need to go through all that they hold.
  ///
  /// @return the nodes that could not be listed
  public List<NodeId> scan(String prefix, Consumer<Listed> sink) throws BlobException {
    Layout layout = ring.current();
    ListRequest request =
        ListRequest.newBuilder()
            .setEpoch(layout.epoch())
            .setPrefix(prefix)
            .setIncludeTombstones(true)
            .setBackground(true)
            .build();
    List<NodeId> silent = new ArrayList<>();
    for (LayoutNode node : layout.nodes()) {
      try {
        Deadline deadline = Deadline.after(SCAN_DEADLINE.toNanos(), TimeUnit.NANOSECONDS);
        attempts
            .client()
            .list(node, request, deadline, entry -> sink.accept(listed(entry, node, layout)));
      } catch (NodeException _) {
        silent.add(node.id());
      } catch (InterruptedException interrupted) {
        throw interrupted("scan", prefix, interrupted);
      }
    }
    return silent;
  }

  private static Listed listed(ListEntry entry, LayoutNode node, Layout layout) {
    BlobKey key = new BlobKey(entry.getKey());
    LayoutNode first = layout.owners(layout.arcOf(key)).getFirst();
    return new Listed(key, entry.getLength(), entry.getTombstone(), first.id().equals(node.id()));
  }

  private static void tell(ListEntry entry, Set<String> told, Consumer<BlobKey> sink) {
    if (!entry.getTombstone() && told.add(entry.getKey())) {
      sink.accept(new BlobKey(entry.getKey()));
    }
  }

  private void list(LayoutNode node, ListRequest request, Consumer<ListEntry> sink)
      throws BlobException {
    Deadline deadline = Deadline.after(LIST_DEADLINE.toNanos(), TimeUnit.NANOSECONDS);
    try {
      attempts.client().list(node, request, deadline, sink);
    } catch (NodeException failure) {
      throw new BlobException(
          Reason.UNAVAILABLE, "listing " + request.getPrefix() + " failed", failure);
    } catch (InterruptedException interrupted) {
      throw interrupted("list", request.getPrefix(), interrupted);
    }
  }

  private <T> T perform(String name, BlobKey key, Operation<T> operation) throws BlobException {
    long begunAt = System.nanoTime();
    String outcome = "error";
    try {
      T result = operation.run();
      outcome = "ok";
      return result;
    } catch (BlobException failure) {
      outcome = failure.reason().name();
      throw failure;
    } catch (InterruptedException interrupted) {
      throw interrupted(name, key.value(), interrupted);
    } finally {
      attempts.metrics().operation(name, outcome, System.nanoTime() - begunAt);
    }
  }

  private static BlobException interrupted(
      String name, String subject, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new BlobException(
        Reason.UNAVAILABLE, name + " of " + subject + " was interrupted", cause);
  }
}
