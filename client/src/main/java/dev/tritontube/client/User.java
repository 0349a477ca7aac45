package dev.tritontube.client;

import java.time.Instant;

/// Somebody with an account.
public record User(
    String id, String username, Role role, State state, Instant createdAt, Instant updatedAt) {

  /// Whether he may come in.
  public enum State {
    ACTIVE,
    DISABLED,
    /// A word of a newer server.
    OTHER
  }
}
