package dev.tritontube.node.grpc;

import dev.tritontube.node.membership.EpochCheck;
import dev.tritontube.node.membership.Membership;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import java.io.IOException;
import java.util.concurrent.locks.Lock;

/// Lets a call of the data plane through when its epoch is this node's. Thread-safe.
final class EpochGate {
  /// A write that is made durable.
  interface Write<T> {
    T apply(Layout layout) throws IOException;
  }

  private final Membership membership;

  EpochGate(Membership membership) {
    this.membership = membership;
  }

  /// @throws io.grpc.StatusRuntimeException STALE_RING, LAYOUT_UNKNOWN
  Layout check(long epoch) {
    return switch (membership.check(epoch)) {
      case EpochCheck.Current(Layout layout) -> layout;
      case EpochCheck.CallerStale(long nodeEpoch) ->
          throw Trailers.staleRing(
              nodeEpoch, "the call has epoch " + epoch + ", this node " + nodeEpoch);
      case EpochCheck.NodeUnready(String reason) ->
          throw Trailers.failure(FailureCode.LAYOUT_UNKNOWN, reason);
    };
  }

  /// Checks, and keeps any newer layout out until the write is done.
  <T> T write(long epoch, Write<T> write) throws IOException {
    Lock lock = membership.writing();
    lock.lock();
    try {
      return write.apply(check(epoch));
    } finally {
      lock.unlock();
    }
  }

  /// The newest layout, whatever the caller's epoch.
  Layout newest() {
    return membership
        .layout()
        .orElseThrow(
            () -> Trailers.failure(FailureCode.LAYOUT_UNKNOWN, "this node knows no layout yet"));
  }

  boolean owns(Layout layout, BlobKey key) {
    return layout.owns(membership.nodeId(), layout.arcOf(key));
  }
}
