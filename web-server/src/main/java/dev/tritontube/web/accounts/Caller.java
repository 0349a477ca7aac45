package dev.tritontube.web.accounts;

import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.Visibility;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who asks.
public sealed interface Caller {
  /// He may do this with what is his, or, with `ADMIN`, with everything.
  boolean may(Scope scope);

  /// Whose is what he uploads; empty: nobody's, for he may not.
  Optional<Owner> owner();

  /// Somebody without a name, or with one that does not hold (any more).
  record Nobody() implements Caller {
    @Override
    public boolean may(Scope scope) {
      return false;
    }

    @Override
    public Optional<Owner> owner() {
      return Optional.empty();
    }
  }

  /// A user who signed in.
  ///
  /// @param session of which he can sign out
  record Person(User user, String session) implements Caller {
    @Override
    public boolean may(Scope scope) {
      return user.role().scopes().contains(scope);
    }

    @Override
    public Optional<Owner> owner() {
      return Optional.of(user.id().owner());
    }
  }

  /// A program with a key.
  ///
  /// @param user for whom it acts; null: for the installation
  record Program(ApiKey key, @Nullable User user) implements Caller {
    @Override
    public boolean may(Scope scope) {
      return key.scopes().contains(scope) && (user == null || user.role().scopes().contains(scope));
    }

    @Override
    public Optional<Owner> owner() {
      return Optional.of(user == null ? Owner.ADMIN : user.id().owner());
    }
  }

  default boolean isAdministrator() {
    return may(Scope.ADMIN);
  }

  default boolean owns(Owner other) {
    return owner().filter(other::equals).isPresent();
  }

  /// Whether he may know of something, when he knows its link.
  default boolean sees(Visibility visibility, Owner of) {
    return visibility != Visibility.PRIVATE || seesPrivate(of);
  }

  default boolean sees(Video video) {
    return sees(video.details().visibility(), video.owner());
  }

  /// Whether he may know of all that somebody has.
  default boolean seesPrivate(Owner of) {
    return isAdministrator() || (may(Scope.READ) && owns(of));
  }

  /// Whether he may change or delete it.
  default boolean mayChange(Video video) {
    return isAdministrator() || (may(Scope.WRITE) && owns(video.owner()));
  }
}
