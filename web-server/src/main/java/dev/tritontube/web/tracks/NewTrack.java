package dev.tritontube.web.tracks;

import dev.tritontube.manifests.text.LanguageTag;
import dev.tritontube.web.catalog.TrackKind;
import dev.tritontube.web.catalog.TrackWords;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import java.util.Locale;

/// What a POST says of a track, in its query.
final class NewTrack {
  static final String KIND_RULE = "is captions, subtitles, descriptions or chapters";
  static final String LANGUAGE_RULE = "is a tag of BCP 47, such as 'de' or 'pt-BR'";
  private static final String UNDETERMINED = "und";

  private NewTrack() {}

  /// @throws ProblemException 400 `unknown_parameter`, `bad_parameter`
  static TrackWords of(QueryParameters query) {
    TrackKind kind =
        query
            .text("kind")
            .flatMap(TrackKind::parse)
            .orElseThrow(() -> QueryParameters.bad("kind", KIND_RULE));
    String language =
        LanguageTag.parse(query.text("language").orElse(UNDETERMINED))
            .orElseThrow(() -> QueryParameters.bad("language", LANGUAGE_RULE));
    String label = query.text("label").map(String::strip).orElseGet(() -> label(kind, language));
    boolean preferred = flag(query, "default");
    boolean forced = flag(query, "forced");
    try {
      return new TrackWords(kind, language, label, preferred, forced);
    } catch (IllegalArgumentException e) {
      throw QueryParameters.bad(forced ? "forced" : "label", "is wrong: " + e.getMessage());
    }
  }

  private static boolean flag(QueryParameters query, String name) {
    return switch (query.text(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw QueryParameters.bad(name, "is true or false");
    };
  }

  private static String label(TrackKind kind, String language) {
    if (kind == TrackKind.CHAPTERS) {
      return "Chapters";
    }
    return language.equals(UNDETERMINED)
        ? "Unknown language"
        : Locale.forLanguageTag(language).getDisplayName(Locale.ENGLISH);
  }
}
