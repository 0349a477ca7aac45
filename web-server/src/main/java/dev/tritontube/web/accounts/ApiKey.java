package dev.tritontube.web.accounts;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a program signs its requests with, without the key itself, which is kept nowhere.
///
/// @param user for whom it acts; null: for the installation
/// @param expiresAt null: never
/// @param lastUsedAt to the minute; null: not yet
public record ApiKey(
    String id,
    @Nullable UserId user,
    String name,
    Set<Scope> scopes,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt) {

  /// The id of the key that is in the file `admin.key`.
  public static final String OF_FILE = "admin.key";

  public static final int NAME_CHARACTERS = 100;

  public ApiKey {
    scopes = Set.copyOf(scopes);
  }
}
