package dev.tritontube.web.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A list, or a part of one, in the API's JSON.
///
/// @param nextCursor where the rest begins; null when there is none
public record ListDocument<T>(List<T> items, @Nullable String nextCursor) {

  /// All of a list.
  public static <T> ListDocument<T> all(List<T> items) {
    return new ListDocument<>(items, null);
  }

  /// A part of a list.
  ///
  /// @param found up to one more than the limit, which tells that there is a rest
  /// @param cursor of the place after something
  public static <F, T> ListDocument<T> page(
      List<F> found, int limit, Function<F, T> document, Function<F, String> cursor) {
    List<F> shown = found.subList(0, Math.min(limit, found.size()));
    return new ListDocument<>(
        shown.stream().map(document).toList(),
        found.size() > limit ? cursor.apply(shown.getLast()) : null);
  }
}
