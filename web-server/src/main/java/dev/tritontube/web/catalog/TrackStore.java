package dev.tritontube.web.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Words over time of videos. Those of a video go with it. Thread-safe; several processes share it.
public final class TrackStore {
  /// Of a video.
  public static final int MAX_TRACKS = 50;

  /// Of all texts of a video together.
  public static final long MAX_BYTES = 16 << 20;

  private static final String TRACKS =
      "select t.*, x.cues, x.bytes from video_tracks t join texts x on x.id = t.text_id ";

  private final Jdbi jdbi;
  private final String forUpdate;
  private final EventStore events;

  public TrackStore(Database database) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
    this.events = database.events();
  }

  /// In the order in which they came.
  public List<VideoTrack> of(VideoId video) {
    return jdbi.withHandle(handle -> of(handle, video));
  }

  private static List<VideoTrack> of(Handle handle, VideoId video) {
    return handle
        .createQuery(TRACKS + "where t.video_id = :video order by t.created_at, t.position, t.id")
        .bind("video", video.value())
        .map((row, _) -> track(row))
        .list();
  }

  public Optional<VideoTrack> find(VideoId video, TrackId track) {
    return jdbi.withHandle(handle -> find(handle, video, track));
  }

  private static Optional<VideoTrack> find(Handle handle, VideoId video, TrackId track) {
    return handle
        .createQuery(TRACKS + "where t.video_id = :video and t.id = :track")
        .bind("video", video.value())
        .bind("track", track.value())
        .map((row, _) -> track(row))
        .findOne();
  }

  private static VideoTrack track(ResultSet row) throws SQLException {
    return new VideoTrack(
        new TrackId(row.getString("id")),
        new TrackWords(
            TrackKind.parse(row.getString("kind")).orElseThrow(),
            row.getString("language"),
            row.getString("label"),
            row.getBoolean("preferred"),
            row.getBoolean("forced")),
        row.getString("origin").equals("embedded"),
        new TextId(row.getString("text_id")),
        row.getInt("cues"),
        row.getLong("bytes"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }

  /// What became of a wish to keep a text.
  public enum Outcome {
    KEPT,
    /// There is no such video, or track, any more.
    GONE,
    TOO_MANY,
    /// All texts together.
    TOO_LARGE
  }

  public Outcome add(VideoId video, TrackId id, TrackWords words, NewText text, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          Optional<Video> found = VideoStore.find(tx, video, forUpdate);
          if (found.isEmpty()) {
            return Outcome.GONE;
          }
          Outcome outcome = room(of(tx, video), text.bytes());
          if (outcome != Outcome.KEPT) {
            return outcome;
          }
          TextStore.add(tx, video, text);
          insert(tx, video, new Added(id, words, text.id(), "uploaded", 0), now);
          unpreferOthers(tx, video, id, words);
          changed(tx, found.get(), now);
          return Outcome.KEPT;
        });
  }

  /// What becomes of one more among others.
  private static Outcome room(List<VideoTrack> tracks, long bytes) {
    if (tracks.size() >= MAX_TRACKS) {
      return Outcome.TOO_MANY;
    }
    return bytes(tracks) + bytes > MAX_BYTES ? Outcome.TOO_LARGE : Outcome.KEPT;
  }

  /// Whether a video may have one more text, of so many bytes.
  static boolean hasRoom(Handle tx, VideoId video, long bytes) {
    return room(of(tx, video), bytes) == Outcome.KEPT;
  }

  private static long bytes(List<VideoTrack> tracks) {
    return tracks.stream().mapToLong(VideoTrack::bytes).sum();
  }

  /// @param origin `uploaded` or `embedded`
  /// @param position among those that come at the same time
  record Added(TrackId id, TrackWords words, TextId text, String origin, int position) {}

  static void insert(Handle tx, VideoId video, Added track, Instant now) {
    tx.createUpdate(
            """
            insert into video_tracks (id, video_id, kind, language, label, preferred, forced,
              origin, position, text_id, created_at, updated_at)
            values (:id, :video, :kind, :language, :label, :preferred, :forced,
              :origin, :position, :text, :now, :now)
            """)
        .bind("id", track.id().value())
        .bind("video", video.value())
        .bind("kind", track.words().kind().word())
        .bind("language", track.words().language())
        .bind("label", track.words().label())
        .bind("preferred", track.words().preferred())
        .bind("forced", track.words().forced())
        .bind("origin", track.origin())
        .bind("position", track.position())
        .bind("text", track.text().value())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /// Changes what is said of a track. Where it is preferred from then on, others are no more.
  ///
  /// @return the track as it is now; empty when there is none
  public Optional<VideoTrack> change(
      VideoId video, TrackId id, UnaryOperator<TrackWords> change, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          Optional<Video> found = VideoStore.find(tx, video, forUpdate);
          Optional<VideoTrack> before = found.flatMap(_ -> find(tx, video, id));
          if (before.isEmpty()) {
            return before;
          }
          TrackWords after = change.apply(before.get().words());
          update(tx, id, after, before.get().text(), now);
          unpreferOthers(tx, video, id, after);
          changed(tx, found.get(), now);
          return find(tx, video, id);
        });
  }

  /// Gives a track another text.
  public Outcome replace(VideoId video, TrackId id, NewText text, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          Optional<Video> found = VideoStore.find(tx, video, forUpdate);
          Optional<VideoTrack> before = found.flatMap(_ -> find(tx, video, id));
          if (before.isEmpty()) {
            return Outcome.GONE;
          }
          if (bytes(of(tx, video)) - before.get().bytes() + text.bytes() > MAX_BYTES) {
            return Outcome.TOO_LARGE;
          }
          TextStore.add(tx, video, text);
          update(tx, id, before.get().words(), text.id(), now);
          TextStore.remove(tx, video, before.get().text(), now);
          changed(tx, found.get(), now);
          return Outcome.KEPT;
        });
  }

  private static void update(Handle tx, TrackId id, TrackWords words, TextId text, Instant now) {
    tx.createUpdate(
            """
            update video_tracks set kind = :kind, language = :language, label = :label,
              preferred = :preferred, forced = :forced, text_id = :text, updated_at = :now
            where id = :id
            """)
        .bind("kind", words.kind().word())
        .bind("language", words.language())
        .bind("label", words.label())
        .bind("preferred", words.preferred())
        .bind("forced", words.forced())
        .bind("text", text.value())
        .bind("now", now.toEpochMilli())
        .bind("id", id.value())
        .execute();
  }

  private static void unpreferOthers(Handle tx, VideoId video, TrackId id, TrackWords words) {
    if (!words.preferred()) {
      return;
    }
    List<String> instead = TrackKind.insteadOf(words.kind()).stream().map(TrackKind::word).toList();
    tx.createUpdate(
            """
            update video_tracks set preferred = false
            where video_id = :video and id != :id and kind in (<kinds>)
            """)
        .bind("video", video.value())
        .bind("id", id.value())
        .bindList("kinds", instead)
        .execute();
  }

  /// @return false when there is none
  public boolean remove(VideoId video, TrackId id, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          Optional<Video> found = VideoStore.find(tx, video, forUpdate);
          Optional<VideoTrack> track = found.flatMap(_ -> find(tx, video, id));
          if (track.isEmpty()) {
            return false;
          }
          tx.execute("delete from video_tracks where id = ?", id.value());
          TextStore.remove(tx, video, track.get().text(), now);
          changed(tx, found.get(), now);
          return true;
        });
  }

  /// What plays of the video is not what it was.
  private void changed(Handle tx, Video video, Instant now) {
    changed(tx, events, video, now);
  }

  static void changed(Handle tx, EventStore events, Video video, Instant now) {
    tx.execute(
        "update videos set updated_at = ? where id = ?", now.toEpochMilli(), video.id().value());
    events.edited(tx, video.id(), video.details().visibility(), now);
  }
}
