package dev.tritontube.web.http;

import java.util.Arrays;
import java.util.Optional;

/// A strong validator (RFC 9110, section 8.8.3).
public record EntityTag(String opaque) {
  @Override
  public String toString() {
    return '"' + opaque + '"';
  }

  /// True when an `If-None-Match` names this tag, or that of the same content compressed or not:
  /// what the client has is still good.
  public boolean noneMatchNames(Optional<String> header) {
    return header.isPresent()
        && Arrays.stream(header.get().split(","))
            .map(String::strip)
            .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
            .map(Gzip::plainTag)
            .anyMatch(tag -> tag.equals("*") || tag.equals(Gzip.plainTag(toString())));
  }

  /// True unless an `If-Range` names something else: then the range is of bytes that are no more.
  public boolean ifRangeAllows(Optional<String> header) {
    return header.isEmpty() || header.get().strip().equals(toString());
  }
}
