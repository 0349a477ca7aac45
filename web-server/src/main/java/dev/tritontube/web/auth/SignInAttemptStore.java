package dev.tritontube.web.auth;

import dev.tritontube.web.catalog.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// How often signing in failed lately, by account and by address. In the catalog, so that asking
/// several web servers, or a new one, gives no further attempts. Thread-safe.
final class SignInAttemptStore {
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private final Jdbi jdbi;
  private final String forUpdate;

  SignInAttemptStore(Database database) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
  }

  /// What attempts are counted by.
  ///
  /// @param free how many may fail before there is a pause
  /// @param longest pause; they double from a second on
  record Subject(String name, int free, Duration longest) {
    Duration pause(int failures) {
      int beyond = failures - free;
      if (beyond <= 0) {
        return Duration.ZERO;
      }
      Duration doubled = Duration.ofSeconds(1L << Math.min(beyond - 1, 20));
      return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
  }

  /// Counts an attempt as failed before it is made, so that many at once are no way around.
  ///
  /// @param subjects in an order that is the same for all
  /// @return how long is to be waited first; then nothing was counted
  Optional<Duration> begin(List<Subject> subjects, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          List<Counted> counted = subjects.stream().map(subject -> counted(tx, subject)).toList();
          long blocked = counted.stream().mapToLong(Counted::blockedUntil).max().orElse(0);
          if (blocked > now.toEpochMilli()) {
            return Optional.of(Duration.ofMillis(blocked - now.toEpochMilli()));
          }
          for (Counted each : counted) {
            count(tx, each, now);
          }
          return Optional.empty();
        });
  }

  private record Counted(Subject subject, int failures, long lastAt, long blockedUntil) {}

  private Counted counted(Handle tx, Subject subject) {
    tx.createUpdate(
            """
            insert into sign_in_attempts (subject, failures, last_at, blocked_until)
            values (:subject, 0, 0, 0) on conflict (subject) do nothing
            """)
        .bind("subject", subject.name())
        .execute();
    return tx.createQuery(
            "select failures, last_at, blocked_until from sign_in_attempts where subject = :subject"
                + forUpdate)
        .bind("subject", subject.name())
        .map((row, _) -> new Counted(subject, row.getInt(1), row.getLong(2), row.getLong(3)))
        .one();
  }

  private static void count(Handle tx, Counted before, Instant now) {
    boolean old = before.lastAt() < now.minus(FORGOTTEN).toEpochMilli();
    int failures = old ? 1 : before.failures() + 1;
    tx.createUpdate(
            """
            update sign_in_attempts set failures = :failures, last_at = :now,
              blocked_until = :blocked where subject = :subject
            """)
        .bind("failures", failures)
        .bind("now", now.toEpochMilli())
        .bind("blocked", now.plus(before.subject().pause(failures)).toEpochMilli())
        .bind("subject", before.subject().name())
        .execute();
  }

  /// Takes back what was counted: all of the account's, and one of the address's, from where many
  /// may come.
  void succeeded(Subject account, Subject address) {
    jdbi.useTransaction(
        tx -> {
          tx.createUpdate("delete from sign_in_attempts where subject = :subject")
              .bind("subject", account.name())
              .execute();
          tx.createUpdate(
                  """
                  update sign_in_attempts set failures = failures - 1
                  where subject = :subject and failures > 0
                  """)
              .bind("subject", address.name())
              .execute();
        });
  }

  void prune(Instant now) {
    jdbi.useTransaction(
        tx ->
            tx.createUpdate("delete from sign_in_attempts where last_at < :before")
                .bind("before", now.minus(FORGOTTEN).toEpochMilli())
                .execute());
  }
}
