package dev.tritontube.web.catalog;

import dev.tritontube.web.catalog.Event.Remark;
import dev.tritontube.web.catalog.Event.State;
import dev.tritontube.web.catalog.Event.VideoState;
import dev.tritontube.web.catalog.Event.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The log of what changed, for people who follow along: written in the transactions that change
/// things, bounded, numbered without gaps in the order of commits. Thread-safe; several processes
/// share it.
///
/// Whoever adds an event holds the lock on the log's counter until its transaction ends, so that is
/// the last lock a transaction takes. What an event says of a video is read under that lock: the
/// last event of a video always says how it is.
public final class EventStore {
  private static final String STATE =
      """
      coalesce(s.status, p.status, 'PENDING') as status,
      s.asset is not null or coalesce(p.playable, false) as playable,
      coalesce(s.stage, p.stage, 'waiting') as stage,
      case when s.asset is null then coalesce(p.percent, 0) else 100 end as percent,
      case when s.asset is null then p.eta_seconds end as eta_seconds,
      case when s.asset is null then p.reason_code end as reason_code,
      case when s.asset is null then p.reason_detail end as reason_detail,
      case when s.asset is null then p.error_code else s.error_code end as error_code,
      case when s.asset is null then p.error_detail else s.error_detail end as error_detail
      """;

  /// Of what is encoded again, what plays meanwhile is what people are told of.
  private static final String OF_VIDEOS =
      " from videos v left join packaging p on p.asset = v.asset_id"
          + " left join packaging_shown s on s.asset = v.asset_id ";

  private final Jdbi jdbi;
  private final String forUpdate;
  private volatile Runnable listener = () -> {};

  EventStore(Jdbi jdbi, String forUpdate) {
    this.jdbi = jdbi;
    this.forUpdate = forUpdate;
  }

  /// How a video is now.
  public record Standing(VideoState state, Words words, Owner owner) {}

  /// Sets who is told, in this process, that there is something new.
  public void listen(Runnable newListener) {
    listener = newListener;
  }

  /// Adds an event of every video of an asset, and lets the library follow how far they are.
  public void ofAsset(Handle tx, EventType type, AssetId asset, Instant at) {
    hold(tx);
    LibraryEntryStore.follow(tx, asset);
    add(tx, type, "v.asset_id = :key", asset.value(), null, at);
  }

  void ofVideo(Handle tx, EventType type, VideoId video, Instant at) {
    add(tx, type, "v.id = :key", video.value(), null, at);
  }

  void edited(Handle tx, VideoId video, Visibility before, Instant at) {
    add(tx, EventType.EDITED, "v.id = :key", video.value(), before, at);
  }

  private void add(
      Handle tx,
      EventType type,
      String which,
      String key,
      @Nullable Visibility before,
      Instant at) {
    long last = lock(tx);
    int added =
        tx.createUpdate(
                """
                insert into events (id, at, type, subject, owner, visible_before, visible_after,
                  status, playable, stage, percent, eta_seconds,
                  reason_code, reason_detail, error_code, error_detail)
                select :last + row_number() over (order by v.id), :at, :type, v.id, v.owner, :before,
                  v.visibility,
                """
                    + STATE
                    + OF_VIDEOS
                    + "where v.deleted_at is null and "
                    + which)
            .bind("last", last)
            .bind("at", at.toEpochMilli())
            .bind("type", type.word())
            .bind("before", before == null ? null : before.word())
            .bind("key", key)
            .execute();
    if (added > 0) {
      count(tx, last + added);
    }
  }

  void deleted(Handle tx, Video video, Instant at) {
    long last = lock(tx);
    tx.createUpdate(
            """
            insert into events (id, at, type, subject, owner, visible_before)
            values (:id, :at, :type, :subject, :owner, :before)
            """)
        .bind("id", last + 1)
        .bind("at", at.toEpochMilli())
        .bind("type", EventType.DELETED.word())
        .bind("subject", video.id().value())
        .bind("owner", video.owner().value())
        .bind("before", video.details().visibility().word())
        .execute();
    count(tx, last + 1);
  }

  void ofUpload(Handle tx, UploadToken token, Instant at) {
    long last = lock(tx);
    tx.createUpdate(
            """
            insert into events (id, at, type, subject, owner, status, percent, eta_seconds,
              error_code, error_detail, received_bytes, total_bytes, video)
            select :id, :at, :type, u.token, u.owner, u.status, u.percent, u.eta_seconds, u.error_code,
              u.error_detail, u.received_bytes, u.total_bytes, u.video
            from followed_uploads u where u.token = :token
            """)
        .bind("id", last + 1)
        .bind("at", at.toEpochMilli())
        .bind("type", EventType.UPLOAD.word())
        .bind("token", token.value())
        .execute();
    count(tx, last + 1);
  }

