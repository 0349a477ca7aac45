package dev.tritontube.web.library;

import java.util.Arrays;
import java.util.Optional;

/// The order of a list. What is equal by it is in the order of its making.
public record Sort(Key key, boolean descending) {
  public static final Sort NEWEST = new Sort(Key.CREATED_AT, true);

  /// What to sort by.
  public enum Key {
    CREATED_AT("createdAt", "ordinal"),
    TITLE("title", "title_key"),
    DURATION("durationSeconds", "duration_seconds"),
    SIZE("sizeBytes", "size_bytes");

    private final String word;
    private final String column;

    Key(String word, String column) {
      this.word = word;
      this.column = column;
    }

    String column() {
      return column;
    }
  }

  /// Reads `title` or, descending, `-title`.
  public static Optional<Sort> parse(String text) {
    boolean descending = text.startsWith("-");
    String word = descending ? text.substring(1) : text;
    return Arrays.stream(Key.values())
        .filter(key -> key.word.equals(word))
        .findFirst()
        .map(key -> new Sort(key, descending));
  }

  /// A place in a list of this order.
  ///
  /// @throws IllegalArgumentException when the key is none of this order
  public Place place(String keyText, long ordinal) {
    Place place = new Place(keyText, ordinal);
    key(place);
    return place;
  }

  /// The key of a place as the catalog has it.
  Object key(Place place) {
    return switch (key) {
      case CREATED_AT, SIZE -> Long.valueOf(place.key());
      case TITLE -> place.key();
      case DURATION -> Double.valueOf(place.key());
    };
  }

  boolean byAge() {
    return key == Key.CREATED_AT;
  }

  @Override
  public String toString() {
    return (descending ? "-" : "") + key.word;
  }
}
