package dev.tritontube.web.auth;

import dev.tritontube.web.accounts.ApiKey;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.accounts.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An API key in the API's JSON, without the key itself.
record KeyDocument(
    String id,
    String name,
    @Nullable String user,
    List<String> scopes,
    String createdAt,
    @Nullable String expiresAt,
    @Nullable String lastUsedAt) {

  static KeyDocument of(ApiKey key) {
    UserId user = key.user();
    return new KeyDocument(
        key.id(),
        key.name(),
        user == null ? null : user.value(),
        key.scopes().stream().sorted().map(Scope::word).toList(),
        key.createdAt().toString(),
        text(key.expiresAt()),
        text(key.lastUsedAt()));
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
