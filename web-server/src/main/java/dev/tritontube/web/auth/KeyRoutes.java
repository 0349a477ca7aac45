package dev.tritontube.web.auth;

import dev.tritontube.web.accounts.ApiKey;
import dev.tritontube.web.accounts.ApiKeyStore;
import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Caller.Nobody;
import dev.tritontube.web.accounts.Caller.Person;
import dev.tritontube.web.accounts.Caller.Program;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Digests;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.accounts.User;
import dev.tritontube.web.accounts.UserId;
import dev.tritontube.web.accounts.UserStore;
import dev.tritontube.web.catalog.PlainText;
import dev.tritontube.web.catalog.RandomIds;
import dev.tritontube.web.http.Fields;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.ListDocument;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Remark;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.http.Times;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// `/api/v1/auth/keys`: one's own API keys; an administrator's hand reaches those of all.
///
/// A key makes no keys, or one that leaked would outlive its revocation; but for an
/// administrator's, which programs need.
final class KeyRoutes implements Routes {
  private static final String KEYS = "/api/v1/auth/keys";
  private static final String PREFIX = "tt_";
  private static final Instant LATEST_EXPIRY = Instant.parse("3000-01-01T00:00:00Z");

  private final ApiKeyStore keys;
  private final UserStore users;
  private final Callers callers;
  private final RandomGenerator random;
  private final InstantSource clock;

  KeyRoutes(
      ApiKeyStore keys,
      UserStore users,
      Callers callers,
      RandomGenerator random,
      InstantSource clock) {
    this.keys = keys;
    this.users = users;
    this.callers = callers;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.post(KEYS, this::create);
    Routes.read(routing, KEYS, this::list);
    routing.delete(KEYS + "/{id}", this::revoke);
  }

  /// @param key is shown this once
  private record CreatedDocument(KeyDocument apiKey, String key) {}

  private void create(Context ctx) throws IOException {
    Caller caller = holder(ctx);
    Fields fields = AuthRoutes.fields(ctx, "name", "scopes", "expiresAt", "user");
    @Nullable UserId user = whose(caller, fields.optional("user"));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ApiKey added =
        new ApiKey(
            RandomIds.next(random),
            user,
            name(fields),
            scopes(fields, caller),
            now,
            fields.optional("expiresAt").map(text -> expiry(text, now)).orElse(null),
            null);
    String key = PREFIX + Digests.newKey(random);
    if (!keys.add(added, key)) {
      throw new ProblemException(
          new Problem.Conflict(
              "too_many_keys", "There are " + ApiKeyStore.MAX_OF_ONE + " keys already"));
    }
    Remark.add(ctx, "id=" + added.id());
    ctx.header("Cache-Control", "no-store").header("Location", KEYS + "/" + added.id());
    Json.answer(ctx, 201, new CreatedDocument(KeyDocument.of(added), key));
  }

  private void list(Context ctx) {
    Caller caller = holder(ctx);
    QueryParameters query = QueryParameters.of(ctx, "user");
    List<KeyDocument> items =
        keys.list(whose(caller, query.text("user"))).stream().map(KeyDocument::of).toList();
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, 200, ListDocument.all(items));
  }

  private void revoke(Context ctx) {
    Caller caller = holder(ctx);
    QueryParameters.of(ctx);
    String id = ctx.pathParam("id");
    ApiKey key =
        keys.find(id)
            .filter(found -> caller.isAdministrator() || isOf(found, caller))
            .orElseThrow(
                () ->
                    new ProblemException(
                        new Problem.NotFound("There is no key " + Printable.of(id))));
    if (key.id().equals(ApiKey.OF_FILE)) {
      throw new ProblemException(
          new Problem.Conflict(
              "key_of_file", "This key is in a file: put another one there and start again"));
    }
    keys.delete(key.id());
    ctx.status(204);
  }

  /// @throws ProblemException 401, 403
  private Caller holder(Context ctx) {
    Caller caller = callers.require(ctx);
    return caller.isAdministrator() ? caller : AuthRoutes.person(callers, ctx);
  }

  private static boolean isOf(ApiKey key, Caller caller) {
    UserId user = key.user();
    return user != null && caller.owns(user.owner());
  }

  /// Whose keys are meant: one's own, or, for an administrator, those of whom he names.
  private @Nullable UserId whose(Caller caller, Optional<String> named) {
    if (named.isPresent()) {
      Optional<UserId> user =
          UserId.parse(named.get())
              .filter(id -> caller.isAdministrator() || caller.owns(id.owner()));
      return user.flatMap(users::find)
          .filter(User::active)
          .map(User::id)
          .orElseThrow(() -> Fields.bad("'user' is no user here"));
    }
    return switch (caller) {
      case Nobody _ -> null;
      case Person person -> person.user().id();
      case Program program -> program.key().user();
    };
  }

  private static String name(Fields fields) {
    String name = fields.text("name").strip();
    boolean fit =
        PlainText.isVisible(name)
            && name.codePointCount(0, name.length()) <= ApiKey.NAME_CHARACTERS
            && name.codePoints().allMatch(PlainText::isPlain);
    if (!fit) {
      throw Fields.bad("'name' is 1 to " + ApiKey.NAME_CHARACTERS + " characters to be seen");
    }
    return name;
  }

  private static Set<Scope> scopes(Fields fields, Caller caller) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : fields.texts("scopes", Scope.values().length)) {
      Scope scope =
          Scope.parse(word)
              .orElseThrow(() -> Fields.bad("'scopes' are of read, write, upload and admin"));
      if (!caller.may(scope)) {
        throw Fields.bad("'scopes': you have not '" + word + "' yourself");
      }
      scopes.add(scope);
    }
    return scopes;
  }

  private static Instant expiry(String text, Instant now) {
    return Times.parse(text)
        .filter(expiry -> expiry.isAfter(now) && expiry.isBefore(LATEST_EXPIRY))
        .orElseThrow(
            () -> Fields.bad("'expiresAt' is a time to come, such as 2030-01-01T00:00:00Z"));
  }
}
