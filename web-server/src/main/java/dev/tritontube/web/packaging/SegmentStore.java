package dev.tritontube.web.packaging;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.catalog.AssetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/// Where segments are. Thread-safe.
final class SegmentStore {
  /// Databases take so many parameters at least, four each.
  private static final int AT_ONCE = 1000;

  private final Jdbi jdbi;

  SegmentStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// A segment, as stored by the attempt that was first.
  ///
  /// @param filled made of nothing, because the source could not be decoded there
  record Segment(String representation, long number, String attempt, long length, boolean filled) {}

  /// What came of recording a segment.
  enum Recorded {
    FIRST,
    ANOTHER_WAS_FIRST,
    /// The attempt is to stop before this one.
    NOT_WANTED,
    /// The attempt has been closed: nothing it makes is wanted.
    CLOSED
  }

  /// Says where a segment is, unless another attempt was first, and that nobody need wait for it.
  Recorded record(
      Attempt attempt, String representation, long number, long length, boolean filled) {
    return jdbi.inTransaction(
        handle -> {
          Optional<Long> end = openUntil(handle, attempt);
          if (end.isEmpty()) {
            return Recorded.CLOSED;
          }
          if (number >= end.get()) {
            return Recorded.NOT_WANTED;
          }
          boolean first = insert(handle, attempt, representation, number, length, filled);
          DemandStore.met(handle, attempt, representation, number);
          return first ? Recorded.FIRST : Recorded.ANOTHER_WAS_FIRST;
        });
  }

  /// Says that nobody need wait for a segment, since it cannot be made.
  void neverMade(Attempt attempt, String representation, long number) {
    jdbi.useTransaction(tx -> DemandStore.met(tx, attempt, representation, number));
  }

  private static Optional<Long> openUntil(Handle handle, Attempt attempt) {
    return handle
        .createQuery("select end_number from packaging_attempts where attempt = :id and is_open")
        .bind("id", attempt.id())
        .mapTo(Long.class)
        .findOne();
  }

  private static boolean insert(
      Handle handle,
      Attempt attempt,
      String representation,
      long number,
      long length,
      boolean filled) {
    return handle
            .createUpdate(
                """
                insert into packaging_segments
                  (asset, revision, representation, number, attempt, length, filled)
                values (:asset, :revision, :representation, :number, :attempt, :length, :filled)
                on conflict do nothing
                """)
            .bind("asset", attempt.asset().value())
            .bind("revision", attempt.revision())
            .bind("representation", representation)
            .bind("number", number)
            .bind("attempt", attempt.id())
            .bind("length", length)
            .bind("filled", filled)
            .execute()
        == 1;
  }

  /// The segments of a revision that are stored, init segments included.
  List<Segment> segments(AssetId asset, String revision) {
    return segments(asset, revision, SegmentSink.INIT, Long.MAX_VALUE);
  }

