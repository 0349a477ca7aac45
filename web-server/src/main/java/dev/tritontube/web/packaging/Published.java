package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Track;
import java.time.Instant;
import java.util.Optional;

/// What plays of an asset now.
///
/// @param revision names one encoding of the asset; random, never used again
/// @param complete false while representations are still to come
public record Published(
    String revision, Presentation presentation, boolean complete, Instant updatedAt) {
  /// The track that has a representation.
  Optional<Track> track(String representation) {
    return presentation.periods().getFirst().trackOf(representation);
  }
}
