package dev.tritontube.web.accounts;

import dev.tritontube.web.accounts.Caller.Program;
import dev.tritontube.web.catalog.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// API keys in the catalog. Thread-safe; several processes share it.
public final class ApiKeyStore {
  /// How many one user may have.
  public static final int MAX_OF_ONE = 100;

  private static final Duration USE_NOTED = Duration.ofMinutes(1);
  private static final String COLUMNS =
      "k.id, k.user_id as key_user, k.name, k.scopes, k.created_at, k.expires_at, k.last_used_at";

  private final Jdbi jdbi;

  public ApiKeyStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /// Sets which key is the one of the file. What was it before is none any more.
  public void ofFile(String key, Instant now) {
    jdbi.useTransaction(
        tx ->
            tx.createUpdate(
                    """
                    insert into api_keys (id, name, key_hash, scopes, created_at)
                    values (:id, :id, :hash, :scopes, :now)
                    on conflict (id) do update set key_hash = excluded.key_hash,
                      created_at = case when api_keys.key_hash = excluded.key_hash
                        then api_keys.created_at else excluded.created_at end
                    """)
                .bind("id", ApiKey.OF_FILE)
                .bind("hash", Digests.of(key))
                .bind("scopes", Scope.words(Scope.ALL))
                .bind("now", now.toEpochMilli())
                .execute());
  }

  /// @param key what nobody but its holder will know
  /// @return false when its user has too many
  public boolean add(ApiKey added, String key) {
    return jdbi.inTransaction(
        tx -> {
          if (count(tx, added.user()) >= MAX_OF_ONE) {
            return false;
          }
          Instant expires = added.expiresAt();
          tx.createUpdate(
                  """
                  insert into api_keys
                    (id, user_id, name, key_hash, scopes, created_at, expires_at)
                  values (:id, :user, :name, :hash, :scopes, :createdAt, :expiresAt)
                  """)
              .bind("id", added.id())
              .bind("user", value(added.user()))
              .bind("name", added.name())
              .bind("hash", Digests.of(key))
              .bind("scopes", Scope.words(added.scopes()))
              .bind("createdAt", added.createdAt().toEpochMilli())
              .bind("expiresAt", expires == null ? null : expires.toEpochMilli())
              .execute();
          return true;
        });
  }

  private static long count(Handle tx, @Nullable UserId user) {
    return tx.createQuery("select count(*) from api_keys where coalesce(user_id, '') = :user")
        .bind("user", user == null ? "" : user.value())
        .mapTo(Long.class)
        .one();
  }

  private static @Nullable String value(@Nullable UserId user) {
    return user == null ? null : user.value();
  }

  /// Who holds a key, if he may come in with it. That it was used is noted, to the minute.
  public Optional<Program> program(String key, Instant now) {
    Optional<Program> holder = program("k.key_hash = cast(:key as char(64))", Digests.of(key), now);
    holder.map(Program::key).filter(used -> stale(used, now)).ifPresent(used -> used(used, now));
    return holder;
  }

  /// The same, by the id of the key.
  public Optional<Program> programById(String id, Instant now) {
    return program("k.id = :key", id, now);
  }

  private Optional<Program> program(String which, String value, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + ", "
                        + UserStore.COLUMNS
                        + " from api_keys k left join users u on u.id = k.user_id where "
                        + which
                        + """
                         and (k.expires_at is null or k.expires_at > :now)
                         and (k.user_id is null or u.state = 'ACTIVE')
                        """)
                .bind("key", value)
                .bind("now", now.toEpochMilli())
                .map(
                    (row, _) ->
                        new Program(
                            key(row),
                            row.getString("key_user") == null ? null : UserStore.user(row)))
                .findOne());
  }

  private static boolean stale(ApiKey key, Instant now) {
    Instant last = key.lastUsedAt();
    return last == null || last.isBefore(now.minus(USE_NOTED));
  }

  private void used(ApiKey key, Instant now) {
    jdbi.useTransaction(
        tx ->
            tx.createUpdate("update api_keys set last_used_at = :now where id = :id")
                .bind("now", now.toEpochMilli())
                .bind("id", key.id())
                .execute());
  }

  /// The newest first, at most as many as can be shown on a page.
  ///
  /// @param user whose; null: the installation's
  public List<ApiKey> list(@Nullable UserId user) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from api_keys k where coalesce(k.user_id, '') = :user"
                        + " order by k.created_at desc, k.id desc")
                .bind("user", user == null ? "" : user.value())
                .map((row, _) -> key(row))
                .list());
  }

  public Optional<ApiKey> find(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select " + COLUMNS + " from api_keys k where k.id = :id")
                .bind("id", id)
                .map((row, _) -> key(row))
                .findOne());
  }

  public void delete(String id) {
    jdbi.useTransaction(
        tx -> tx.createUpdate("delete from api_keys where id = :id").bind("id", id).execute());
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    String user = row.getString("key_user");
    return new ApiKey(
        row.getString("id"),
        user == null ? null : new UserId(user),
        row.getString("name"),
        Scope.parseWords(row.getString("scopes")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        instant(row, "expires_at"),
        instant(row, "last_used_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
