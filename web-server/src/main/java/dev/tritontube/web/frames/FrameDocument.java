package dev.tritontube.web.frames;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A set in the API's JSON.
///
/// @param done how many pictures there are
/// @param bytes of the archive; null until it is whole
record FrameDocument(
    String id,
    String status,
    FrameSet.@Nullable Failure error,
    int percent,
    int count,
    int done,
    String format,
    int width,
    int height,
    @Nullable Long bytes,
    Links links,
    String createdAt,
    @Nullable String endedAt,
    String expiresAt) {

  /// Paths on this server.
  record Links(String self, String zip) {}

  static FrameDocument of(FrameSet set) {
    String self = path(set);
    return new FrameDocument(
        set.id(),
        set.state().name(),
        set.failure().orElse(null),
        set.percent(),
        set.count(),
        set.done(),
        set.order().format().word(),
        set.order().width(),
        set.order().height(),
        set.archive().map(FrameSet.Archive::bytes).orElse(null),
        new Links(self, self + "/frames.zip"),
        set.times().created().toString(),
        set.times().ended().map(Instant::toString).orElse(null),
        set.times().expires().toString());
  }

  static String path(FrameSet set) {
    return "/api/v1/videos/" + set.of().video() + "/frames/" + set.id();
  }
}
