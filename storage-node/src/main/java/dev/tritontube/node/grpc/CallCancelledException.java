package dev.tritontube.node.grpc;

/// The caller of a call is gone; there is nobody to answer.
final class CallCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CallCancelledException() {
    super("the call was cancelled", null, false, false);
  }
}
