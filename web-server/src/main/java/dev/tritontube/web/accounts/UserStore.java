package dev.tritontube.web.accounts;

import dev.tritontube.web.accounts.User.State;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.catalog.QuotaStore;
import dev.tritontube.web.catalog.VideoId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Users in the catalog. Thread-safe; several processes share it.
public final class UserStore {
  static final String COLUMNS =
      "u.id as user_id, u.username, u.role, u.state, u.quota_bytes, u.quota_videos,"
          + " u.quota_uploads, u.created_at as user_created_at, u.updated_at";

  private final Jdbi jdbi;
  private final String forUpdate;

  public UserStore(Database database) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
  }

  /// A place in the list of all users, the newest first.
  public record Cursor(Instant createdAt, UserId id) {}

  /// A user and the password he signs in with.
  ///
  /// @param password as it is kept; null when he has none
  public record Known(User user, @Nullable String password) {}

  /// @param password as it is to be kept; null: he gets one by a reset
  /// @return false when the name is taken
  public boolean add(User user, @Nullable String password) {
    return jdbi.inTransaction(
        tx ->
            tx.createUpdate(
                        """
                        insert into users
                          (id, username, password_hash, role, state, created_at, updated_at)
                        values (:id, :username, :password, :role, :state, :createdAt, :updatedAt)
                        on conflict (username) do nothing
                        """)
                    .bind("id", user.id().value())
                    .bind("username", user.username().value())
                    .bind("password", password)
                    .bind("role", user.role().word())
                    .bind("state", user.state().name())
                    .bind("createdAt", user.createdAt().toEpochMilli())
                    .bind("updatedAt", user.updatedAt().toEpochMilli())
                    .execute()
                == 1);
  }

  public Optional<User> find(UserId id) {
    return known("u.id = :key", id.value()).map(Known::user);
  }

  public Optional<Known> known(UserId id) {
    return known("u.id = :key", id.value());
  }

  public Optional<Known> known(Username name) {
    return known("u.username = :key", name.value());
  }

  private Optional<Known> known(String which, String key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select " + COLUMNS + ", u.password_hash from users u where " + which)
                .bind("key", key)
                .map((row, _) -> new Known(user(row), row.getString("password_hash")))
                .findOne());
  }

  /// The newest first.
  public List<User> list(Optional<Cursor> after, int limit) {
    String place =
        after.isPresent() ? " where u.created_at < :at or (u.created_at = :at and u.id < :id)" : "";
    return jdbi.withHandle(
        handle -> {
          var query =
              handle
                  .createQuery(
                      "select "
                          + COLUMNS
                          + " from users u"
                          + place
                          + " order by u.created_at desc, u.id desc limit :limit")
                  .bind("limit", limit);
          after.ifPresent(
              cursor ->
                  query
                      .bind("at", cursor.createdAt().toEpochMilli())
                      .bind("id", cursor.id().value()));
          return query.map((row, _) -> user(row)).list();
        });
  }

  /// Changes what a user is. Who is not active any more is signed out everywhere.
  ///
  /// @return the user as he is now; empty when there is none, or he is being deleted
  public Optional<User> change(UserId id, Role role, State state, Quota quota, Instant now) {
    jdbi.useTransaction(
        tx -> {
          int changed =
              tx.createUpdate(
                      """
                      update users set role = :role, state = :state, quota_bytes = :bytes,
                        quota_videos = :videos, quota_uploads = :uploads, updated_at = :now
                      where id = :id and state <> 'DELETING'
                      """)
                  .bind("role", role.word())
                  .bind("state", state.name())
                  .bind("bytes", boxed(quota.bytes()))
                  .bind("videos", boxed(quota.videos()))
                  .bind("uploads", boxed(quota.uploads()))
                  .bind("now", now.toEpochMilli())
                  .bind("id", id.value())
                  .execute();
          if (changed == 1 && state != State.ACTIVE) {
            endSessions(tx, id, "");
          }
        });
    return find(id).filter(user -> user.state() != State.DELETING);
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  /// Gives a user another password, and ends his sessions but one.
  ///
  /// @param password as it is to be kept
  /// @param kept the session that goes on; "" = none
  public void password(UserId id, String password, String kept, Instant now) {
    jdbi.useTransaction(
        tx -> {
          password(tx, id, password, now);
          endSessions(tx, id, kept);
        });
  }

  /// Keeps the same password in another form.
  public void rehash(UserId id, String password, Instant now) {
    jdbi.useTransaction(tx -> password(tx, id, password, now));
  }

  /// Lets who holds a token choose a password, once. A token from before is none any more.
  ///
  /// @param token what nobody else will know
  public void allowReset(UserId id, String token, Instant expires) {
    jdbi.useTransaction(
        tx ->
            tx.createUpdate(
                    """
                    insert into password_resets (user_id, token_hash, expires_at)
                    values (:id, :hash, :expires)
                    on conflict (user_id) do update set token_hash = excluded.token_hash,
                      expires_at = excluded.expires_at
                    """)
                .bind("id", id.value())
                .bind("hash", Digests.of(token))
                .bind("expires", expires.toEpochMilli())
                .execute());
  }

  /// Who may choose a password with a token.
  public Optional<User> resettable(String token, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from password_resets r join users u on u.id = r.user_id"
                        + " where r.token_hash = cast(:hash as char(64)) and r.expires_at > :now"
                        + " and u.state <> 'DELETING'")
                .bind("hash", Digests.of(token))
                .bind("now", now.toEpochMilli())
                .map((row, _) -> user(row))
                .findOne());
  }

  /// Sets the password of who holds a token, and ends all his sessions.
  ///
  /// @param password as it is to be kept
  /// @return false when the token was used meanwhile
  public boolean reset(UserId id, String token, String password, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          int used =
              tx.createUpdate(
                      "delete from password_resets where user_id = :id and token_hash = :hash")
                  .bind("id", id.value())
                  .bind("hash", Digests.of(token))
                  .execute();
          if (used == 1) {
            password(tx, id, password, now);
            endSessions(tx, id, "");
          }
          return used == 1;
        });
  }

  private static void password(Handle tx, UserId id, String password, Instant now) {
    tx.createUpdate("update users set password_hash = :password, updated_at = :now where id = :id")
        .bind("password", password)
        .bind("now", now.toEpochMilli())
        .bind("id", id.value())
        .execute();
  }

  private static void endSessions(Handle tx, UserId id, String kept) {
    tx.createUpdate("delete from sessions where user_id = :id and id <> :kept")
        .bind("id", id.value())
        .bind("kept", kept)
        .execute();
  }

  /// Begins to delete a user: from now on he has no session, no key, and can add nothing.
  ///
  /// @return false when there is none
  public boolean beginDelete(UserId id, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          Optional<String> there =
              tx.createQuery("select id from users where id = :id" + forUpdate)
                  .bind("id", id.value())
                  .mapTo(String.class)
                  .findOne();
          if (there.isEmpty()) {
            return false;
          }
          for (String table : List.of("sessions", "api_keys", "password_resets")) {
            tx.createUpdate("delete from " + table + " where user_id = :id")
                .bind("id", id.value())
                .execute();
          }
          tx.createUpdate(
                  """
                  update users set state = 'DELETING', password_hash = null, updated_at = :now
                  where id = :id
                  """)
              .bind("now", now.toEpochMilli())
              .bind("id", id.value())
              .execute();
          expireUploads(tx, id, now);
          return true;
        });
  }

  /// What has come of files that are not whole goes like that of any upload that expired. A request
  /// that still writes has lost its place.
  private static void expireUploads(Handle tx, UserId id, Instant now) {
    tx.createUpdate(
            """
            update uploads set alive_at = 0 where asset_id in
              (select asset_id from resumable_uploads where owner = :id and state = 'OPEN')
            """)
        .bind("id", id.value())
        .execute();
    tx.createUpdate(
            """
            update resumable_uploads set expires_at = :now, writer = null
            where owner = :id and state = 'OPEN'
            """)
        .bind("now", now.toEpochMilli())
        .bind("id", id.value())
        .execute();
  }

  /// Users that are being deleted.
  List<UserId> deleting() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select id from users where state = 'DELETING'")
                .map((row, _) -> new UserId(row.getString("id")))
                .list());
  }

  /// Some of the videos of a user.
  List<VideoId> videos(UserId id, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select id from videos where owner = :id limit :limit")
                .bind("id", id.value())
                .bind("limit", limit)
                .map((row, _) -> new VideoId(row.getString("id")))
                .list());
  }

  /// Forgets a user who is being deleted and has nothing any more.
  void delete(UserId id) {
    jdbi.useTransaction(
        tx -> {
          int deleted =
              tx.createUpdate("delete from users where id = :id and state = 'DELETING'")
                  .bind("id", id.value())
                  .execute();
          if (deleted == 1) {
            tx.execute("delete from owner_usage where owner = ?", id.value());
          }
        });
  }

  static User user(ResultSet row) throws SQLException {
    return new User(
        new UserId(row.getString("user_id")),
        new Username(row.getString("username")),
        Role.parse(row.getString("role")).orElse(Role.VIEWER),
        State.valueOf(row.getString("state")),
        QuotaStore.of(row),
        Instant.ofEpochMilli(row.getLong("user_created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }
}
