package dev.tritontube.web.auth;

import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Role;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.accounts.User;
import dev.tritontube.web.accounts.User.State;
import dev.tritontube.web.accounts.UserId;
import dev.tritontube.web.accounts.UserRemoval;
import dev.tritontube.web.accounts.UserStore;
import dev.tritontube.web.catalog.QuotaStore;
import dev.tritontube.web.http.Fields;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.ListCursor;
import dev.tritontube.web.http.ListDocument;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Remark;
import dev.tritontube.web.http.Routes;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `/api/v1/users`: what administrators do with users.
final class UserRoutes implements Routes {
  private static final String USERS = "/api/v1/users";
  private static final String USER = USERS + "/{id}";
  private static final String LIST = "users";

  private final Members members;
  private final UserStore users;
  private final UserRemoval removal;
  private final QuotaStore quotas;
  private final Callers callers;
  private final InstantSource clock;

  UserRoutes(
      Members members,
      UserStore users,
      UserRemoval removal,
      QuotaStore quotas,
      Callers callers,
      InstantSource clock) {
    this.quotas = quotas;
    this.members = members;
    this.users = users;
    this.removal = removal;
    this.callers = callers;
    this.clock = clock;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.read(routing, USERS, this::list);
    routing.post(USERS, this::create);
    Routes.readPlain(routing, USER, this::one);
    routing.patch(USER, this::change);
    routing.delete(USER, this::delete);
    routing.post(USER + "/password-reset", this::allowReset);
  }

  private record ResetDocument(String token, String expiresAt) {}

  private void list(Context ctx) {
    callers.require(ctx, Scope.ADMIN);
    QueryParameters query = QueryParameters.of(ctx, "limit", "cursor");
    int limit = query.limit();
    List<User> found = users.list(query.cursor(UserRoutes::place), limit + 1);
    answer(ctx, 200, ListDocument.page(found, limit, UserDocument::of, UserRoutes::after));
  }

  private static String after(User user) {
    return ListCursor.after(LIST, user.createdAt(), user.id().value());
  }

  private static UserStore.Cursor place(String cursor) {
    ListCursor.Made place = ListCursor.made(cursor, LIST);
    return new UserStore.Cursor(place.at(), new UserId(place.id()));
  }

  private void create(Context ctx) throws IOException {
    callers.require(ctx, Scope.ADMIN);
    Fields fields = AuthRoutes.fields(ctx, "username", "password", "role");
    Role role = fields.optional("role").map(UserRoutes::role).orElse(Role.UPLOADER);
    User user = members.add(fields.text("username"), fields.optional("password"), role);
    Remark.add(ctx, "id=%s role=%s".formatted(user.id(), user.role()));
    ctx.header("Location", USERS + "/" + user.id());
    answer(ctx, 201, UserDocument.of(user));
  }

  private void one(Context ctx) {
    callers.require(ctx, Scope.ADMIN);
    answer(ctx, 200, document(user(ctx)));
  }

  private void change(Context ctx) throws IOException {
    callers.require(ctx, Scope.ADMIN);
    Fields fields = AuthRoutes.fields(ctx, "role", "disabled", "quota");
    Optional<Role> role = fields.optional("role").map(UserRoutes::role);
    Optional<State> state =
        fields.flag("disabled").map(disabled -> disabled ? State.DISABLED : State.ACTIVE);
    Optional<Fields> quota = fields.object("quota", QuotaDocument.FIELDS);
    User before = user(ctx);
    User after =
        users
            .change(
                before.id(),
                role.orElse(before.role()),
                state.orElse(before.state()),
                quota
                    .map(some -> QuotaDocument.changed(before.quota(), some))
                    .orElse(before.quota()),
                clock.instant())
            .orElseThrow(() -> missing(ctx));
    String bounds = quota.isEmpty() ? "" : " quota=" + QuotaDocument.of(after.quota()).words();
    Remark.add(ctx, "role=%s state=%s%s".formatted(after.role(), after.state(), bounds));
    answer(ctx, 200, document(after));
  }

  private UserDocument document(User user) {
    return UserDocument.of(user, quotas.standing(user.id().owner()));
  }

  private void delete(Context ctx) {
    callers.require(ctx, Scope.ADMIN);
    QueryParameters.of(ctx);
    if (!removal.delete(user(ctx).id())) {
      throw missing(ctx);
    }
    ctx.status(204);
  }

  private void allowReset(Context ctx) {
    callers.require(ctx, Scope.ADMIN);
    QueryParameters.of(ctx);
    Members.Reset reset = members.allowReset(user(ctx).id());
    answer(ctx, 201, new ResetDocument(reset.token(), reset.expires().toString()));
  }

  private User user(Context ctx) {
    return UserId.parse(ctx.pathParam("id"))
        .flatMap(users::find)
        .filter(user -> user.state() != State.DELETING)
        .orElseThrow(() -> missing(ctx));
  }

  private static ProblemException missing(Context ctx) {
    return new ProblemException(
        new Problem.NotFound("There is no user " + Printable.of(ctx.pathParam("id"))));
  }

  private static Role role(String word) {
    return Role.parse(word).orElseThrow(() -> Fields.bad("'role' is viewer, uploader or admin"));
  }

  private static void answer(Context ctx, int status, Object document) {
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, status, document);
  }
}
