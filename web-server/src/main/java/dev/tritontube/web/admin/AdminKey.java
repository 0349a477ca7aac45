package dev.tritontube.web.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// The key that every administrator's call carries. Printing it does not show it.
public record AdminKey(String value) {
  private static final String SCHEME = "Bearer ";

  public AdminKey {
    if (value.isBlank()) {
      throw new IllegalArgumentException("the administrator's key is empty");
    }
  }

  /// Compares in a time that does not tell where they differ.
  ///
  /// @param header what an `authorization` header says
  boolean opens(@Nullable String header) {
    return header != null
        && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            header.substring(SCHEME.length()).strip().getBytes(UTF_8), value.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "AdminKey[…]";
  }
}
