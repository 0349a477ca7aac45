package dev.tritontube.proto.wire;

import io.grpc.Status;

/// Why a storage node refused or failed a call. The name travels in the trailer `tritontube-code`;
/// names are never changed.
public enum FailureCode {
  /// The node knows a newer layout; its epoch is in the trailer `tritontube-epoch`.
  STALE_RING(Status.Code.FAILED_PRECONDITION),
  /// The node knows no layout yet, or only an older one than the caller's.
  LAYOUT_UNKNOWN(Status.Code.UNAVAILABLE),
  /// The node belongs to another cluster.
  WRONG_CLUSTER(Status.Code.FAILED_PRECONDITION),
  /// Another layout of the same epoch is known.
  LAYOUT_CONFLICT(Status.Code.FAILED_PRECONDITION),
  NOT_FOUND(Status.Code.NOT_FOUND),
  /// The key was deleted and is refused for ever.
  KEY_DELETED(Status.Code.ALREADY_EXISTS),
  /// The key holds other bytes.
  DIFFERENT_BYTES(Status.Code.ALREADY_EXISTS),
  /// The bytes that arrived are not the bytes that were announced.
  CHECKSUM_MISMATCH(Status.Code.DATA_LOSS),
  /// The bytes on disk are not the bytes that were stored.
  CORRUPT(Status.Code.DATA_LOSS),
  DISK_FULL(Status.Code.RESOURCE_EXHAUSTED),
  DISK_FAILED(Status.Code.UNAVAILABLE),
  BAD_REQUEST(Status.Code.INVALID_ARGUMENT),
  /// Too much at once: try again later or elsewhere.
  BUSY(Status.Code.UNAVAILABLE);

  private final Status.Code status;

  FailureCode(Status.Code status) {
    this.status = status;
  }

  /// The gRPC status that goes with this code.
  public Status.Code status() {
    return status;
  }
}
