package dev.tritontube.web.blobs;

import dev.tritontube.proto.node.v1.MissingReplica;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.web.blobs.WritePlan.Target;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One attempt to write by one plan: all targets in parallel, done when a quorum holds the write
/// and every owner without it is on record.
///
/// After the quorum the others get a short while, by the time that the quorum took; then a missing
/// replica is recorded on every owner and stand-in that took the write. No thread of an attempt
/// outlives it.
final class QuorumWrite {
  /// Sends the write to one node and returns when the node has it durably.
  interface Operation {
    void send(Target target, WritePlan plan, Deadline deadline)
        throws NodeException, InterruptedException;
  }

  /// How an attempt ended.
  sealed interface Outcome {
    /// A quorum has it, the rest is on record.
    record Done() implements Outcome {}

    /// A node knows this newer layout.
    record Stale(long epoch) implements Outcome {}

    /// Too few nodes took it.
    record Short(List<Failure> failures) implements Outcome {}
  }

  /// What one node answered instead of taking the write.
  record Failure(LayoutNode node, NodeException reason) {}

  private record Answer(Target target, @Nullable NodeException failure) {}

  private static final long LEAST_LAG_NANOS = Duration.ofMillis(250).toNanos();
  private static final long MOST_LAG_NANOS = Duration.ofSeconds(1).toNanos();

  /// After the deadline every call ends by itself and says why.
  private static final long LAST_WORD_NANOS = Duration.ofMillis(200).toNanos();

  private static final int LAG_FACTOR = 4;

  private final BlobKey key;
  private final WritePlan plan;
  private final Operation operation;
  private final Deadline deadline;
  private final Attempts attempts;
  private final long begunAt = System.nanoTime();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final List<LayoutNode> holders = new ArrayList<>();
  private final Set<NodeId> covered = new HashSet<>();
  private final List<Failure> failures = new ArrayList<>();

  QuorumWrite(
      BlobKey key, WritePlan plan, Operation operation, Deadline deadline, Attempts attempts) {
    this.key = key;
    this.plan = plan;
    this.operation = operation;
    this.deadline = deadline;
    this.attempts = attempts;
  }

  /// @throws BlobException when a node said that the key is used up
  Outcome run() throws BlobException, InterruptedException {
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        plan.targets().forEach(target -> senders.execute(() -> send(target)));
        long newestEpoch = collect();
        if (newestEpoch > 0) {
          return new Outcome.Stale(newestEpoch);
        }
      } finally {
        senders.shutdownNow();
      }
    }
    return plan.quorum().reachedBy(covered) ? recordLacking() : new Outcome.Short(failures);
  }

  private void send(Target target) {
    try {
      sendPatiently(target);
      answers.add(new Answer(target, null));
    } catch (NodeException failure) {
      answers.add(new Answer(target, failure));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// A node that is busy or waits for its layout is asked again.
  private void sendPatiently(Target target) throws NodeException, InterruptedException {
    Backoff backoff = attempts.backoff();
    while (true) {
      try {
        operation.send(target, plan, deadline);
        return;
      } catch (NodeException failure) {
        boolean passing = failure.is(FailureCode.BUSY) || failure.is(FailureCode.LAYOUT_UNKNOWN);
        if (!passing || !attempts.again(backoff, deadline)) {
          throw failure;
        }
      }
    }
  }

  /// Waits for answers until nothing more is to be gained.
  ///
  /// @return the epoch of a newer layout that a node knows, or 0
  private long collect() throws BlobException, InterruptedException {
    int pending = plan.targets().size();
    long lagUntil = Long.MAX_VALUE;
    while (pending > 0) {
      Answer answer = answers.poll(waitNanos(lagUntil), TimeUnit.NANOSECONDS);
      if (answer == null) {
        return 0;
      }
      pending--;
      NodeException failure = answer.failure();
      if (failure == null) {
        took(answer.target());
        if (lagUntil == Long.MAX_VALUE && plan.quorum().reachedBy(covered)) {
          lagUntil = lagEnd();
        }
      } else if (failure.is(FailureCode.STALE_RING)) {
        return Math.max(failure.epoch(), plan.epoch() + 1);
      } else {
        failed(answer.target(), failure);
      }
    }
    return 0;
  }

  private long waitNanos(long lagUntil) {
    long left = deadline.timeRemaining(TimeUnit.NANOSECONDS) + LAST_WORD_NANOS;
    return lagUntil == Long.MAX_VALUE ? left : Math.min(left, lagUntil - System.nanoTime());
  }

  private long lagEnd() {
    long now = System.nanoTime();
    return now + Math.clamp(LAG_FACTOR * (now - begunAt), LEAST_LAG_NANOS, MOST_LAG_NANOS);
  }

  private void took(Target target) {
    holders.add(target.node());
    covered.add(target.owner());
    if (target.hintFor().isPresent()) {
      attempts.metrics().hinted();
    }
  }

  private void failed(Target target, NodeException failure) throws BlobException {
    if (failure.is(FailureCode.KEY_DELETED)) {
      throw new BlobException(BlobException.Reason.KEY_DELETED, key + " was deleted", failure);
    }
    if (failure.is(FailureCode.DIFFERENT_BYTES)) {
      throw new BlobException(
          BlobException.Reason.DIFFERENT_BYTES, key + " holds other bytes", failure);
    }
    failures.add(new Failure(target.node(), failure));
  }

  /// Has every holder put on record which owners lack the write. Those that the plan called missing
  /// are on record with it.
  private Outcome recordLacking() throws InterruptedException {
    attempts.metrics().recordedMissing(plan.missing().size());
    List<MissingReplica> lacking =
        plan.quorum().all().stream()
            .map(LayoutNode::id)
            .filter(owner -> !covered.contains(owner) && !plan.missing().contains(owner))
            .map(this::missing)
            .toList();
    if (lacking.isEmpty()) {
      return new Outcome.Done();
    }
    for (LayoutNode holder : holders) {
      try {
        attempts.client().recordMissing(holder, lacking, deadline);
      } catch (NodeException failure) {
        return new Outcome.Short(List.of(new Failure(holder, failure)));
      }
    }
    attempts.metrics().recordedMissing(lacking.size());
    return new Outcome.Done();
  }

  private MissingReplica missing(NodeId owner) {
    return MissingReplica.newBuilder().setKey(key.value()).setNodeId(owner.value()).build();
  }
}
