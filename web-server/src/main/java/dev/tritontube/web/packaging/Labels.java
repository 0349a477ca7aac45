package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.catalog.PlainText;
import dev.tritontube.web.catalog.TrackWords;

/// What files call their tracks and chapters, made fit to be shown.
final class Labels {
  private Labels() {}

  /// Empty when there is nothing to see.
  static String of(JsonNode described) {
    JsonNode tags = described.path("tags");
    // Tracks of MP4 have names.
    return cleaned(tags.path("title").asText(tags.path("name").asText("")));
  }

  private static String cleaned(String title) {
    StringBuilder plain = new StringBuilder();
    title
        .codePoints()
        .map(character -> PlainText.isPlain(character) ? character : ' ')
        .limit(4 * TrackWords.LABEL_CHARACTERS)
        .forEach(plain::appendCodePoint);
    String text = plain.toString().replaceAll("\\s+", " ").strip();
    int length = text.codePointCount(0, text.length());
    String cut =
        text.substring(
            0, text.offsetByCodePoints(0, Math.min(length, TrackWords.LABEL_CHARACTERS)));
    return PlainText.isVisible(cut) ? cut.strip() : "";
  }
}
