package dev.tritontube.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is said of captions, subtitles, descriptions or chapters that are added.
///
/// @param language a tag of BCP 47
/// @param label null: the language's name
/// @param preferred whether they are shown unless somebody chooses otherwise
public record NewTrack(TrackKind kind, String language, @Nullable String label, boolean preferred) {
  public static NewTrack of(TrackKind kind, String language) {
    return new NewTrack(kind, language, null, false);
  }

  public NewTrack labelled(String text) {
    return new NewTrack(kind, language, text, preferred);
  }

  public NewTrack asDefault() {
    return new NewTrack(kind, language, label, true);
  }

  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("kind", kind.word());
    parameters.put("language", language);
    if (label != null) {
      parameters.put("label", label);
    }
    if (preferred) {
      parameters.put("default", "true");
    }
    return parameters;
  }
}
