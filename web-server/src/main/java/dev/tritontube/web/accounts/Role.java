package dev.tritontube.web.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a user is.
public enum Role {
  /// What is his from before is still his to change.
  VIEWER(Set.of(Scope.READ, Scope.WRITE)),
  UPLOADER(Set.of(Scope.READ, Scope.WRITE, Scope.UPLOAD)),
  ADMIN(Scope.ALL);

  private final Set<Scope> scopes;

  Role(Set<Scope> scopes) {
    this.scopes = scopes;
  }

  public Set<Scope> scopes() {
    return scopes;
  }

  /// As in the API and in the catalog.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> parse(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
