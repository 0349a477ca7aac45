package dev.tritontube.manifests.presentation;

import java.util.List;

/// Moving pictures.
///
/// @param representations at least one; kept by ascending bandwidth
public record VideoTrack(
    String id, Role role, Timeline timeline, List<VideoRepresentation> representations)
    implements Track {
  public VideoTrack {
    Names.check("track", id);
    representations = Qualities.ascending(id, representations);
  }
}
