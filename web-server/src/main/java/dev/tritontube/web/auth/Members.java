package dev.tritontube.web.auth;

import dev.tritontube.web.accounts.Digests;
import dev.tritontube.web.accounts.Role;
import dev.tritontube.web.accounts.User;
import dev.tritontube.web.accounts.User.State;
import dev.tritontube.web.accounts.UserId;
import dev.tritontube.web.accounts.UserStore;
import dev.tritontube.web.accounts.Username;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.http.Fields;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes users and gives them passwords. Thread-safe.
final class Members {
  private static final Duration RESET_LIFETIME = Duration.ofHours(24);

  private final UserStore users;
  private final Credentials credentials;
  private final RandomGenerator random;
  private final InstantSource clock;

  Members(Database database, Credentials credentials, RandomGenerator random, InstantSource clock) {
    this.users = new UserStore(database);
    this.credentials = credentials;
    this.random = random;
    this.clock = clock;
  }

  /// @param password none: he gets one by a reset
  /// @throws ProblemException 400 `bad_field`, 409 `username_taken`, 503
  User add(String username, Optional<String> password, Role role) {
    Username name =
        Username.parse(username)
            .orElseThrow(
                () ->
                    Fields.bad(
                        "'username' is 3 to 64 letters of ASCII, digits and . _ - @ +, in lower"
                            + " case"));
    if (users.known(name).isPresent()) {
      throw taken(name);
    }
    String kept = password.map(credentials::kept).orElse(null);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    User user = new User(UserId.random(random), name, role, State.ACTIVE, now, now);
    if (!users.add(user, kept)) {
      throw taken(name);
    }
    return user;
  }

  /// @param session the one that goes on
  /// @throws ProblemException 400 `bad_field`, 503
  void changePassword(UserId user, String session, String password) {
    users.password(user, credentials.kept(password), session, clock.instant());
  }

  /// @param token for who is to choose a password with it, once
  record Reset(String token, Instant expires) {}

  Reset allowReset(UserId user) {
    Reset reset =
        new Reset(
            Digests.newKey(random),
            clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(RESET_LIFETIME));
    users.allowReset(user, reset.token(), reset.expires());
    return reset;
  }

  /// @throws ProblemException 400 `bad_reset_token`, `bad_field`, 503
  void reset(String token, String password) {
    User user = users.resettable(token, clock.instant()).orElseThrow(Members::wrong);
    if (!users.reset(user.id(), token, credentials.kept(password), clock.instant())) {
      throw wrong();
    }
  }

  private static ProblemException taken(Username name) {
    return new ProblemException(
        new Problem.Conflict("username_taken", "There is a user " + name + " already"));
  }

  private static ProblemException wrong() {
    return new ProblemException(
        new Problem.BadRequest("bad_reset_token", "The token is wrong, used or too old"));
  }
}
