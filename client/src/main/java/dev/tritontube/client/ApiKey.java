package dev.tritontube.client;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An API key, without the key itself.
///
/// @param user whose id it has; null: the installation's own
/// @param expiresAt null: never
/// @param lastUsedAt to the minute; null: not yet
public record ApiKey(
    String id,
    String name,
    @Nullable String user,
    List<Scope> scopes,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt) {

  @SuppressWarnings("RedundantNullCheck") // A document may lack a list.
  public ApiKey {
    scopes = List.copyOf(Objects.requireNonNullElse(scopes, List.of()));
  }
}
