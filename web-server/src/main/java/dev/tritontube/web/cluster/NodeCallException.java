package dev.tritontube.web.cluster;

import io.grpc.Status;
import java.io.IOException;

/// A call to a storage node failed.
final class NodeCallException extends IOException {
  private static final long serialVersionUID = 1;

  private final String code;
  private final String message;

  /// @param code the node's code, for example WRONG_CLUSTER, or UNREACHABLE when it did not answer
  NodeCallException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }

  /// True when something answers that does not know a node's calls.
  boolean fromAnotherProgram() {
    return code.equals(Status.Code.UNIMPLEMENTED.name());
  }

  String code() {
    return code;
  }
}
