package dev.tritontube.web.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The sites whose pages may do here what their users may.
///
/// @param named such as `https://app.example.com`; these may also use the cookie
/// @param anybody whether pages of all sites may, without the cookie
public record Origins(Set<String> named, boolean anybody) {
  public static final Origins NONE = new Origins(Set.of(), false);

  /// RFC 6454: a scheme, a host, and a port if it is not the scheme's own.
  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?");

  public Origins {
    named = Set.copyOf(named);
    for (String origin : named) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new IllegalArgumentException(
            "an origin is https://host or https://host:port, not '" + origin + "'");
      }
    }
  }

  /// @param list origins, or `*`
  public static Origins of(List<String> list) {
    Set<String> origins =
        list.stream()
            .map(origin -> origin.strip().toLowerCase(Locale.ROOT))
            .filter(origin -> !origin.isEmpty())
            .collect(Collectors.toSet());
    boolean anybody = origins.remove("*");
    return new Origins(origins, anybody);
  }
}
