package dev.tritontube.web.auth;

import dev.tritontube.web.accounts.Digests;
import dev.tritontube.web.accounts.User;
import dev.tritontube.web.accounts.UserStore;
import dev.tritontube.web.accounts.UserStore.Known;
import dev.tritontube.web.accounts.Username;
import dev.tritontube.web.auth.SignInAttemptStore.Subject;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.http.ClientNetwork;
import dev.tritontube.web.http.Fields;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.passwords.BusyException;
import dev.tritontube.web.passwords.Password;
import dev.tritontube.web.passwords.Passwords;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Knows by name and password who somebody is, not too often in a row. Who is not known is answered
/// like whose password is wrong, after as long. Thread-safe.
final class Credentials {
  private static final int FREE_OF_ACCOUNT = 5;
  private static final int FREE_OF_ADDRESS = 50;
  private static final Duration LONGEST_OF_ACCOUNT = Duration.ofMinutes(5);
  private static final Duration LONGEST_OF_ADDRESS = Duration.ofMinutes(1);
  private static final Duration BUSY = Duration.ofSeconds(2);

  private final UserStore users;
  private final SignInAttemptStore attempts;
  private final Passwords passwords;
  private final InstantSource clock;

  Credentials(Database database, Passwords passwords, InstantSource clock) {
    this.users = new UserStore(database);
    this.attempts = new SignInAttemptStore(database);
    this.passwords = passwords;
    this.clock = clock;
  }

  /// What somebody says who he is.
  ///
  /// @param from where he says it
  record Claim(String username, String password, ClientNetwork from) {
    private Subject account() {
      String name = Digests.of(username.toLowerCase(Locale.ROOT));
      return new Subject("account:" + name, FREE_OF_ACCOUNT, LONGEST_OF_ACCOUNT);
    }

    private Subject place() {
      return new Subject("address:" + from.name(), FREE_OF_ADDRESS, LONGEST_OF_ADDRESS);
    }
  }

  /// @throws ProblemException 401 `bad_credentials`, 403 `account_disabled`, 429, 503
  User check(Claim claim) {
    attempts
        .begin(List.of(claim.account(), claim.place()), clock.instant())
        .ifPresent(Credentials::refuse);
    Optional<Known> known = Username.parse(claim.username()).flatMap(users::known);
    Passwords.Outcome outcome = compare(claim, known);
    if (!outcome.right()) {
      throw new ProblemException(
          new Problem.Unauthorized("bad_credentials", "The username or the password is wrong"));
    }
    attempts.succeeded(claim.account(), claim.place());
    User user = known.orElseThrow().user();
    outcome.fresh().ifPresent(fresh -> users.rehash(user.id(), fresh, clock.instant()));
    if (!user.active()) {
      throw new ProblemException(
          new Problem.Forbidden("account_disabled", "This account is disabled"));
    }
    return user;
  }

  private Passwords.Outcome compare(Claim claim, Optional<Known> known) {
    try {
      return passwords.check(
          Password.typed(claim.password()), known.map(Known::password).orElse(null));
    } catch (BusyException _) {
      throw busy();
    }
  }

  /// A password as it is to be kept.
  ///
  /// @throws ProblemException 400 `bad_field`, 503
  String kept(String chosen) {
    try {
      return passwords.hash(Password.chosen(chosen));
    } catch (IllegalArgumentException e) {
      throw Fields.bad(String.valueOf(e.getMessage()));
    } catch (BusyException _) {
      throw busy();
    }
  }

  /// Forgets attempts of long ago.
  void prune() {
    attempts.prune(clock.instant());
  }

  private static void refuse(Duration wait) {
    throw new ProblemException(new Problem.TooManyAttempts("Too many attempts failed: wait", wait));
  }

  private static ProblemException busy() {
    return new ProblemException(
        new Problem.Unavailable("busy", "Too many sign in or choose a password now", BUSY));
  }
}
