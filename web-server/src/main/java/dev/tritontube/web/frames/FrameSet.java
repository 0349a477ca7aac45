package dev.tritontube.web.frames;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.packaging.Stills;
import java.time.Instant;
import java.util.Optional;

/// The pictures that somebody asked for at once.
///
/// @param id 20 characters of a-z and 2-7, never used again
/// @param owner of the video
/// @param order which pictures
/// @param done how many of them there are
/// @param archive empty until it is whole
/// @param failure why there is none; empty unless FAILED
record FrameSet(
    String id,
    Of of,
    Owner owner,
    Stills.Order order,
    State state,
    int done,
    Optional<Archive> archive,
    Optional<Failure> failure,
    Times times) {
  /// How many pictures a set has.
  static final int MAX_FRAMES = 10_000;

  enum State {
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED,
    /// Nobody sees it any more.
    DELETING
  }

  /// What the pictures are of.
  record Of(VideoId video, AssetId asset) {}

  /// @param directoryAt where its directory begins
  record Archive(long bytes, long directoryAt) {}

  /// @param code stable, for programs
  record Failure(String code, String detail) {}

  /// @param ended empty until it has
  /// @param expires when it is deleted
  record Times(Instant created, Optional<Instant> ended, Instant expires) {}

  int count() {
    return order.times().count();
  }

  /// The whole only when all is there.
  int percent() {
    return state == State.COMPLETED ? 100 : (int) Math.min(99, 100L * done / count());
  }

  /// The name of a picture in the archive.
  ///
  /// @param index from 0
  String name(int index) {
    return FrameName.of(index, order.times().millis(index), order.format());
  }
}
