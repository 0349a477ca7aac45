package dev.tritontube.web.auth;

import dev.tritontube.web.accounts.AccessTokens;
import dev.tritontube.web.accounts.Caller.Person;
import dev.tritontube.web.accounts.SecretStore;
import dev.tritontube.web.accounts.SessionStore;
import dev.tritontube.web.accounts.User;
import dev.tritontube.web.auth.RefreshTokens.Refresh;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.RandomIds;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Begins, renews and ends sessions. Thread-safe.
final class SignIn {
  /// How long a session goes on without being renewed.
  static final Duration LIFETIME = Duration.ofDays(30);

  private final SessionStore sessions;
  private final RefreshTokens refreshTokens;
  private final AccessTokens accessTokens;
  private final RandomGenerator random;
  private final InstantSource clock;

  SignIn(Database database, SecretStore secrets, RandomGenerator random, InstantSource clock) {
    this.sessions = new SessionStore(database);
    this.refreshTokens = new RefreshTokens(secrets);
    this.accessTokens = new AccessTokens(secrets, clock);
    this.random = random;
    this.clock = clock;
  }

  /// What somebody gets who signed in.
  record Tokens(User user, String access, String refresh) {}

  Tokens begin(User user) {
    Instant now = clock.instant();
    String session = RandomIds.next(random);
    sessions.begin(session, user.id(), now, now.plus(LIFETIME));
    return tokens(user, new Refresh(session, 1));
  }

  /// Takes a refresh token for a new one. One that was used before ends its session: one of those
  /// who used it stole it.
  ///
  /// @throws ProblemException 401 `bad_refresh_token`
  Tokens renew(String token) {
    Instant now = clock.instant();
    Refresh refresh = refreshTokens.read(token).orElseThrow(SignIn::wrong);
    if (!sessions.renew(refresh.session(), refresh.serial(), now, now.plus(LIFETIME))) {
      sessions.end(refresh.session());
      throw wrong();
    }
    Person person = sessions.person(refresh.session(), now).orElseThrow(SignIn::wrong);
    return tokens(person.user(), new Refresh(refresh.session(), refresh.serial() + 1));
  }

  /// The session of a refresh token, new or used; empty when it is none of ours.
  Optional<String> session(String token) {
    return refreshTokens.read(token).map(Refresh::session);
  }

  void end(String session) {
    sessions.end(session);
  }

  /// Forgets what is over.
  void prune() {
    sessions.prune(clock.instant());
  }

  private Tokens tokens(User user, Refresh refresh) {
    return new Tokens(
        user, accessTokens.issue(user.id(), refresh.session()), refreshTokens.issue(refresh));
  }

  private static ProblemException wrong() {
    return new ProblemException(
        new Problem.Unauthorized(
            "bad_refresh_token", "The refresh token is wrong or was used: sign in again"));
  }
}
