package dev.tritontube.web.blobs;

import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.ring.LayoutNode;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One node refused or failed one call.
final class NodeException extends IOException {
  private static final long serialVersionUID = 1;

  private final @Nullable FailureCode code;
  private final boolean unreachable;
  private final long epoch;

  private NodeException(
      String message,
      @Nullable FailureCode code,
      boolean unreachable,
      long epoch,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.unreachable = unreachable;
    this.epoch = epoch;
  }

  static NodeException of(LayoutNode node, String attempted, StatusRuntimeException failure) {
    FailureCode code = Trailers.code(failure).orElse(null);
    Status status = failure.getStatus();
    boolean unreachable =
        code == null
            && (status.getCode() == Status.Code.UNAVAILABLE
                || status.getCode() == Status.Code.DEADLINE_EXCEEDED);
    return new NodeException(
        message(node, attempted, status.toString()),
        code,
        unreachable,
        Trailers.epoch(failure).orElse(0),
        failure);
  }

  /// The node answered, and this code says what its answer amounts to.
  static NodeException of(LayoutNode node, String attempted, FailureCode code) {
    return new NodeException(message(node, attempted, code.name()), code, false, 0, null);
  }

  private static String message(LayoutNode node, String attempted, String observed) {
    return attempted + " on node " + node.id() + " at " + node.address() + ": " + observed;
  }

  Optional<FailureCode> code() {
    return Optional.ofNullable(code);
  }

  boolean is(FailureCode other) {
    return code == other;
  }

  /// The node did not answer, or the connection broke.
  boolean unreachable() {
    return unreachable;
  }

  /// The epoch that the node knows, when the code is STALE_RING.
  long epoch() {
    return epoch;
  }
}
