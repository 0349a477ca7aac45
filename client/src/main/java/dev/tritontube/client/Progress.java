package dev.tritontube.client;

/// Is told how far a transfer is: often, one call at a time, from threads of the transfer, which
/// waits meanwhile.
@FunctionalInterface
public interface Progress {
  /// Nobody is told.
  Progress IGNORED = (doneBytes, totalBytes) -> {};

  /// @param doneBytes may be less than before when a connection broke
  void at(long doneBytes, long totalBytes);
}
