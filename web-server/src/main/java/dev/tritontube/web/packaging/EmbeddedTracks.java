package dev.tritontube.web.packaging;

import dev.tritontube.manifests.text.Cues;
import java.util.List;

/// What is to be read in a file, on the clock of its presentation.
///
/// @param chapters none when it has none
/// @param skipped what is in it and was left out
public record EmbeddedTracks(List<Text> texts, Cues chapters, List<Skipped> skipped) {
  public EmbeddedTracks {
    texts = List.copyOf(texts);
    skipped = List.copyOf(skipped);
  }

  /// @param label what the file calls it, or its language; never empty
  /// @param captions whether it is for who does not hear
  /// @param forced whether it has only what has to be read even by who understands the language
  public record Text(String language, String label, boolean captions, boolean forced, Cues cues) {}

  /// @param codec as ffmpeg names it
  /// @param reason `bitmap`, `unsupported`, `too_many`, `too_large`, `empty` or `unreadable`
  public record Skipped(String codec, String language, String label, String reason) {}
}
