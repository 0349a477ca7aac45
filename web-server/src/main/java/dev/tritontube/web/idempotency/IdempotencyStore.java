package dev.tritontube.web.idempotency;

import dev.tritontube.web.catalog.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Requests with a key, and what was answered. Thread-safe; several processes share it.
final class IdempotencyStore {
  private final Jdbi jdbi;
  private final String forUpdate;

  IdempotencyStore(Database database) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
  }

  /// A request that somebody wants to carry out.
  ///
  /// @param name of its key
  /// @param attempt who wants to
  record Wish(String name, String fingerprint, String attempt) {}

  /// What comes of it.
  sealed interface Answer {
    /// To be carried out, and to be ended by `done` or `drop`; `prolong` keeps it meanwhile.
    record Go() implements Answer {}

    /// Somebody else does.
    record UnderWay() implements Answer {}

    /// The key was used for another request.
    record Mismatch() implements Answer {}

    /// It was done.
    ///
    /// @param sealed what was answered
    record Done(String sealed) implements Answer {}
  }

  private record Known(String fingerprint, @Nullable Long leaseUntil, @Nullable String answer) {}

  private static Known known(ResultSet row) throws SQLException {
    long lease = row.getLong("lease_until");
    return new Known(
        row.getString("fingerprint"),
        row.wasNull() ? null : Long.valueOf(lease),
        row.getString("answer"));
  }

  /// @param lease until when nobody else carries it out
  /// @param expires when the key is free again
  Answer begin(Wish wish, Instant lease, Instant expires, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          tx.createUpdate("delete from idempotency_keys where id = :id and expires_at <= :now")
              .bind("id", wish.name())
              .bind("now", now.toEpochMilli())
              .execute();
          return inserted(tx, wish, lease, expires) ? new Answer.Go() : again(tx, wish, lease, now);
        });
  }

  private static boolean inserted(Handle tx, Wish wish, Instant lease, Instant expires) {
    return tx.createUpdate(
                """
                insert into idempotency_keys (id, fingerprint, attempt, lease_until, expires_at)
                values (:id, :fingerprint, :attempt, :lease, :expires) on conflict (id) do nothing
                """)
            .bind("id", wish.name())
            .bind("fingerprint", wish.fingerprint())
            .bind("attempt", wish.attempt())
            .bind("lease", lease.toEpochMilli())
            .bind("expires", expires.toEpochMilli())
            .execute()
        == 1;
  }

  private Answer again(Handle tx, Wish wish, Instant lease, Instant now) {
    Optional<Known> row =
        tx.createQuery(
                "select fingerprint, lease_until, answer from idempotency_keys where id = :id"
                    + forUpdate)
            .bind("id", wish.name())
            .map((found, _) -> known(found))
            .findOne();
    if (row.isEmpty()) {
      return new Answer.UnderWay(); // It was just refused.
    }
    Known known = row.get();
    if (!known.fingerprint().equals(wish.fingerprint())) {
      return new Answer.Mismatch();
    }
    if (known.answer() != null) {
      return new Answer.Done(known.answer());
    }
    if (known.leaseUntil() != null && known.leaseUntil() > now.toEpochMilli()) {
      return new Answer.UnderWay();
    }
    // Whoever carried it out is gone.
    tx.createUpdate(
            "update idempotency_keys set attempt = :attempt, lease_until = :lease where id = :id")
        .bind("attempt", wish.attempt())
        .bind("lease", lease.toEpochMilli())
        .bind("id", wish.name())
        .execute();
    return new Answer.Go();
  }

  /// Keeps what was answered, if nobody else has taken it up meanwhile.
  void done(String attempt, String sealed, Instant expires) {
    jdbi.useTransaction(
        tx ->
            tx.createUpdate(
                    """
                    update idempotency_keys set answer = :answer, lease_until = null,
                      expires_at = :expires
                    where attempt = :attempt
                    """)
                .bind("answer", sealed)
                .bind("expires", expires.toEpochMilli())
                .bind("attempt", attempt)
                .execute());
  }

  /// Frees the key: nothing came of the request.
  void drop(String attempt) {
    jdbi.useTransaction(
        tx -> tx.execute("delete from idempotency_keys where attempt = ?", attempt));
  }

  void prolong(Collection<String> attempts, Instant lease) {
    if (!attempts.isEmpty()) {
      jdbi.useTransaction(
          tx ->
              tx.createUpdate(
                      """
                      update idempotency_keys set lease_until = :lease
                      where attempt in (<attempts>) and answer is null
                      """)
                  .bind("lease", lease.toEpochMilli())
                  .bindList("attempts", attempts)
                  .execute());
    }
  }

  /// Forgets what is over, and the oldest of more than `most`.
  void prune(Instant now, long most) {
    jdbi.useTransaction(
        tx -> {
          Optional<Long> newest =
              tx.createQuery(
                      "select expires_at from idempotency_keys order by expires_at desc limit 1"
                          + " offset :most")
                  .bind("most", most)
                  .mapTo(Long.class)
                  .findOne();
          tx.createUpdate("delete from idempotency_keys where expires_at <= :end")
              .bind("end", Math.max(now.toEpochMilli(), newest.orElse(0L)))
              .execute();
        });
  }
}
