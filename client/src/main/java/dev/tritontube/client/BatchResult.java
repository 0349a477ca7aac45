package dev.tritontube.client;

import org.jspecify.annotations.Nullable;

/// What became of one video of a batch.
///
/// @param status 200, or what a request of this one would have answered
/// @param error null when it was done
public record BatchResult(String id, int status, Video.@Nullable Reason error) {
  public boolean isDone() {
    return error == null;
  }
}
