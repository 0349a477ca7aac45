package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.AudioRepresentation;
import dev.tritontube.manifests.presentation.Period;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.VideoRepresentation;
import dev.tritontube.manifests.presentation.VideoTrack;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The qualities that people can choose from: the sizes, or the sound where there are no pictures;
/// whether there are thumbnails; and what is to be said of it.
///
/// They are kept beside the presentation: a list of videos shows them, and reading twenty
/// presentations costs more than all the rest of a page.
final class Renditions {
  private Renditions() {}

  /// @param thumbnails missing from what was kept before there were any
  /// @param notes missing from what was kept before there were any
  record Kept(
      List<AssetMedia.Rendition> renditions, boolean thumbnails, List<AssetMedia.Reason> notes) {
    static final Kept NONE = new Kept(List.of(), false, List.of());

    Kept {
      notes = List.copyOf(Objects.requireNonNullElse(notes, List.of()));
    }
  }

  /// Those of a presentation, as they are kept.
  static String json(Presentation presentation) {
    return json(presentation, List.of());
  }

  /// With what is to be said of it.
  static String json(Presentation presentation, List<AssetMedia.Reason> notes) {
    return StoredJson.write(new Kept(of(presentation), presentation.images().isPresent(), notes));
  }

  static Kept read(String json) {
    return StoredJson.read(json, Kept.class);
  }

  static List<AssetMedia.Rendition> of(Presentation presentation) {
    Period period = presentation.periods().getFirst();
    List<AssetMedia.Rendition> renditions = new ArrayList<>();
    for (VideoTrack track : period.videos()) {
      for (VideoRepresentation video : track.representations()) {
        renditions.add(
            new AssetMedia.Rendition(
                video.id(),
                video.width(),
                video.height(),
                video.bandwidth().peak(),
                video.codecs()));
      }
    }
    if (renditions.isEmpty()) {
      AudioRepresentation audio = period.audios().getFirst().representations().getFirst();
      renditions.add(
          new AssetMedia.Rendition(
              audio.id(), null, null, audio.bandwidth().peak(), audio.codecs()));
    }
    return renditions;
  }
}
