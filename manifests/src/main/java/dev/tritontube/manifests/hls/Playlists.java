package dev.tritontube.manifests.hls;

import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Presentation;
import java.util.Optional;

/// Renders a presentation as HLS playlists.
public final class Playlists {
  private Playlists() {}

  /// The multivariant playlist. Of several video tracks it offers the main one.
  public static String master(Presentation presentation, MediaUrls urls) {
    return new MultivariantPlaylist(presentation.periods().getFirst(), urls).render();
  }

  /// The media playlist of a representation, empty if the presentation has none of this id.
  public static Optional<String> media(
      Presentation presentation, MediaUrls urls, String representation) {
    return presentation
        .representation(representation)
        .map(known -> new MediaPlaylist(presentation, urls, known.id()).render());
  }
}
