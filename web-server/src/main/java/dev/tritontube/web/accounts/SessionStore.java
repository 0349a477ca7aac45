package dev.tritontube.web.accounts;

import dev.tritontube.web.accounts.Caller.Person;
import dev.tritontube.web.catalog.Database;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Who is signed in. Thread-safe; several processes share it.
///
/// A session ends by its row's end. The refresh token of a session carries the number in its row,
/// which goes up each time one is used: a token with an older number was used before.
public final class SessionStore {
  private static final int MAX_OF_ONE = 50;

  private final Jdbi jdbi;

  public SessionStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /// Begins a session. Of one user's, the oldest end when there are too many.
  public void begin(String session, UserId user, Instant now, Instant expires) {
    jdbi.useTransaction(
        tx -> {
          tx.createUpdate(
                  """
                  insert into sessions (id, user_id, serial, created_at, expires_at)
                  values (:id, :user, 1, :now, :expires)
                  """)
              .bind("id", session)
              .bind("user", user.value())
              .bind("now", now.toEpochMilli())
              .bind("expires", expires.toEpochMilli())
              .execute();
          endOldest(tx, user);
        });
  }

  private static void endOldest(Handle tx, UserId user) {
    tx.createUpdate(
            """
            delete from sessions where user_id = :user and id not in (
              select id from sessions where user_id = :user
              order by created_at desc, id desc limit :limit)
            """)
        .bind("user", user.value())
        .bind("limit", MAX_OF_ONE)
        .execute();
  }

  /// The user of a session that goes on, if he may come in.
  public Optional<Person> person(String session, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + UserStore.COLUMNS
                        + """
                         from sessions s join users u on u.id = s.user_id
                        where s.id = :session and s.expires_at > :now and u.state = 'ACTIVE'
                        """)
                .bind("session", session)
                .bind("now", now.toEpochMilli())
                .map((row, _) -> new Person(UserStore.user(row), session))
                .findOne());
  }

  /// Takes a refresh token for used.
  ///
  /// @return false when it was used before, or the session is over
  public boolean renew(String session, long serial, Instant now, Instant expires) {
    return jdbi.inTransaction(
        tx ->
            tx.createUpdate(
                        """
                        update sessions set serial = serial + 1, expires_at = :expires
                        where id = :session and serial = :serial and expires_at > :now
                        """)
                    .bind("session", session)
                    .bind("serial", serial)
                    .bind("now", now.toEpochMilli())
                    .bind("expires", expires.toEpochMilli())
                    .execute()
                == 1);
  }

  public void end(String session) {
    jdbi.useTransaction(
        tx -> tx.createUpdate("delete from sessions where id = :id").bind("id", session).execute());
  }

  /// Forgets what is over.
  public void prune(Instant now) {
    jdbi.useTransaction(
        tx -> {
          for (String table : new String[] {"sessions", "password_resets"}) {
            tx.createUpdate("delete from " + table + " where expires_at <= :now")
                .bind("now", now.toEpochMilli())
                .execute();
          }
        });
  }
}
