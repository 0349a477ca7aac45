package dev.tritontube.web.blobs;

import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeId;
import dev.tritontube.web.blobs.BlobException.Reason;
import dev.tritontube.web.blobs.QuorumWrite.Failure;
import dev.tritontube.web.blobs.QuorumWrite.Outcome;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Repeats attempts at one write until a quorum took it, within a few seconds: by a newer layout
/// when a node knows one, around nodes that refused it. Thread-safe.
record RingWrites(RingView ring, Attempts attempts) {
  /// A little under the five seconds after which a writer has its answer.
  private static final Duration BUDGET = Duration.ofMillis(4300);

  /// How long nodes may keep silent while others could stand in for them.
  private static final Duration SILENCE = Duration.ofSeconds(2);

  /// Returns when a quorum holds the write durably and every owner without it is on record.
  void write(BlobKey key, QuorumWrite.Operation operation)
      throws BlobException, InterruptedException {
    attempts.retries().attempted();
    Deadline deadline = Deadline.after(BUDGET.toNanos(), TimeUnit.NANOSECONDS);
    Backoff backoff = attempts.backoff();
    Set<NodeId> avoided = new HashSet<>();
    while (true) {
      switch (attempt(key, operation, avoided, deadline)) {
        case Outcome.Done() -> {
          return;
        }
        case Outcome.Stale(long epoch) -> {
          ring.refresh(epoch);
          backOff(key, backoff, deadline, null);
        }
        case Outcome.Short(List<Failure> failures) -> {
          boolean elsewhere = avoid(failures, avoided);
          if (!elsewhere) {
            refuseWhenFull(key, failures);
          }
          backOff(key, backoff, deadline, failures.isEmpty() ? null : failures.getFirst().reason());
        }
      }
    }
  }

  private Outcome attempt(
      BlobKey key, QuorumWrite.Operation operation, Set<NodeId> avoided, Deadline deadline)
      throws BlobException, InterruptedException {
    Layout layout = ring.current();
    int arc = layout.arcOf(key);
    WritePlan plan =
        WritePlan.of(
            layout, arc, node -> !avoided.contains(node) && ring.health().state(node).usable());
    boolean canTurnElsewhere = !layout.fallbacks(arc).isEmpty() && avoided.isEmpty();
    Deadline soon = Deadline.after(SILENCE.toNanos(), TimeUnit.NANOSECONDS);
    Deadline until = canTurnElsewhere ? deadline.minimum(soon) : deadline;
    return new QuorumWrite(key, plan, operation, until, attempts).run();
  }

  /// Nodes that kept silent or have no disk to write to are left out of the next attempt.
  ///
  /// @return true when that makes a difference
  private static boolean avoid(List<Failure> failures, Set<NodeId> avoided) {
    boolean changed = false;
    for (Failure failure : failures) {
      NodeException reason = failure.reason();
      boolean hopeless =
          reason.unreachable()
              || reason.is(FailureCode.DISK_FULL)
              || reason.is(FailureCode.DISK_FAILED);
      changed |= hopeless && avoided.add(failure.node().id());
    }
    return changed;
  }

  private static void refuseWhenFull(BlobKey key, List<Failure> failures) throws BlobException {
    for (Failure failure : failures) {
      if (failure.reason().is(FailureCode.DISK_FULL)) {
        throw new BlobException(
            Reason.STORAGE_FULL, "too few nodes have room for " + key, failure.reason());
      }
    }
  }

  private void backOff(
      BlobKey key, Backoff backoff, Deadline deadline, @Nullable NodeException last)
      throws BlobException, InterruptedException {
    if (!attempts.again(backoff, deadline)) {
      throw new BlobException(Reason.UNAVAILABLE, "too few nodes could write " + key, last);
    }
  }
}
