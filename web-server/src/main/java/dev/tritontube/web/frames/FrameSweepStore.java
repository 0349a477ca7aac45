package dev.tritontube.web.frames;

import dev.tritontube.web.catalog.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// The durable queue of sets whose blobs have to go. Thread-safe; several processes share it.
final class FrameSweepStore {
  private final Jdbi jdbi;

  FrameSweepStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /// @param tries how often it was tried before
  record Sweep(FrameSet set, int tries) {}

  /// Lets sets go whose time is over.
  ///
  /// @return how many
  int expire(Instant now) {
    boolean some =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select 1 from frame_sets where expires_at <= :now and state <> 'DELETING'
                        limit 1
                        """)
                    .bind("now", now.toEpochMilli())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent());
    return some ? expireAll(now) : 0;
  }

  private int expireAll(Instant now) {
    return jdbi.inTransaction(
        tx ->
            tx.createUpdate(
                    """
                    update frame_sets set state = 'DELETING', sweep_at = :now
                    where expires_at <= :now and state <> 'DELETING'
                    """)
                .bind("now", now.toEpochMilli())
                .execute());
  }

  /// Takes some that are due. They are due again after `lease`, in case nobody calls `done` until
  /// then; two that work on the same one do no harm.
  List<Sweep> take(int limit, Instant now, Duration lease) {
    return due(limit, now).stream().filter(sweep -> claimed(sweep, now, lease)).toList();
  }

  private List<Sweep> due(int limit, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from frame_sets where sweep_at is not null and sweep_at <= :now
                    order by sweep_at limit :limit
                    """)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map((row, _) -> new Sweep(FrameSetStore.set(row), row.getInt("sweep_tries")))
                .list());
  }

  private boolean claimed(Sweep sweep, Instant now, Duration lease) {
    return jdbi.inTransaction(
            tx ->
                tx.execute(
                    """
                    update frame_sets set sweep_at = ?, sweep_tries = sweep_tries + 1
                    where id = ? and sweep_at <= ?
                    """,
                    now.plus(lease).toEpochMilli(),
                    sweep.set().id(),
                    now.toEpochMilli()))
        == 1;
  }

  /// Puts off one that failed.
  void retryAt(Sweep sweep, Instant due) {
    jdbi.useTransaction(
        tx ->
            tx.execute(
                "update frame_sets set sweep_at = ? where id = ?",
                due.toEpochMilli(),
                sweep.set().id()));
  }

  /// Forgets blobs that are gone, and the set itself if nobody is to see it any more.
  void done(Sweep sweep) {
    String id = sweep.set().id();
    jdbi.useTransaction(
        tx -> {
          tx.execute("delete from frame_pieces where set_id = ?", id);
          tx.execute("delete from frame_attempts where set_id = ?", id);
          tx.execute("update frame_sets set sweep_at = null where id = ?", id);
          tx.execute("delete from frame_sets where id = ? and state = 'DELETING'", id);
        });
  }
}
