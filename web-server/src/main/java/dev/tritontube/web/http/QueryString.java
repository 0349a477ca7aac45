package dev.tritontube.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads `a=b&c=d` (application/x-www-form-urlencoded, URL Standard, section 5), without its
/// leniency: what is escaped wrongly is an error.
final class QueryString {
  private QueryString() {}

  /// @return names and their values in order, or nothing when it is malformed
  static Optional<Map<String, List<String>>> parse(@Nullable String query) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String parameter : query == null ? new String[0] : query.split("&")) {
      int equals = parameter.indexOf('=');
      Optional<String> name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
      Optional<String> value = decode(equals < 0 ? "" : parameter.substring(equals + 1));
      if (name.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      if (!parameter.isEmpty()) {
        values.computeIfAbsent(name.get(), _ -> new ArrayList<>()).add(value.get());
      }
    }
    return Optional.of(values);
  }

  private static Optional<String> decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    byte[] raw = text.replace('+', ' ').getBytes(UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        bytes.write(raw[i]);
        continue;
      }
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    return Utf8.text(bytes.toByteArray());
  }
}
