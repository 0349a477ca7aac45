package dev.tritontube.web.accounts;

import dev.tritontube.web.catalog.Quota;
import java.time.Instant;

/// Somebody who has an account.
///
/// @param quota what is said of him alone
public record User(
    UserId id,
    Username username,
    Role role,
    State state,
    Quota quota,
    Instant createdAt,
    Instant updatedAt) {

  /// One of whom nothing else is said than of everybody.
  public User(
      UserId id, Username username, Role role, State state, Instant createdAt, Instant updatedAt) {
    this(id, username, role, state, Quota.NONE, createdAt, updatedAt);
  }

  /// Whether he may come in.
  public enum State {
    ACTIVE,
    DISABLED,
    /// What belongs to him is being deleted.
    DELETING
  }

  public boolean active() {
    return state == State.ACTIVE;
  }
}
