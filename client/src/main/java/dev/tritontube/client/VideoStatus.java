package dev.tritontube.client;

/// How far a video is.
public enum VideoStatus {
  /// Its bytes are still coming.
  UPLOADING,
  /// No worker has looked at it.
  PENDING,
  /// It is being encoded; it may play already.
  PROCESSING,
  /// Everything of it is there.
  COMPLETED,
  /// It cannot be made: see [Video#error].
  FAILED,
  /// A word of a newer server.
  OTHER;

  /// True when nothing more is to be expected.
  public boolean isFinal() {
    return this == COMPLETED || this == FAILED;
  }
}