  /// Keeps others from adding events, and from writing in the library, until the transaction ends.
  void hold(Handle tx) {
    lock(tx);
  }

  private long lock(Handle tx) {
    return tx.createQuery("select last_id from event_counter" + forUpdate).mapTo(Long.class).one();
  }

  private void count(Handle tx, long last) {
    tx.createUpdate("update event_counter set last_id = :last").bind("last", last).execute();
    tx.afterCommit(listener);
  }

  /// The id of the last event there ever was; 0 before the first.
  public long last() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select last_id from event_counter").mapTo(Long.class).one());
  }

  /// The next events, oldest first. When the first of them is not `id` + 1, what was between them
  /// is pruned.
  public List<Event> after(long id, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select e.*, v.title as now_title, v.visibility as now_visibility
                    from events e left join videos v on v.id = e.subject and v.deleted_at is null
                    where e.id > :id order by e.id limit :limit
                    """)
                .bind("id", id)
                .bind("limit", limit)
                .map((row, _) -> event(row))
                .list());
  }

  /// How far a video is; empty when there is none.
  public Optional<Standing> standing(VideoId video) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select v.title as now_title, v.visibility as now_visibility, v.owner, "
                        + STATE
                        + OF_VIDEOS
                        + "where v.deleted_at is null and v.id = :video")
                .bind("video", video.value())
                .map((row, _) -> standing(row))
                .findOne());
  }

  /// Forgets events from before a time, and all but the newest.
  ///
  /// @param most how many are kept
  public void prune(Instant before, long most) {
    jdbi.useTransaction(
        tx -> {
          long last = lock(tx);
          long young =
              tx.createQuery("select id from events where at >= :before order by id limit 1")
                  .bind("before", before.toEpochMilli())
                  .mapTo(Long.class)
                  .findOne()
                  .orElse(last + 1);
          tx.createUpdate("delete from events where id < :first")
              .bind("first", Math.max(young, last - most + 1))
              .execute();
        });
  }

  private static Standing standing(ResultSet row) throws SQLException {
    return new Standing(videoState(row), words(row), new Owner(row.getString("owner")));
  }

  private static Event event(ResultSet row) throws SQLException {
    EventType type = EventType.valueOf(row.getString("type").toUpperCase(java.util.Locale.ROOT));
    return new Event(
        row.getLong("id"),
        Instant.ofEpochMilli(row.getLong("at")),
        type,
        row.getString("subject"),
        new Owner(row.getString("owner")),
        visibility(row.getString("visible_before")),
        visibility(row.getString("visible_after")),
        state(type, row),
        row.getString("now_title") == null ? null : words(row));
  }

  private static Words words(ResultSet row) throws SQLException {
    Visibility visibility = visibility(row.getString("now_visibility"));
    return new Words(
        row.getString("now_title"), visibility == null ? Visibility.PRIVATE : visibility);
  }

  private static @Nullable State state(EventType type, ResultSet row) throws SQLException {
    return switch (type) {
      case UPLOAD -> FollowedUploadStore.state(row);
      case DELETED -> null;
      case CREATED, PROGRESS, PLAYABLE, COMPLETED, FAILED, EDITED -> videoState(row);
    };
  }

  private static VideoState videoState(ResultSet row) throws SQLException {
    return new VideoState(
        row.getString("status"),
        row.getBoolean("playable"),
        row.getString("stage"),
        row.getInt("percent"),
        number(row, "eta_seconds").map(Long::intValue).orElse(null),
        remark(row, "reason"),
        remark(row, "error"));
  }

  /// Forgets all events, and leaves out so many numbers that nobody who followed before is taken
  /// for one who knows what comes: all of them begin anew.
  public void beginAnew(Handle tx, long leftOut) {
    long last = lock(tx);
    tx.execute("delete from events");
    count(tx, last + leftOut);
  }

  static Optional<Long> number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(number);
  }

  static @Nullable Remark remark(ResultSet row, String column) throws SQLException {
    String code = row.getString(column + "_code");
    return code == null ? null : new Remark(code, row.getString(column + "_detail"));
  }

  private static @Nullable Visibility visibility(@Nullable String word) {
    return word == null ? null : Visibility.parse(word).orElse(Visibility.PRIVATE);
  }
}
