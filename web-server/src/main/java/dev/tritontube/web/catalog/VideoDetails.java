package dev.tritontube.web.catalog;

import java.util.List;

/// What a person writes about a video. Characters are counted as Unicode code points.
///
/// @param title 1 to 200 characters
/// @param description at most 10,000 characters
/// @param tags at most 30, each 1 to 50 characters
public record VideoDetails(
    String title, String description, List<String> tags, Visibility visibility) {
  public static final int TITLE_CHARACTERS = 200;
  public static final int DESCRIPTION_CHARACTERS = 10_000;
  public static final int TAGS = 30;
  public static final int TAG_CHARACTERS = 50;

  /// @throws IllegalArgumentException with a message for whoever wrote it
  public VideoDetails {
    require(!title.isBlank(), "the title is empty");
    requireAtMost(TITLE_CHARACTERS, title, "the title");
    requireAtMost(DESCRIPTION_CHARACTERS, description, "the description");
    require(tags.size() <= TAGS, "there are " + tags.size() + " tags, at most " + TAGS);
    for (String tag : tags) {
      require(!tag.isBlank(), "a tag is empty");
      requireAtMost(TAG_CHARACTERS, tag, "a tag");
    }
    require(
        storable(title) && storable(description) && tags.stream().allMatch(VideoDetails::storable),
        "there is a NUL character in it");
    tags = List.copyOf(tags);
  }

  /// What somebody wrote just now. More is asked of it than of what a catalog may have from before.
  ///
  /// @throws IllegalArgumentException with a message for whoever wrote it
  public static VideoDetails written(
      String title, String description, List<String> tags, Visibility visibility) {
    require(PlainText.isVisible(title), "the title is empty");
    requirePlain(title, "", "the title");
    requirePlain(description, "\n\r\t", "the description");
    tags.forEach(tag -> requirePlain(tag, "", "a tag"));
    return new VideoDetails(title, description, tags, visibility);
  }

  private static void requirePlain(String text, String besides, String what) {
    PlainText.firstOther(text, besides)
        .ifPresent(
            character ->
                require(
                    false,
                    "%s has U+%04X in it, which is no character to show"
                        .formatted(what, character)));
  }

  private static void requireAtMost(int limit, String text, String what) {
    int length = text.codePointCount(0, text.length());
    require(length <= limit, what + " has " + length + " characters, at most " + limit);
  }

  /// PostgreSQL has no place for NUL in text.
  private static boolean storable(String text) {
    return text.indexOf('\0') < 0;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
