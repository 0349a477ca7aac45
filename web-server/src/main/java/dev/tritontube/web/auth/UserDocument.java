package dev.tritontube.web.auth;

import dev.tritontube.web.accounts.User;
import java.util.Locale;

/// A user in the API's JSON.
record UserDocument(
    String id, String username, String role, String state, String createdAt, String updatedAt) {

  static UserDocument of(User user) {
    return new UserDocument(
        user.id().value(),
        user.username().value(),
        user.role().word(),
        user.state().name().toLowerCase(Locale.ROOT),
        user.createdAt().toString(),
        user.updatedAt().toString());
  }
}
