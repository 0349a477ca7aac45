package dev.tritontube.web.auth;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Caller.Nobody;
import dev.tritontube.web.accounts.Caller.Person;
import dev.tritontube.web.accounts.Caller.Program;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Role;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.accounts.User;
import dev.tritontube.web.accounts.UserRemoval;
import dev.tritontube.web.catalog.QuotaStore;
import dev.tritontube.web.http.ClientNetwork;
import dev.tritontube.web.http.Fields;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.Routes;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One's own account: `/api/v1/auth/register`, `me`, `password`, `reset-password`.
final class AccountRoutes implements Routes {
  private static final String ME = "/api/v1/auth/me";

  private final Members members;
  private final Credentials credentials;
  private final Callers callers;
  private final UserRemoval removal;
  private final QuotaStore quotas;
  private final Optional<Role> registered;

  /// @param registered what somebody is who registers; empty: nobody may
  AccountRoutes(
      Members members,
      Credentials credentials,
      Callers callers,
      UserRemoval removal,
      QuotaStore quotas,
      Optional<Role> registered) {
    this.members = members;
    this.credentials = credentials;
    this.callers = callers;
    this.removal = removal;
    this.quotas = quotas;
    this.registered = registered;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.post("/api/v1/auth/register", this::register);
    routing.post("/api/v1/auth/password", this::changePassword);
    routing.post("/api/v1/auth/reset-password", this::resetPassword);
    Routes.readPlain(routing, ME, this::me);
    routing.delete(ME, this::delete);
  }

  private void register(Context ctx) throws IOException {
    Role role =
        registered.orElseThrow(
            () ->
                new ProblemException(
                    new Problem.Forbidden(
                        "registration_closed", "Only administrators make accounts here")));
    Fields fields = AuthRoutes.fields(ctx, "username", "password");
    User user = members.add(fields.text("username"), Optional.of(fields.text("password")), role);
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, 201, UserDocument.of(user));
  }

  /// @param user null: the installation's own key
  /// @param key null: somebody who signed in
  private record MeDocument(
      @Nullable UserDocument user,
      @Nullable KeyDocument key,
      List<String> scopes,
      @Nullable UsageDocument usage) {}

  private void me(Context ctx) {
    Caller caller = callers.require(ctx);
    List<String> scopes =
        Arrays.stream(Scope.values()).filter(caller::may).map(Scope::word).toList();
    UsageDocument usage = caller.owner().map(quotas::standing).map(UsageDocument::of).orElse(null);
    MeDocument document =
        switch (caller) {
          case Nobody _ -> new MeDocument(null, null, scopes, null);
          case Person(User user, String _) ->
              new MeDocument(UserDocument.of(user), null, scopes, usage);
          case Program program -> {
            User user = program.user();
            yield new MeDocument(
                user == null ? null : UserDocument.of(user),
                KeyDocument.of(program.key()),
                scopes,
                usage);
          }
        };
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, 200, document);
  }

  private void changePassword(Context ctx) throws IOException {
    Person person = AuthRoutes.person(callers, ctx);
    Fields fields = AuthRoutes.fields(ctx, "currentPassword", "newPassword");
    String chosen = fields.text("newPassword");
    check(ctx, person, fields.text("currentPassword"));
    members.changePassword(person.user().id(), person.session(), chosen);
    ctx.status(204);
  }

  private void resetPassword(Context ctx) throws IOException {
    Fields fields = AuthRoutes.fields(ctx, "token", "password");
    members.reset(fields.text("token"), fields.text("password"));
    ctx.status(204);
  }

  private void delete(Context ctx) throws IOException {
    Person person = AuthRoutes.person(callers, ctx);
    Fields fields = AuthRoutes.fields(ctx, "password");
    check(ctx, person, fields.text("password"));
    removal.delete(person.user().id());
    AuthRoutes.forget(ctx);
    ctx.status(204);
  }

  private void check(Context ctx, Person person, String password) {
    credentials.check(
        new Credentials.Claim(person.user().username().value(), password, ClientNetwork.of(ctx)));
  }
}
