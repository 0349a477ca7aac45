package dev.tritontube.web.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Posters that owners choose, from the wish to the deletion of the last blob. Thread-safe; several
/// processes share it.
///
/// All transactions lock the video before its posters, as deleting one does.
public final class PosterStore {
  /// How long a picture may take to be stored, and what became of a wish is told.
  private static final Duration SHORT = Duration.ofMinutes(10);

  /// How long a wish waits for a worker.
  private static final Duration LONG = Duration.ofDays(1);

  private final Jdbi jdbi;
  private final String forUpdate;
  private final EventStore events;

  public PosterStore(Database database) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
    this.events = database.events();
  }

  /// How far a poster is.
  public enum State {
    ARRIVING,
    WAITING,
    REFUSED,
    SHOWN,
    GONE
  }

  /// @param code why it is REFUSED; null otherwise, as the detail
  public record Outcome(State state, @Nullable String code, @Nullable String detail) {}

  /// What a worker is to make.
  ///
  /// @param seconds the moment that it is to show; null: of the picture that was uploaded
  /// @param number of the blob that this try writes
  public record Wish(
      PosterId id, VideoId video, AssetId asset, @Nullable Double seconds, int number) {}

  /// Blobs that have to go.
  ///
  /// @param shown the number of the one that stays; null: none does
  /// @param last number that there may be
  public record Leftover(PosterId id, VideoId video, @Nullable Integer shown, int last) {}

  /// Puts a wish for a moment on record, in the place of those that are not granted yet.
  ///
  /// @param then more to do in the same transaction
  /// @return false when there is no such video
  public boolean wish(
      PosterId id, VideoId video, double seconds, Instant now, Consumer<Handle> then) {
    return jdbi.inTransaction(
        tx -> {
          boolean added = add(tx, id, video, State.WAITING, seconds, now);
          if (added) {
            then.accept(tx);
          }
          return added;
        });
  }

  /// Puts on record that a picture comes, in the place of wishes that are not granted yet.
  ///
  /// @return false when there is no such video
  public boolean arriving(PosterId id, VideoId video, Instant now) {
    return jdbi.inTransaction(tx -> add(tx, id, video, State.ARRIVING, null, now));
  }

  private boolean add(
      Handle tx, PosterId id, VideoId video, State state, @Nullable Double seconds, Instant now) {
    if (VideoStore.find(tx, video, forUpdate).isEmpty()) {
      return false;
    }
    tx.execute(
        """
        update posters set state = 'GONE', due_at = ?
        where video = ? and state in ('ARRIVING', 'WAITING', 'REFUSED')
        """,
        now.toEpochMilli(),
        video.value());
    tx.createUpdate(
            """
            insert into posters (id, video, state, seconds, tries, due_at)
            values (:id, :video, :state, :seconds, 0, :due)
            """)
        .bind("id", id.value())
        .bind("video", video.value())
        .bind("state", state.name())
        .bind("seconds", seconds)
        .bind("due", now.plus(state == State.ARRIVING ? SHORT : LONG).toEpochMilli())
        .execute();
    return true;
  }

  /// Says that a picture is stored.
  ///
  /// @param then more to do in the same transaction
  public void arrived(PosterId id, Instant now, Consumer<Handle> then) {
    jdbi.useTransaction(
        tx -> {
          if (turn(tx, id, State.ARRIVING, State.WAITING, now.plus(LONG))) {
            then.accept(tx);
          }
        });
  }

  private static boolean turn(Handle tx, PosterId id, State from, State to, Instant due) {
    return tx.execute(
            "update posters set state = ?, due_at = ? where id = ? and state = ?",
            to.name(),
            due.toEpochMilli(),
            id.value(),
            from.name())
        == 1;
  }

  /// Begins another try; empty when nobody wants it any more.
  public Optional<Wish> begin(PosterId id) {
    return jdbi.inTransaction(
        tx -> {
          tx.execute(
              "update posters set tries = tries + 1 where id = ? and state = 'WAITING'",
              id.value());
          return tx.createQuery(
                  """
                  select p.video, p.seconds, p.tries, v.asset_id
                  from posters p join videos v on v.id = p.video
                  where p.id = :id and p.state = 'WAITING'
                  """)
              .bind("id", id.value())
              .map((row, _) -> wish(id, row))
              .findOne();
        });
  }

  private static Wish wish(PosterId id, ResultSet row) throws SQLException {
    double seconds = row.getDouble("seconds");
    Double moment = row.wasNull() ? null : Double.valueOf(seconds);
    return new Wish(
        id,
        new VideoId(row.getString("video")),
        new AssetId(row.getString("asset_id")),
        moment,
        row.getInt("tries"));
  }

  /// Makes what was made of a wish the poster of its video.
  ///
  /// @return false when nobody wants it any more
  public boolean show(Wish wish, long bytes, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          Optional<Video> video = VideoStore.any(tx, wish.video(), forUpdate);
          if (video.isEmpty() || !shown(tx, wish, now)) {
            return false;
          }
          tx.execute(
              """
              update posters set state = 'GONE', due_at = ?
              where video = ? and state = 'SHOWN' and id <> ?
              """,
              now.toEpochMilli(),
              wish.video().value(),
              wish.id().value());
          put(tx, video.get(), OwnPoster.name(wish.id(), wish.number()), bytes, now);
          return true;
        });
  }

  /// Not by a try that was taken for dead: another has begun since.
  private static boolean shown(Handle tx, Wish wish, Instant now) {
    return tx.execute(
            """
            update posters set state = 'SHOWN', due_at = ?
            where id = ? and state = 'WAITING' and tries = ?
            """,
            now.toEpochMilli(),
            wish.id().value(),
            wish.number())
        == 1;
  }

  private void put(
      Handle tx, Video video, @Nullable String name, @Nullable Long bytes, Instant now) {
    tx.createUpdate(
            """
            update videos set poster = :name, poster_bytes = :bytes, updated_at = :now
            where id = :id
            """)
        .bind("name", name)
        .bind("bytes", bytes)
        .bind("now", now.toEpochMilli())
        .bind("id", video.id().value())
        .execute();
    events.edited(tx, video.id(), video.details().visibility(), now);
  }

  /// Says that it cannot be made.
  public void refuse(PosterId id, String code, String detail, Instant now) {
    jdbi.useTransaction(tx -> refuse(tx, id, code, detail, now));
  }

  private static void refuse(Handle tx, PosterId id, String code, String detail, Instant now) {
    if (turn(tx, id, State.WAITING, State.REFUSED, now.plus(SHORT))) {
      tx.execute(
          "update posters set error_code = ?, error_detail = ? where id = ?",
          code,
          detail,
          id.value());
    }
  }

  /// How often a worker began; empty when there is no such wish any more.
  public Optional<Integer> tries(PosterId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select tries from posters where id = :id and state = 'WAITING'")
                .bind("id", id.value())
                .mapTo(Integer.class)
                .findOne());
  }

  /// GONE also when there is nothing on record any more.
  public Outcome outcome(PosterId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select state, error_code, error_detail from posters where id = :id")
                .bind("id", id.value())
                .map(
                    (row, _) ->
                        new Outcome(
                            State.valueOf(row.getString("state")),
                            row.getString("error_code"),
                            row.getString("error_detail")))
                .findOne()
                .orElse(new Outcome(State.GONE, null, null)));
  }

  /// Takes an owner's poster away, and what is wished for.
  ///
  /// @return the video as it is now; empty when there is none
  public Optional<Video> drop(VideoId id, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          Optional<Video> video = VideoStore.find(tx, id, forUpdate);
          if (video.isPresent()) {
            release(tx, id, now);
            if (video.get().poster() != null) {
              put(tx, video.get(), null, null, now);
            }
          }
          return video.isEmpty() ? video : VideoStore.find(tx, id, "");
        });
  }

  /// Lets go of all posters of a video, which goes itself or has none any more.
  static void release(Handle tx, VideoId video, Instant now) {
    tx.execute(
        "update posters set state = 'GONE', due_at = ? where video = ? and state <> 'GONE'",
        now.toEpochMilli(),
        video.value());
  }

  /// Settles what a restored catalog has: nobody waits for wishes of then, and posters that were
  /// deleted since are not shown.
  ///
  /// @param lost videos whose poster was deleted
  public static void settle(Handle tx, List<VideoId> lost, Instant now) {
    tx.execute(
        "update posters set state = 'GONE', due_at = ? where state in ('ARRIVING', 'WAITING', 'REFUSED')",
        now.toEpochMilli());
    for (VideoId video : lost) {
      release(tx, video, now);
      tx.execute(
          "update videos set poster = null, poster_bytes = null where id = ?", video.value());
    }
  }

  /// Takes some whose blobs have to go. They are due again after `lease`, in case nobody calls
  /// `done` until then; two that work on the same one do no harm.
  public List<Leftover> take(int limit, Instant now, Duration lease) {
    List<PosterId> due =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select id from posters where due_at <= :now order by due_at limit :limit")
                    .bind("now", now.toEpochMilli())
                    .bind("limit", limit)
                    .map((row, _) -> new PosterId(row.getString("id")))
                    .list());
    return due.stream().flatMap(id -> claim(id, now, lease).stream()).toList();
  }

  /// What nobody waits for any more is given up with that.
  private Optional<Leftover> claim(PosterId id, Instant now, Duration lease) {
    return jdbi.inTransaction(
        tx -> {
          int claimed =
              tx.execute(
                  """
                  update posters set due_at = ?,
                    state = case when state = 'SHOWN' then 'SHOWN' else 'GONE' end
                  where id = ? and due_at <= ?
                  """,
                  now.plus(lease).toEpochMilli(),
                  id.value(),
                  now.toEpochMilli());
          return claimed == 0 ? Optional.<Leftover>empty() : leftover(tx, id);
        });
  }

  /// What is shown has the number of its last try, after which no other began.
  private static Optional<Leftover> leftover(Handle tx, PosterId id) {
    return tx.createQuery("select video, state, tries from posters where id = :id")
        .bind("id", id.value())
        .map(
            (row, _) ->
                new Leftover(
                    id,
                    new VideoId(row.getString("video")),
                    row.getString("state").equals(State.SHOWN.name())
                        ? Integer.valueOf(row.getInt("tries"))
                        : null,
                    row.getInt("tries")))
        .findOne();
  }

  /// Says that the blobs are gone. What was shown and is not any more since is due again.
  public void done(Leftover leftover) {
    String sql =
        leftover.shown() == null
            ? "delete from posters where id = ? and state = 'GONE'"
            : "update posters set due_at = null where id = ? and state = 'SHOWN'";
    jdbi.useTransaction(tx -> tx.execute(sql, leftover.id().value()));
  }
}
