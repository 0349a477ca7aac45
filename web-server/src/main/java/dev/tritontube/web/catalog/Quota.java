package dev.tritontube.web.catalog;

import java.util.OptionalLong;

/// How much somebody may have. What is empty has no bound, or, of what is said for one user alone,
/// the one that holds for all.
///
/// @param bytes of originals, those that are being uploaded included
/// @param videos those that are deleted and can be restored included
/// @param uploads at once
public record Quota(OptionalLong bytes, OptionalLong videos, OptionalLong uploads) {
  public static final Quota NONE =
      new Quota(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  public Quota {
    for (OptionalLong bound : new OptionalLong[] {bytes, videos, uploads}) {
      if (bound.orElse(0) < 0) {
        throw new IllegalArgumentException("a quota is not negative: " + bound.getAsLong());
      }
    }
  }

  /// What is said here, and where nothing is, there.
  Quota or(Quota others) {
    return new Quota(
        bytes.isPresent() ? bytes : others.bytes,
        videos.isPresent() ? videos : others.videos,
        uploads.isPresent() ? uploads : others.uploads);
  }
}
