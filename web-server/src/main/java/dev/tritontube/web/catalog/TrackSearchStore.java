package dev.tritontube.web.catalog;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Looking through files for what is to be read in them: what is to be done, and what was found.
/// Thread-safe; several processes share the work.
public final class TrackSearchStore {
  private final Jdbi jdbi;
  private final String forUpdate;
  private final EventStore events;
  private final RandomGenerator random = new SecureRandom();

  public TrackSearchStore(Database database) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
    this.events = database.events();
  }

  /// How far the search is.
  public enum State {
    PENDING,
    DONE,
    /// It was tried as often as it makes sense.
    FAILED
  }

  /// @param attempts how often it was tried before
  public record Search(AssetId asset, int attempts) {}

  /// @param skipped what was left out, as JSON
  public record Standing(State state, String skipped) {}

  /// A text of a file.
  public record Found(TrackWords words, NewText text) {}

  /// Puts a file in line, as part of the transaction that plans it. One that was looked through
  /// before is not again, unless that failed.
  public static void add(Handle tx, AssetId asset, Instant now) {
    tx.createUpdate(
            """
            insert into track_searches (asset_id, state, due_at, attempts, skipped)
            select id, 'PENDING', :now, 0, '[]' from assets where id = :asset and state = 'LIVE'
            on conflict (asset_id) do update set state = 'PENDING', due_at = excluded.due_at,
              attempts = 0
            where track_searches.state = 'FAILED'
            """)
        .bind("asset", asset.value())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /// Takes the one that came in line last: for the new ones people wait. It is due again after
  /// `lease`, in case nobody says how it ended.
  public Optional<Search> take(Instant now, Duration lease) {
    return jdbi.withHandle(handle -> due(handle, now))
        .filter(search -> claimed(search, now, lease));
  }

  private static Optional<Search> due(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            select asset_id, attempts from track_searches
            where state = 'PENDING' and due_at <= :now order by due_at desc limit 1
            """)
        .bind("now", now.toEpochMilli())
        .map((row, _) -> new Search(new AssetId(row.getString("asset_id")), row.getInt("attempts")))
        .findOne();
  }

  private boolean claimed(Search search, Instant now, Duration lease) {
    return jdbi.inTransaction(
        tx ->
            tx.createUpdate(
                        """
                        update track_searches set due_at = :until, attempts = attempts + 1
                        where asset_id = :asset and state = 'PENDING' and due_at <= :now
                        """)
                    .bind("until", now.plus(lease).toEpochMilli())
                    .bind("asset", search.asset().value())
                    .bind("now", now.toEpochMilli())
                    .execute()
                == 1);
  }

  /// Puts off one that failed.
  public void retryAt(AssetId asset, Instant due) {
    jdbi.useTransaction(
        tx ->
            tx.execute(
                "update track_searches set due_at = ? where asset_id = ?",
                due.toEpochMilli(),
                asset.value()));
  }

  /// Gives one up.
  public void fail(AssetId asset) {
    jdbi.useTransaction(tx -> end(tx, asset, State.FAILED, "[]"));
  }

  /// Keeps what was found, and gives it to all videos of the file. Does nothing if that was done,
  /// or the file is gone.
  ///
  /// @param skipped what was left out, as JSON
  public void done(AssetId asset, List<Found> found, String skipped, Instant now) {
    jdbi.useTransaction(
        tx -> {
          lock(tx, asset);
          if (end(tx, asset, State.DONE, skipped) && !found.isEmpty()) {
            for (int i = 0; i < found.size(); i++) {
              TextStore.add(tx, asset, found.get(i).text());
              insert(tx, asset, i, found.get(i));
            }
            give(tx, videos(tx, asset), now);
          }
        });
  }

  /// Until the transaction ends, nothing is uploaded that shares the file.
  private void lock(Handle tx, AssetId asset) {
    tx.createQuery("select id from assets where id = :asset" + forUpdate)
        .bind("asset", asset.value())
        .mapTo(String.class)
        .findOne();
  }

  private void give(Handle tx, List<Video> videos, Instant now) {
    videos.forEach(video -> adopt(tx, video, random, now));
    videos.stream()
        .filter(video -> video.deletedAt() == null)
        .forEach(video -> TrackStore.changed(tx, events, video, now));
  }

  private static boolean end(Handle tx, AssetId asset, State state, String skipped) {
    return tx.createUpdate(
                """
                update track_searches set state = :state, skipped = :skipped
                where asset_id = :asset and state = 'PENDING'
                """)
            .bind("state", state.name())
            .bind("skipped", skipped)
            .bind("asset", asset.value())
            .execute()
        == 1;
  }

  private static void insert(Handle tx, AssetId asset, int position, Found track) {
    tx.createUpdate(
            """
            insert into asset_tracks (asset_id, position, kind, language, label, forced, text_id)
            values (:asset, :position, :kind, :language, :label, :forced, :text)
            """)
        .bind("asset", asset.value())
        .bind("position", position)
        .bind("kind", track.words().kind().word())
        .bind("language", track.words().language())
        .bind("label", track.words().label())
        .bind("forced", track.words().forced())
        .bind("text", track.text().id().value())
        .execute();
  }

  /// Those that could be restored among them.
  private List<Video> videos(Handle tx, AssetId asset) {
    return tx
        .createQuery("select id from videos where asset_id = :asset order by id")
        .bind("asset", asset.value())
        .map((row, _) -> new VideoId(row.getString("id")))
        .stream()
        .flatMap(id -> VideoStore.any(tx, id, forUpdate).stream())
        .toList();
  }

  /// Gives a video what was found in its file, as its own to change: as much as it may have beside
  /// what its owner uploaded meanwhile.
  static void adopt(Handle tx, Video video, RandomGenerator random, Instant now) {
    List<Adoptable> tracks =
        tx.createQuery(
                """
                select a.*, x.bytes from asset_tracks a join texts x on x.id = a.text_id
                where a.asset_id = :asset order by a.position
                """)
            .bind("asset", video.asset().value())
            .map((row, _) -> adoptable(row, random))
            .list();
    for (Adoptable track : tracks) {
      if (TrackStore.hasRoom(tx, video.id(), track.bytes())) {
        TrackStore.insert(tx, video.id(), track.track(), now);
      }
    }
  }

  private record Adoptable(TrackStore.Added track, long bytes) {}

  private static Adoptable adoptable(ResultSet row, RandomGenerator random) throws SQLException {
    TrackWords words =
        new TrackWords(
            TrackKind.parse(row.getString("kind")).orElseThrow(),
            row.getString("language"),
            row.getString("label"),
            false,
            row.getBoolean("forced"));
    TextId text = new TextId(row.getString("text_id"));
    return new Adoptable(
        new TrackStore.Added(
            TrackId.random(random), words, text, "embedded", row.getInt("position")),
        row.getLong("bytes"));
  }

  /// Empty for what was not planned yet.
  public Optional<Standing> of(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select state, skipped from track_searches where asset_id = :asset")
                .bind("asset", asset.value())
                .map(
                    (row, _) ->
                        new Standing(
                            State.valueOf(row.getString("state")), row.getString("skipped")))
                .findOne());
  }
}
