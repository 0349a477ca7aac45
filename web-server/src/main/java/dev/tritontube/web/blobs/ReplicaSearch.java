package dev.tritontube.web.blobs;

import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.web.blobs.BlobException.Reason;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks one replica after the other, round by round, until one answers. For one thread.
///
/// That a replica has no such blob is not final: every owner, of before and after a change, and
/// then the fallback nodes are asked. When some of those could not be asked, the blob is
/// unavailable rather than absent. A later round waits longer for each node.
final class ReplicaSearch {
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(1);
  private static final int MOST_PATIENCE = 3;

  private final BlobKey key;
  private final RingView ring;
  private final ReplicaRace race;
  private final Attempts attempts;
  private final Queue<LayoutNode> candidates = new ArrayDeque<>();
  private final Map<NodeId, NodeException> verdicts = new HashMap<>();
  private Layout layout;
  private ReplicaOrder order;
  private Backoff backoff;
  private Deadline deadline;
  private int round;
  private boolean progressed;

  ReplicaSearch(BlobKey key, RingView ring, ReplicaRace race, Attempts attempts)
      throws BlobException {
    this.key = key;
    this.ring = ring;
    this.race = race;
    this.attempts = attempts;
    this.layout = ring.current();
    this.order = ring.order(layout, key);
    this.backoff = attempts.backoff();
    this.deadline = newDeadline();
    beginRound();
  }

  private static Deadline newDeadline() {
    return Deadline.after(BUDGET.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// The first answer.
  ///
  /// @throws BlobException NOT_FOUND, CORRUPT or UNAVAILABLE, when no node gave one
  <T> T find(ReplicaRace.Ask<T> ask) throws BlobException, InterruptedException {
    while (true) {
      LayoutNode node = candidates.poll();
      if (node == null) {
        concludeRound();
        continue;
      }
      ReplicaRace.Result<T> result = race.run(ask, layout.epoch(), patience(), node, this::second);
      for (ReplicaRace.Lost lost : result.lost()) {
        failed(lost.node(), lost.reason());
      }
      T answer = result.answer();
      if (answer != null) {
        return answer;
      }
    }
  }

  /// A node failed, also after it had answered.
  void failed(LayoutNode node, NodeException reason) throws BlobException {
    if (reason.is(FailureCode.KEY_DELETED)) {
      throw new BlobException(Reason.NOT_FOUND, key + " was deleted", reason);
    }
    if (reason.is(FailureCode.BAD_REQUEST)) {
      throw new IllegalArgumentException("reading " + key + ": " + reason.getMessage(), reason);
    }
    if (progressed) {
      startOver(node);
    }
    verdicts.put(node.id(), reason);
    if (reason.is(FailureCode.STALE_RING)) {
      ring.refresh(Math.max(reason.epoch(), layout.epoch() + 1));
      candidates.clear();
    }
  }

  /// Another healthy owner to ask in parallel, taken from the candidates.
  private Optional<LayoutNode> second() {
    LayoutNode next = candidates.peek();
    boolean worthIt =
        next != null && order.owners().contains(next) && ring.health().state(next.id()).usable();
    return worthIt ? Optional.ofNullable(candidates.poll()) : Optional.empty();
  }

  /// Bytes have come: what failed before counts no more.
  void progressed() {
    progressed = true;
  }

  /// All nodes but the one that just failed get another chance, and the time that a slow reader
  /// took is not held against them.
  private void startOver(LayoutNode failed) throws BlobException {
    progressed = false;
    deadline = newDeadline();
    backoff = attempts.backoff();
    round = 0;
    beginRound();
    candidates.remove(failed);
  }

  private Duration patience() {
    return FIRST_PATIENCE.multipliedBy(Math.min(round, MOST_PATIENCE));
  }

  private void beginRound() throws BlobException {
    round++;
    layout = ring.current();
    order = ring.order(layout, key);
    verdicts.clear();
    candidates.clear();
    candidates.addAll(order.owners());
    candidates.addAll(order.fallbacks());
  }

  /// Throws when all is said, otherwise waits and begins another round.
  private void concludeRound() throws BlobException, InterruptedException {
    if (absent()) {
      throw new BlobException(Reason.NOT_FOUND, key + " is on no node that could hold it");
    }
    NodeException doubt = firstDoubt();
    if (doubt == null) {
      throw new BlobException(Reason.CORRUPT, "no good copy of " + key, anyOf(FailureCode.CORRUPT));
    }
    if (!attempts.again(backoff, deadline)) {
      throw new BlobException(Reason.UNAVAILABLE, "no replica of " + key + " could be read", doubt);
    }
    beginRound();
  }

  /// True when every owner says so, and too few fallback nodes are unheard to hold an acknowledged
  /// blob between them.
  private boolean absent() {
    boolean byOwners = order.owners().stream().allMatch(this::saysNotFound);
    long unheard = order.fallbacks().stream().filter(node -> !saysNotFound(node)).count();
    return byOwners && unheard < Quorum.of(layout, layout.arcOf(key)).needed();
  }

  private boolean saysNotFound(LayoutNode node) {
    NodeException verdict = verdicts.get(node.id());
    return verdict != null && verdict.is(FailureCode.NOT_FOUND);
  }

  /// A failure after which the same node may still have the blob.
  private @Nullable NodeException firstDoubt() {
    return verdicts.values().stream()
        .filter(verdict -> !verdict.is(FailureCode.NOT_FOUND) && !verdict.is(FailureCode.CORRUPT))
        .findFirst()
        .orElse(null);
  }

  private @Nullable NodeException anyOf(FailureCode code) {
    return verdicts.values().stream().filter(verdict -> verdict.is(code)).findFirst().orElse(null);
  }
}
