package dev.tritontube.web.accounts;

import java.time.Instant;

/// Somebody who has an account.
public record User(
    UserId id, Username username, Role role, State state, Instant createdAt, Instant updatedAt) {

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