  /// Those with a number from `first` to before `end`.
  List<Segment> segments(AssetId asset, String revision, long first, long end) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select representation, number, attempt, length, filled from packaging_segments
                    where asset = :asset and revision = :revision and number >= :first and number < :end
                    """)
                .bind("asset", asset.value())
                .bind("revision", revision)
                .bind("first", first)
                .bind("end", end)
                .map((row, _) -> segment(row))
                .list());
  }

  /// Those of one representation in order, its init segment first.
  List<Segment> segments(AssetId asset, String revision, String representation) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select representation, number, attempt, length, filled from packaging_segments
                    where asset = :asset and revision = :revision and representation = :representation
                    order by number
                    """)
                .bind("asset", asset.value())
                .bind("revision", revision)
                .bind("representation", representation)
                .map((row, _) -> segment(row))
                .list());
  }

  private static Segment segment(ResultSet row) throws SQLException {
    return new Segment(
        row.getString("representation"),
        row.getLong("number"),
        row.getString("attempt"),
        row.getLong("length"),
        row.getBoolean("filled"));
  }

  /// How many segments of each representation are stored, init segments not counted.
  Map<String, Long> counts(AssetId asset, String revision) {
    Map<String, Long> counts = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select representation, count(*) as stored from packaging_segments
                    where asset = :asset and revision = :revision and number >= 0
                    group by representation
                    """)
                .bind("asset", asset.value())
                .bind("revision", revision)
                .map((row, _) -> Map.entry(row.getString("representation"), row.getLong("stored")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue())));
    return counts;
  }

  /// From which second on something was filled; empty when nothing was.
  OptionalDouble filledFrom(AssetId asset, String revision, EncodingPlan plan) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select representation, min(number) as number from packaging_segments
                    where asset = :asset and revision = :revision and filled and number >= 0
                    group by representation
                    """)
                .bind("asset", asset.value())
                .bind("revision", revision)
                .map(
                    (row, _) ->
                        plan.startSeconds(row.getString("representation"), row.getLong("number")))
                .list()
                .stream()
                .mapToDouble(Double::doubleValue)
                .min());
  }

  Optional<StoredSegment> find(AssetId asset, String revision, String representation, long number) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select attempt, length from packaging_segments where asset = :asset
                    and revision = :revision and representation = :representation and number = :number
                    """)
                .bind("asset", asset.value())
                .bind("revision", revision)
                .bind("representation", representation)
                .bind("number", number)
                .map(
                    (row, _) ->
                        StoredSegment.of(
                            new Attempt(asset, revision, row.getString("attempt")),
                            representation,
                            number,
                            row.getLong("length")))
                .findOne());
  }

  /// Those of some segments that are stored, asked for together.
  Map<SegmentName, StoredSegment> findAll(List<SegmentName> names) {
    Map<SegmentName, StoredSegment> found = new HashMap<>();
    for (int from = 0; from < names.size(); from += AT_ONCE) {
      List<SegmentName> some = names.subList(from, Math.min(names.size(), from + AT_ONCE));
      jdbi.useHandle(
          handle ->
              those(handle, some)
                  .map((row, _) -> Map.entry(name(row), stored(row)))
                  .forEach(entry -> found.put(entry.getKey(), entry.getValue())));
    }
    return found;
  }

  private static Query those(Handle handle, List<SegmentName> names) {
    String places = String.join(", ", Collections.nCopies(names.size(), "(?, ?, ?, ?)"));
    Query query =
        handle.createQuery(
            """
            with wanted (asset, revision, representation, number) as (values %s)
            select s.* from wanted w cross join packaging_segments s where s.asset = w.asset
              and s.revision = w.revision and s.representation = w.representation
              and s.number = w.number
            """
                .formatted(places));
    int place = 0;
    for (SegmentName name : names) {
      query.bind(place++, name.asset().value());
      query.bind(place++, name.revision());
      query.bind(place++, name.representation());
      query.bind(place++, name.number());
    }
    return query;
  }

  private static SegmentName name(ResultSet row) throws SQLException {
    return new SegmentName(
        new AssetId(row.getString("asset")),
        row.getString("revision"),
        row.getString("representation"),
        row.getLong("number"));
  }

  private static StoredSegment stored(ResultSet row) throws SQLException {
    SegmentName name = name(row);
    return StoredSegment.of(
        new Attempt(name.asset(), name.revision(), row.getString("attempt")),
        name.representation(),
        name.number(),
        row.getLong("length"));
  }

  /// Every segment of every revision, by its key.
  List<BlobKey> keys(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select revision, representation, number, attempt from packaging_segments
                    where asset = :asset
                    """)
                .bind("asset", asset.value())
                .map(
                    (row, _) ->
                        new Attempt(asset, row.getString("revision"), row.getString("attempt"))
                            .key(row.getString("representation"), row.getLong("number")))
                .list());
  }

  /// Every segment of a revision, by its key.
  List<BlobKey> keys(AssetId asset, String revision) {
    return segments(asset, revision).stream()
        .map(
            segment ->
                new Attempt(asset, revision, segment.attempt())
                    .key(segment.representation(), segment.number()))
        .toList();
  }

  void drop(AssetId asset, String revision) {
    jdbi.useTransaction(
        handle ->
            handle.execute(
                "delete from packaging_segments where asset = ? and revision = ?",
                asset.value(),
                revision));
  }

  void drop(AssetId asset) {
    jdbi.useTransaction(
        handle -> handle.execute("delete from packaging_segments where asset = ?", asset.value()));
  }
}
