package dev.tritontube.manifests.hls;

import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.TextTrack;
import java.util.List;
import java.util.Optional;

/// Renders a presentation as HLS playlists.
public final class Playlists {
  private Playlists() {}

  /// The multivariant playlist. It offers all video tracks that are main.
  public static String master(Presentation presentation, MediaUrls urls) {
    return master(presentation, List.of(), urls);
  }

  /// The same with what can be read with it.
  public static String master(Presentation presentation, List<TextTrack> texts, MediaUrls urls) {
    return new MultivariantPlaylist(presentation.periods().getFirst(), texts, urls).render();
  }

  /// The media playlist of a text track of a presentation of one period.
  ///
  /// @param track its id
  public static String text(Presentation presentation, MediaUrls urls, String track) {
    return new TextPlaylist(presentation.duration(), urls, track).render();
  }

  /// How long a segment of a text track is.
  public static int textSeconds() {
    return TextPlaylist.SECONDS;
  }

  /// The media playlist of a representation, or of the images; empty if the presentation has none
  /// of this id.
  public static Optional<String> media(
      Presentation presentation, MediaUrls urls, String representation) {
    return presentation
        .representation(representation)
        .map(known -> new MediaPlaylist(presentation, urls, known.id()).render())
        .or(
            () ->
                presentation
                    .images()
                    .filter(images -> images.id().equals(representation))
                    .map(
                        images ->
                            new ImagePlaylist(images, presentation.duration(), urls).render()));
  }
}
