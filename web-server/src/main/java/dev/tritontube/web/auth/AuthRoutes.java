package dev.tritontube.web.auth;

import dev.tritontube.web.accounts.AccessTokens;
import dev.tritontube.web.accounts.Caller.Person;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.auth.SignIn.Tokens;
import dev.tritontube.web.http.ClientNetwork;
import dev.tritontube.web.http.Fields;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Signing in, staying signed in, and out: `/api/v1/auth/login`, `refresh`, `logout`.
///
/// Browsers keep the refresh token in a cookie that scripts cannot read and other sites cannot use;
/// programs ask for it in the body.
final class AuthRoutes implements Routes {
  private static final String COOKIE = "tritontube_refresh";
  private static final String PATH = "/api/v1/auth";
  private static final String FIELD = "refreshToken";

  private final SignIn signIn;
  private final Credentials credentials;
  private final Callers callers;

  AuthRoutes(SignIn signIn, Credentials credentials, Callers callers) {
    this.signIn = signIn;
    this.credentials = credentials;
    this.callers = callers;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.post(PATH + "/login", this::login);
    routing.post(PATH + "/refresh", this::refresh);
    routing.post(PATH + "/logout", this::logout);
  }

  /// @param expiresIn seconds that the access token holds
  /// @param refreshToken null: it is in the cookie
  private record TokensDocument(
      String accessToken,
      String tokenType,
      long expiresIn,
      @Nullable String refreshToken,
      UserDocument user) {}

  private void login(Context ctx) throws IOException {
    Fields fields = fields(ctx, "username", "password", "refreshIn");
    boolean cookie = inCookie(fields);
    Credentials.Claim claim =
        new Credentials.Claim(
            fields.text("username"), fields.text("password"), ClientNetwork.of(ctx));
    answer(ctx, signIn.begin(credentials.check(claim)), cookie);
  }

  private static boolean inCookie(Fields fields) {
    String place = fields.optional("refreshIn").orElse("cookie");
    return switch (place) {
      case "cookie" -> true;
      case "body" -> false;
      default -> throw Fields.bad("'refreshIn' is cookie or body");
    };
  }

  private void refresh(Context ctx) throws IOException {
    Optional<String> inBody = tokenInBody(ctx);
    String token = inBody.or(() -> Optional.ofNullable(ctx.cookie(COOKIE))).orElse("");
    try {
      answer(ctx, signIn.renew(token), inBody.isEmpty());
    } catch (ProblemException e) {
      if (inBody.isEmpty() && !token.isEmpty()) {
        forget(ctx);
      }
      throw e;
    }
  }

  private void logout(Context ctx) throws IOException {
    Optional<String> token = tokenInBody(ctx).or(() -> Optional.ofNullable(ctx.cookie(COOKIE)));
    Optional<String> session = token.flatMap(signIn::session);
    if (session.isEmpty() && callers.require(ctx) instanceof Person person) {
      session = Optional.of(person.session());
    }
    session.ifPresent(signIn::end);
    forget(ctx);
    ctx.status(204);
  }

  private static Optional<String> tokenInBody(Context ctx) throws IOException {
    boolean empty =
        ctx.req().getContentLengthLong() <= 0 && ctx.header("Transfer-Encoding") == null;
    if (empty) {
      QueryParameters.of(ctx);
      return Optional.empty();
    }
    return fields(ctx, FIELD).optional(FIELD);
  }

  private static void answer(Context ctx, Tokens tokens, boolean cookie) {
    if (cookie) {
      cookie(ctx, tokens.refresh(), SignIn.LIFETIME.toSeconds());
    }
    ctx.header("Cache-Control", "no-store");
    Json.answer(
        ctx,
        200,
        new TokensDocument(
            tokens.access(),
            "Bearer",
            AccessTokens.LIFETIME.toSeconds(),
            cookie ? null : tokens.refresh(),
            UserDocument.of(tokens.user())));
  }

  static void forget(Context ctx) {
    cookie(ctx, "", 0);
  }

  /// What a proxy says of TLS can only make the cookie of whoever says it more careful.
  private static void cookie(Context ctx, String value, long seconds) {
    boolean secure =
        ctx.req().isSecure() || "https".equalsIgnoreCase(ctx.header("X-Forwarded-Proto"));
    ctx.header(
        "Set-Cookie",
        "%s=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Strict%s"
            .formatted(COOKIE, value, PATH, seconds, secure ? "; Secure" : ""));
  }

  /// @throws ProblemException 400, 413, 415
  static Fields fields(Context ctx, String... known) throws IOException {
    QueryParameters.of(ctx);
    return Fields.of(Json.object(ctx), known);
  }

  /// Who signed in; a program with a key is not enough.
  ///
  /// @throws ProblemException 401, 403
  static Person person(Callers callers, Context ctx) {
    if (callers.require(ctx) instanceof Person person) {
      return person;
    }
    throw new ProblemException(
        new Problem.Forbidden("forbidden", "This needs an access token, not a key"));
  }
}
