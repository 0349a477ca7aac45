package dev.tritontube.web.videos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Utf8;
import dev.tritontube.web.library.Place;
import dev.tritontube.web.library.Sort;
import java.util.Base64;

/// A place in a list of videos as text that clients hand back and do not read: which list, the
/// video's ordinal, and its key in the list's order.
final class ListCursor {
  private ListCursor() {}

  /// @param list what tells this list from others
  static String of(Place place, String list) {
    String text = digest(list) + "." + place.ordinal() + "." + place.key();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /// @throws dev.tritontube.web.http.ProblemException 400 when it is of another list, or none
  static Place parse(String cursor, String list, Sort sort) {
    try {
      String[] parts = Utf8.text(Base64.getUrlDecoder().decode(cursor)).orElse("").split("\\.", 3);
      if (parts.length == 3 && parts[0].equals(digest(list)) && parts[2].indexOf('\0') < 0) {
        return sort.place(parts[2], Long.parseLong(parts[1]));
      }
    } catch (IllegalArgumentException _) {
      // Answered below, like what is well-formed and of another list.
    }
    throw QueryParameters.bad("cursor", "is none that this list gave");
  }

  private static String digest(String list) {
    return Integer.toHexString(list.hashCode());
  }
}
