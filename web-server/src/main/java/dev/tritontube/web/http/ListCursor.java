package dev.tritontube.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// A place in a list as text that clients hand back and do not read: what tells the list from
/// others, and what tells the place in it. Base 64 for addresses (RFC 4648, section 5) of parts
/// with dots between.
public final class ListCursor {
  private ListCursor() {}

  /// A place in a list from the newest to the oldest: after what was made then and has this id.
  public record Made(Instant at, String id) {}

  /// @param list what tells this list from others; who asks for it does not matter
  /// @param place of which the last part may have dots in it
  public static String of(String list, String... place) {
    String text = digest(list) + "." + String.join(".", place);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  public static String after(String list, Instant made, String id) {
    return of(list, Long.toString(made.toEpochMilli()), id);
  }

  /// @param parts how many the place has
  /// @throws IllegalArgumentException when it is of another list, or none
  public static List<String> place(String cursor, String list, int parts) {
    String text = Utf8.text(Base64.getUrlDecoder().decode(cursor)).orElse("");
    List<String> all = List.of(text.split("\\.", parts + 1));
    // PostgreSQL has no place for NUL in text.
    if (all.size() != parts + 1 || !all.getFirst().equals(digest(list)) || text.contains("\0")) {
      throw new IllegalArgumentException("no cursor of the list " + list);
    }
    return all.subList(1, all.size());
  }

  /// @throws IllegalArgumentException when it is of another list, or none
  public static Made made(String cursor, String list) {
    List<String> place = place(cursor, list, 2);
    return new Made(Instant.ofEpochMilli(Long.parseLong(place.getFirst())), place.getLast());
  }

  private static String digest(String list) {
    return Integer.toHexString(list.hashCode());
  }
}
