package dev.tritontube.node.grpc;

import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.Trailers;
import java.util.concurrent.Semaphore;

/// How many calls of one kind may run at once. The rest is told BUSY at once, rather than queued.
/// Thread-safe.
final class Admission {
  private final String kind;
  private final int limit;
  private final Semaphore permits;

  Admission(String kind, int limit) {
    this.kind = kind;
    this.limit = limit;
    this.permits = new Semaphore(limit);
  }

  /// A call that runs.
  interface Permit extends AutoCloseable {
    @Override
    void close();
  }

  /// @throws io.grpc.StatusRuntimeException BUSY
  Permit enter() {
    if (!permits.tryAcquire()) {
      throw Trailers.failure(FailureCode.BUSY, limit + " calls of kind " + kind + " are running");
    }
    return permits::release;
  }
}
