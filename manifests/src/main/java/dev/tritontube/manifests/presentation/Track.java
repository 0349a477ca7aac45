package dev.tritontube.manifests.presentation;

import java.util.List;

/// What a player shows or sounds one of its kind of at a time: an adaptation set in DASH, a
/// rendition in HLS. Its representations are the same content in several qualities, by ascending
/// bandwidth, on one timeline.
public sealed interface Track permits VideoTrack, AudioTrack {
  /// Unique in its period.
  String id();

  Role role();

  Timeline timeline();

  List<? extends Representation> representations();
}
