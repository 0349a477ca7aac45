package dev.tritontube.web.accounts;

import dev.tritontube.web.accounts.Caller.Nobody;
import dev.tritontube.web.accounts.Caller.Person;
import dev.tritontube.web.accounts.Caller.Program;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/// Finds out who sent a request: by `Authorization: Bearer` with an access token or an API key.
/// Whatever is wrong with that is as good as none. Thread-safe.
public final class Callers {
  private static final String CALLER = "caller";
  private static final String SCHEME = "Bearer ";
  private static final Caller NOBODY = new Nobody();

  private final AccessTokens tokens;
  private final SessionStore sessions;
  private final ApiKeyStore keys;
  private final InstantSource clock;

  public Callers(Database database, AccessTokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.sessions = new SessionStore(database);
    this.keys = new ApiKeyStore(database);
    this.clock = clock;
  }

  /// Looked up once for a request.
  public Caller of(Context ctx) {
    Caller known = ctx.attribute(CALLER);
    if (known == null) {
      known = bearer(ctx).map(this::holder).orElse(NOBODY);
      ctx.attribute(CALLER, known);
    }
    return Objects.requireNonNull(known);
  }

  /// @throws ProblemException 401 for nobody
  public Caller require(Context ctx) {
    Caller caller = of(ctx);
    if (caller instanceof Nobody) {
      throw new ProblemException(
          new Problem.Unauthorized(
              bearer(ctx).isEmpty()
                  ? "This needs a key or an access token: 'Authorization: Bearer KEY'"
                  : "The key or access token is wrong, or not valid any more"));
    }
    return caller;
  }

  /// @throws ProblemException 401 for nobody, 403 for who may not
  public Caller require(Context ctx, Scope scope) {
    Caller caller = require(ctx);
    if (!caller.may(scope)) {
      throw new ProblemException(
          new Problem.Forbidden("forbidden", "This needs the scope '" + scope.word() + "'"));
    }
    return caller;
  }

  /// The same caller as he is now; empty when he may not come in any more.
  public Optional<Caller> again(Caller caller) {
    return switch (caller) {
      case Nobody nobody -> Optional.of(nobody);
      case Person person ->
          sessions.person(person.session(), clock.instant()).map(Caller.class::cast);
      case Program program ->
          keys.programById(program.key().id(), clock.instant()).map(Caller.class::cast);
    };
  }

  private Caller holder(String bearer) {
    Optional<Caller> person =
        tokens
            .session(bearer)
            .flatMap(session -> sessions.person(session, clock.instant()))
            .map(Caller.class::cast);
    return person
        .or(() -> keys.program(bearer, clock.instant()).map(Caller.class::cast))
        .orElse(NOBODY);
  }

  private static Optional<String> bearer(Context ctx) {
    return Optional.ofNullable(ctx.header("Authorization"))
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> header.substring(SCHEME.length()).strip());
  }
}
