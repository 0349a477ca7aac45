package dev.tritontube.web.frames;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.frames.FrameSet.Archive;
import dev.tritontube.web.frames.FrameSet.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/// Who takes the pictures of which set, under leases that end by themselves when a worker dies, and
/// what there is of the archives. Thread-safe; several processes share it.
///
/// An attempt is on record with the number of the piece that it may write next before it writes it.
/// Whoever takes a set over becomes its attempt, and nothing that another one does counts any more.
final class FrameWorkStore {
  /// Nobody took it over, and nobody deleted it.
  private static final String MINE = " where id = :id and attempt = :attempt and state = 'RUNNING'";

  private final Jdbi jdbi;
  private final String forUpdate;

  FrameWorkStore(Database database) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
  }

  /// A set, and who takes its pictures.
  record Attempt(FrameSet set, String id) {
    BlobKey key(int number) {
      return FramePiece.key(set.of().asset(), set.id(), number, id);
    }
  }

  /// The set whose turn it is: one that is due, or whose worker died, of the owner whose last turn
  /// is the longest ago; of those for whom a worker is busy only when there is no other.
  Optional<String> due(Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id from frame_sets s
                    where state in ('QUEUED', 'RUNNING') and due_at <= :now
                    order by
                      (select count(*) from frame_sets r
                        where r.owner = s.owner and r.state = 'RUNNING' and r.due_at > :now),
                      due_at, created_at
                    limit 1
                    """)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne());
  }

  /// Begins an attempt, in the place of whoever made one.
  ///
  /// @return empty when somebody else has just begun one, or nothing is to be done
  Optional<Attempt> begin(String set, String attempt, Instant now, Duration lease) {
    return jdbi.inTransaction(
        tx -> {
          int begun =
              tx.createUpdate(
                      """
                      update frame_sets set state = 'RUNNING', attempt = :attempt, due_at = :until
                      where id = :id and state in ('QUEUED', 'RUNNING') and due_at <= :now
                      """)
                  .bind("attempt", attempt)
                  .bind("until", now.plus(lease).toEpochMilli())
                  .bind("id", set)
                  .bind("now", now.toEpochMilli())
                  .execute();
          if (begun == 0) {
            return Optional.empty();
          }
          int next = pieces(tx, set).size();
          tx.execute(
              "insert into frame_attempts (set_id, attempt, first, reserved) values (?, ?, ?, ?)",
              set,
              attempt,
              next,
              next + 1);
          return Optional.of(new Attempt(set(tx, set), attempt));
        });
  }

  private static FrameSet set(Handle handle, String id) {
    return handle
        .createQuery("select * from frame_sets where id = :id")
        .bind("id", id)
        .map((row, _) -> FrameSetStore.set(row))
        .one();
  }

  /// What there is of an archive, in order.
  List<FramePiece> pieces(String set) {
    return jdbi.withHandle(handle -> pieces(handle, set));
  }

  private static List<FramePiece> pieces(Handle handle, String set) {
    return handle
        .createQuery("select * from frame_pieces where set_id = :set order by number")
        .bind("set", set)
        .map((row, _) -> piece(row))
        .list();
  }

  /// The piece that has a byte.
  Optional<FramePiece> pieceAt(String set, long offset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from frame_pieces where set_id = :set and start_at <= :offset
                    order by start_at desc limit 1
                    """)
                .bind("set", set)
                .bind("offset", offset)
                .map((row, _) -> piece(row))
                .findOne()
                .filter(piece -> offset < piece.end()));
  }

  private static FramePiece piece(ResultSet row) throws SQLException {
    return new FramePiece(
        row.getInt("number"),
        row.getLong("start_at"),
        row.getLong("length"),
        row.getString("attempt"),
        row.getInt("first_frame"),
        FramePiece.entries(row.getString("entries")));
  }

  /// What attempts may have written that is no piece, this one's own apart.
  List<BlobKey> leftovers(Attempt attempt) {
    List<FramePiece> pieces = pieces(attempt.set().id());
    Set<BlobKey> leftovers = new LinkedHashSet<>(written(attempt.set()));
    pieces.forEach(piece -> leftovers.remove(piece.key(attempt.set())));
    leftovers.remove(attempt.key(pieces.size()));
    return List.copyOf(leftovers);
  }

  /// All that attempts at a set may have written.
  List<BlobKey> written(FrameSet set) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from frame_attempts where set_id = :set")
                .bind("set", set.id())
                .map((row, _) -> keys(set, row))
                .list()
                .stream()
                .flatMap(List::stream)
                .toList());
  }

  private static List<BlobKey> keys(FrameSet set, ResultSet row) throws SQLException {
    List<BlobKey> keys = new ArrayList<>();
    for (int number = row.getInt("first"); number < row.getInt("reserved"); number++) {
      keys.add(FramePiece.key(set.of().asset(), set.id(), number, row.getString("attempt")));
    }
    return keys;
  }

  /// Says that the worker lives, and how far it is.
  ///
  /// @return false when nothing more is wanted of it
  boolean prolong(Attempt attempt, int done, Instant until) {
    return jdbi.inTransaction(tx -> prolong(tx, attempt, done, until));
  }

  private static boolean prolong(Handle tx, Attempt attempt, int done, Instant until) {
    return tx.createUpdate("update frame_sets set done = :done, due_at = :until" + MINE)
            .bind("done", done)
            .bind("until", until.toEpochMilli())
            .bind("id", attempt.set().id())
            .bind("attempt", attempt.id())
            .execute()
        == 1;
  }

  /// Puts a piece on record that is on the ring, and declares the next one.
  ///
  /// @return false when nothing more is wanted of this attempt
  boolean record(Attempt attempt, FramePiece piece, Instant until) {
    return jdbi.inTransaction(
        tx -> {
          int done = piece.firstFrame() + piece.entries().size();
          if (!prolong(tx, attempt, done, until)) {
            return false;
          }
          insert(tx, attempt, piece);
          tx.execute(
              "update frame_attempts set reserved = ? where set_id = ? and attempt = ?",
              piece.number() + 2,
              attempt.set().id(),
              attempt.id());
          tx.execute("update frame_sets set failures = 0 where id = ?", attempt.set().id());
          return true;
        });
  }

  private static void insert(Handle tx, Attempt attempt, FramePiece piece) {
    tx.createUpdate(
            """
            insert into frame_pieces
              (set_id, number, start_at, length, attempt, first_frame, frames, entries)
            values (:set, :number, :start, :length, :attempt, :first, :frames, :entries)
            """)
        .bind("set", attempt.set().id())
        .bind("number", piece.number())
        .bind("start", piece.start())
        .bind("length", piece.length())
        .bind("attempt", piece.attempt())
        .bind("first", piece.firstFrame())
        .bind("frames", piece.entries().size())
        .bind("entries", FramePiece.text(piece.entries()))
        .execute();
  }

  /// What the archives of an owner have, also those that are being made.
  long bytes(Owner owner) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select %s from frame_sets where owner = :owner and state <> 'DELETING'"
                        .formatted(FrameSetStore.BYTES))
                .bind("owner", owner.value())
                .mapTo(Long.class)
                .one());
  }

  /// The archive is whole.
  void complete(Attempt attempt, Archive archive, Instant now, Instant expires) {
    end(
        attempt,
        now,
        tx ->
            tx.createUpdate(
                    """
                    update frame_sets set state = 'COMPLETED', done = frames, bytes = :bytes,
                      directory_at = :directory, ended_at = :now, expires_at = :expires
                    """
                        + MINE)
                .bind("bytes", archive.bytes())
                .bind("directory", archive.directoryAt())
                .bind("now", now.toEpochMilli())
                .bind("expires", expires.toEpochMilli())
                .bind("id", attempt.set().id())
                .bind("attempt", attempt.id())
                .execute());
  }

  /// There will be none; what there is of it is deleted.
  void fail(Attempt attempt, Failure failure, Instant now) {
    end(
        attempt,
        now,
        tx ->
            tx.createUpdate(
                    """
                    update frame_sets set state = 'FAILED', error_code = :code,
                      error_detail = :detail, ended_at = :now, sweep_at = :now
                    """
                        + MINE)
                .bind("code", failure.code())
                .bind("detail", failure.detail())
                .bind("now", now.toEpochMilli())
                .bind("id", attempt.set().id())
                .bind("attempt", attempt.id())
                .execute());
  }

  /// How often in a row it failed.
  int failures(Attempt attempt) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select failures from frame_sets where id = :id")
                .bind("id", attempt.set().id())
                .mapTo(Integer.class)
                .findOne()
                .orElse(0));
  }

  /// Lets it be tried again.
  ///
  /// @param failures how often in a row it failed
  void putOff(Attempt attempt, int failures, Instant now, Instant due) {
    end(
        attempt,
        now,
        tx ->
            tx.createUpdate(
                    """
                    update frame_sets set state = 'QUEUED', failures = :failures, due_at = :due
                    """
                        + MINE)
                .bind("failures", failures)
                .bind("due", due.toEpochMilli())
                .bind("id", attempt.set().id())
                .bind("attempt", attempt.id())
                .execute());
  }

  /// Ends an attempt. Its owner had a turn: what others have been waiting with comes first now.
  ///
  /// @param ending says how many sets it ended: none, when nothing was wanted of the attempt
  private void end(Attempt attempt, Instant now, HandleCallback<Integer, RuntimeException> ending) {
    jdbi.useTransaction(
        tx -> {
          if (ending.withHandle(tx) == 1) {
            putBehind(tx, attempt.set().owner(), now);
          }
        });
  }

  /// Locks in one order, since others may do the same.
  private void putBehind(Handle tx, Owner owner, Instant now) {
    tx.createUpdate(
            """
            update frame_sets set due_at = :now where id in (
              select id from frame_sets
              where owner = :owner and state = 'QUEUED' and due_at < :now order by id%s)
            """
                .formatted(forUpdate))
        .bind("owner", owner.value())
        .bind("now", now.toEpochMilli())
        .execute();
  }
}
