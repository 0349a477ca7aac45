package dev.tritontube.web.tracks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.manifests.text.LanguageTag;
import dev.tritontube.web.catalog.AudioName;
import dev.tritontube.web.catalog.TrackKind;
import dev.tritontube.web.catalog.TrackWords;
import dev.tritontube.web.http.Fields;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a PATCH changes of a track: the fields that are in its body, and no others.
record TrackEdit(Fields fields) {
  static TrackEdit ofText(ObjectNode body) {
    return new TrackEdit(Fields.of(body, "kind", "language", "label", "default", "forced"));
  }

  static TrackEdit ofAudio(ObjectNode body) {
    return new TrackEdit(Fields.of(body, "language", "label", "default"));
  }

  /// @throws dev.tritontube.web.http.ProblemException 400 `bad_field`
  TrackWords applyTo(TrackWords before) {
    TrackKind kind = kind().orElse(before.kind());
    if ((kind == TrackKind.CHAPTERS) != (before.kind() == TrackKind.CHAPTERS)) {
      throw Fields.bad("Chapters cannot become something else, nor something else chapters");
    }
    try {
      return new TrackWords(
          kind,
          language().orElse(before.language()),
          label().orElse(before.label()),
          fields.flag("default").orElse(before.preferred()),
          fields.flag("forced").orElse(before.forced()));
    } catch (IllegalArgumentException e) {
      throw Fields.bad(String.valueOf(e.getMessage()));
    }
  }

  /// What is null from then on is as the file says.
  ///
  /// @throws dev.tritontube.web.http.ProblemException 400 `bad_field`
  AudioName applyTo(AudioName before) {
    try {
      return new AudioName(
          before.number(),
          fields.has("language") ? orNull(language()) : before.language(),
          fields.has("label") ? orNull(label()) : before.label(),
          fields.flag("default").orElse(before.preferred()));
    } catch (IllegalArgumentException e) {
      throw Fields.bad(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String orNull(Optional<String> text) {
    return text.orElse(null);
  }

  private Optional<TrackKind> kind() {
    return fields
        .optional("kind")
        .map(
            word ->
                TrackKind.parse(word)
                    .orElseThrow(() -> Fields.bad("'kind' " + NewTrack.KIND_RULE)));
  }

  private Optional<String> language() {
    return fields
        .optional("language")
        .map(
            tag ->
                LanguageTag.parse(tag)
                    .orElseThrow(() -> Fields.bad("'language' " + NewTrack.LANGUAGE_RULE)));
  }

  private Optional<String> label() {
    return fields.optional("label").map(String::strip);
  }
}
