package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Segments that somebody waits for, on record so that any worker may see to them. Thread-safe.
final class DemandStore {
  /// For how long a segment is wanted after somebody last asked for it.
  static final Duration KEPT = Duration.ofSeconds(60);

  /// Ranks: the lower, the sooner. The beginning of an asset, for which a player waits; the same,
  /// for which one will soon, as far as we know.
  static final int START_ASKED = 0;

  static final int START = 1;

  /// A player waits for it.
  static final int ASKED = 2;

  /// A player will ask for it.
  static final int SOON = 3;

  /// A player will ask for it, if one comes at all.
  static final int IF_WATCHED = 4;

  private static final int AT_ONCE = 100;

  /// A beginning comes before what a player asked for, unless that has waited longer by so much: a
  /// player has some seconds left when it asks, and many beginnings would use them up.
  private static final Duration HEAD_START = Duration.ofSeconds(3);

  private final Jdbi jdbi;
  private final InstantSource clock;

  DemandStore(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  record Demand(
      AssetId asset, String revision, String representation, long number, int rank, Instant at) {
    /// Whether nothing that has time may run beside it.
    boolean pressing() {
      return rank <= ASKED;
    }

    /// Whether a player waits for it.
    boolean asked() {
      return rank == START_ASKED || rank == ASKED;
    }

    /// Whether a player waits for it that has begun to play, so that its buffer runs out meanwhile.
    boolean playing() {
      return rank == ASKED;
    }

    SegmentName name() {
      return new SegmentName(asset, revision, representation, number);
    }
  }

  /// Notes that a player waits for a segment.
  ///
  /// @param seconds where in the video it is
  void ask(SegmentName name, double seconds) {
    Demand demand =
        new Demand(
            name.asset(),
            name.revision(),
            name.representation(),
            name.number(),
            ASKED,
            clock.instant());
    jdbi.useTransaction(
        handle -> {
          add(handle, demand);
          handle.execute(
              "update packaging set playhead_seconds = ? where asset = ?",
              seconds,
              name.asset().value());
        });
  }

  /// Notes that a player has come. Mostly there is nothing to note, which does not take the lock of
  /// a write to find out.
  ///
  /// @return whether it will ask for something that is to be made before it does
  boolean watched(AssetId asset) {
    boolean some =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select 1 from packaging_demands where asset = :asset and rank = :ifWatched limit 1")
                    .bind("asset", asset.value())
                    .bind("ifWatched", IF_WATCHED)
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent());
    if (some) {
      jdbi.useTransaction(
          handle ->
              handle.execute(
                  "update packaging_demands set rank = ?, asked_at = ? where asset = ? and rank = ?",
                  SOON,
                  clock.millis(),
                  asset.value(),
                  IF_WATCHED));
    }
    return some;
  }

  static void add(Handle handle, Demand demand) {
    handle
        .createUpdate(
            """
            insert into packaging_demands (asset, revision, representation, number, rank, asked_at)
            values (:asset, :revision, :representation, :number, :rank, :at)
            on conflict (asset, revision, representation, number) do update set
              rank = case
                when packaging_demands.rank = :start and excluded.rank = :asked then :startAsked
                when packaging_demands.rank < excluded.rank then packaging_demands.rank
                else excluded.rank end,
              asked_at = case
                when packaging_demands.rank > :asked then excluded.asked_at
                else packaging_demands.asked_at end
            """)
        .bind("start", START)
        .bind("asked", ASKED)
        .bind("startAsked", START_ASKED)
        .bind("asset", demand.asset().value())
        .bind("revision", demand.revision())
        .bind("representation", demand.representation())
        .bind("number", demand.number())
        .bind("rank", demand.rank())
        .bind("at", demand.at().toEpochMilli())
        .execute();
  }

  static void met(Handle handle, Attempt attempt, String representation, long number) {
    handle.execute(
        """
        delete from packaging_demands
        where asset = ? and revision = ? and representation = ? and number = ?
        """,
        attempt.asset().value(),
        attempt.revision(),
        representation,
        number);
  }

  void drop(Demand demand) {
    jdbi.useTransaction(
        handle ->
            met(
                handle,
                new Attempt(demand.asset(), demand.revision(), ""),
                demand.representation(),
                demand.number()));
  }

  void drop(AssetId asset) {
    jdbi.useTransaction(handle -> drop(handle, asset));
  }

  static void drop(Handle tx, AssetId asset) {
    tx.execute("delete from packaging_demands where asset = ?", asset.value());
  }

  /// Whether something of a representation is demanded.
  boolean waits(AssetId asset, String representation) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select 1 from packaging_demands where asset = :asset and representation = :id limit 1")
                .bind("asset", asset.value())
                .bind("id", representation)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  /// Those that are to be seen to first; not all of them when there are very many, and none of
  /// assets whose next attempt is still to come, nor what only a player would ask for that has not
  /// come.
  List<Demand> first() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from packaging_demands d
                    where rank <= :soon and not exists (select 1 from jobs j
                      where j.asset = d.asset and j.state = 'RETRYING' and j.next_at > :now)
                    order by case when rank = :soon then 1 else 0 end,
                      asked_at - case when rank = :asked then 0 else :headStart end, rank
                    limit :limit
                    """)
                .bind("now", clock.millis())
                .bind("soon", SOON)
                .bind("asked", ASKED)
                .bind("headStart", HEAD_START.toMillis())
                .bind("limit", AT_ONCE)
                .map((row, _) -> demand(row))
                .list());
  }

  private static Demand demand(ResultSet row) throws SQLException {
    return new Demand(
        new AssetId(row.getString("asset")),
        row.getString("revision"),
        row.getString("representation"),
        row.getLong("number"),
        row.getInt("rank"),
        Instant.ofEpochMilli(row.getLong("asked_at")));
  }

  /// Forgets those that nobody asked for of late. The first of an asset and its poster are wanted
  /// in any case.
  void dropOld() {
    jdbi.useTransaction(
        handle ->
            handle.execute(
                """
                delete from packaging_demands
                where rank > ? and representation <> ? and asked_at < ?
                """,
                START,
                Attempt.POSTER,
                clock.millis() - KEPT.toMillis()));
  }
}
