package dev.tritontube.web.frames;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.frames.FrameSet.Archive;
import dev.tritontube.web.frames.FrameSet.State;
import dev.tritontube.web.http.ListCursor;
import dev.tritontube.web.packaging.StillFormat;
import dev.tritontube.web.packaging.StillTimes;
import dev.tritontube.web.packaging.Stills;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Sets as those who ask for them know them. Thread-safe; several processes share it.
final class FrameSetStore {
  /// What the archives among some sets have, and what there is of those that are being made.
  static final String BYTES =
      """
      coalesce(sum(coalesce(bytes,
        (select sum(p.length) from frame_pieces p where p.set_id = frame_sets.id), 0)), 0)
      """;

  private final Jdbi jdbi;
  private final String forUpdate;

  FrameSetStore(Database database) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
  }

  /// What one may have.
  ///
  /// @param open sets of an owner that have not ended
  /// @param ofVideo sets of a video, in whatever state
  /// @param bytes of an owner's archives, also of those that are being made
  record Limits(int open, int ofVideo, long bytes) {
    static final Limits USUAL = new Limits(10, 20, 10L << 30);
  }

  /// What came of a wish for a set.
  enum Answer {
    ADDED,
    TOO_MANY_OPEN,
    TOO_MANY_OF_VIDEO,
    TOO_MANY_BYTES,
    /// The video is gone.
    GONE
  }

  /// Adds a set that is QUEUED, if its owner may have one more.
  Answer add(FrameSet set, Limits limits) {
    return jdbi.inTransaction(
        tx -> {
          Answer answer = mayAdd(tx, set, limits);
          if (answer == Answer.ADDED) {
            insert(tx, set);
          }
          return answer;
        });
  }

  /// Wishes of one owner come one after the other, and not while the video is being deleted: by
  /// locks on the video and on what its owner uses, in the order in which deleting takes them.
  private Answer mayAdd(Handle tx, FrameSet set, Limits limits) {
    boolean there =
        tx.createQuery("select 1 from videos where id = :video and deleted_at is null" + forUpdate)
            .bind("video", set.of().video().value())
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!there) {
      return Answer.GONE;
    }
    tx.createQuery("select 1 from owner_usage where owner = :owner" + forUpdate)
        .bind("owner", set.owner().value())
        .mapTo(Integer.class)
        .findOne();
    return tx.createQuery(
            """
            select coalesce(sum(case when state in ('QUEUED', 'RUNNING') then 1 else 0 end), 0) as open,
              coalesce(sum(case when video_id = :video then 1 else 0 end), 0) as of_video,
              %s as bytes
            from frame_sets where owner = :owner and state <> 'DELETING'
            """
                .formatted(BYTES))
        .bind("video", set.of().video().value())
        .bind("owner", set.owner().value())
        .map((row, _) -> answer(row, limits))
        .one();
  }

  private static Answer answer(ResultSet row, Limits limits) throws SQLException {
    if (row.getInt("open") >= limits.open()) {
      return Answer.TOO_MANY_OPEN;
    }
    if (row.getInt("of_video") >= limits.ofVideo()) {
      return Answer.TOO_MANY_OF_VIDEO;
    }
    return row.getLong("bytes") >= limits.bytes() ? Answer.TOO_MANY_BYTES : Answer.ADDED;
  }

  private static void insert(Handle tx, FrameSet set) {
    tx.createUpdate(
            """
            insert into frame_sets (id, video_id, asset_id, owner, state, times, format, width, height,
              frames, done, due_at, failures, created_at, expires_at)
            values (:id, :video, :asset, :owner, 'QUEUED', :times, :format, :width, :height,
              :frames, 0, :created, 0, :created, :expires)
            """)
        .bind("id", set.id())
        .bind("video", set.of().video().value())
        .bind("asset", set.of().asset().value())
        .bind("owner", set.owner().value())
        .bind("times", set.order().times().text())
        .bind("format", set.order().format().word())
        .bind("width", set.order().width())
        .bind("height", set.order().height())
        .bind("frames", set.count())
        .bind("created", set.times().created().toEpochMilli())
        .bind("expires", set.times().expires().toEpochMilli())
        .execute();
  }

  Optional<FrameSet> find(VideoId video, String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from frame_sets
                    where id = :id and video_id = :video and state <> 'DELETING'
                    """)
                .bind("id", id)
                .bind("video", video.value())
                .map((row, _) -> set(row))
                .findOne());
  }

  /// Sets of a video from the newest to the oldest.
  ///
  /// @param after only those after this place; empty: from the start
  List<FrameSet> list(VideoId video, Optional<ListCursor.Made> after, int limit) {
    String place =
        after.isPresent() ? " and (created_at < :at or (created_at = :at and id < :id))" : "";
    return jdbi.withHandle(
        handle -> {
          var query =
              handle
                  .createQuery(
                      "select * from frame_sets where video_id = :video and state <> 'DELETING'"
                          + place
                          + " order by created_at desc, id desc limit :limit")
                  .bind("video", video.value())
                  .bind("limit", limit);
          after.ifPresent(made -> query.bind("at", made.at().toEpochMilli()).bind("id", made.id()));
          return query.map((row, _) -> set(row)).list();
        });
  }

  /// Deletes a set, also one that is being made. Its blobs go soon.
  ///
  /// @return false when there is none
  boolean delete(VideoId video, String id, Instant now) {
    return jdbi.inTransaction(
            tx ->
                tx.execute(
                    """
                    update frame_sets set state = 'DELETING', sweep_at = ?
                    where id = ? and video_id = ? and state <> 'DELETING'
                    """,
                    now.toEpochMilli(),
                    id,
                    video.value()))
        == 1;
  }

  static FrameSet set(ResultSet row) throws SQLException {
    long ended = row.getLong("ended_at");
    Optional<Instant> end = row.wasNull() ? Optional.empty() : Optional.of(instant(ended));
    return new FrameSet(
        row.getString("id"),
        new FrameSet.Of(
            new VideoId(row.getString("video_id")), new AssetId(row.getString("asset_id"))),
        new Owner(row.getString("owner")),
        new Stills.Order(
            StillTimes.parse(row.getString("times")),
            StillFormat.parse(row.getString("format")).orElseThrow(),
            row.getInt("width"),
            row.getInt("height")),
        State.valueOf(row.getString("state")),
        row.getInt("done"),
        archive(row),
        failure(row),
        new FrameSet.Times(
            instant(row.getLong("created_at")), end, instant(row.getLong("expires_at"))));
  }

  private static Optional<FrameSet.Failure> failure(ResultSet row) throws SQLException {
    String code = row.getString("error_code");
    return code == null
        ? Optional.empty()
        : Optional.of(new FrameSet.Failure(code, row.getString("error_detail")));
  }

  private static Optional<Archive> archive(ResultSet row) throws SQLException {
    long bytes = row.getLong("bytes");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(new Archive(bytes, row.getLong("directory_at")));
  }

  private static Instant instant(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
