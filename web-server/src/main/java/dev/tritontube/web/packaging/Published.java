package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Track;
import java.util.Optional;

/// What plays of an asset now.
///
/// @param revision names one encoding of the asset; random, never used again
public record Published(String revision, Presentation presentation) {
  /// The track that has a representation.
  Optional<Track> track(String representation) {
    return presentation.periods().getFirst().trackOf(representation);
  }
}
