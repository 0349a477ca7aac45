package dev.tritontube.web.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// What owners call the sounds of their videos. Thread-safe; several processes share it.
public final class AudioNameStore {
  private final Jdbi jdbi;
  private final String forUpdate;
  private final EventStore events;

  public AudioNameStore(Database database) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
    this.events = database.events();
  }

  /// Those that are called otherwise than in the file.
  public List<AudioName> of(VideoId video) {
    return jdbi.withHandle(handle -> of(handle, video));
  }

  private static List<AudioName> of(Handle handle, VideoId video) {
    return handle
        .createQuery(
            """
            select number, language, label, preferred from audio_names where video_id = :video
            order by number
            """)
        .bind("video", video.value())
        .map(
            (row, _) ->
                new AudioName(
                    row.getInt("number"),
                    row.getString("language"),
                    row.getString("label"),
                    row.getBoolean("preferred")))
        .list();
  }

  /// Changes what a sound is called. Where it is preferred from then on, others are no more.
  ///
  /// @param change gets one that says nothing where nothing was said
  /// @return false when there is no such video
  public boolean change(VideoId video, int number, UnaryOperator<AudioName> change, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          Optional<Video> found = VideoStore.find(tx, video, forUpdate);
          if (found.isEmpty()) {
            return false;
          }
          AudioName before =
              of(tx, video).stream()
                  .filter(name -> name.number() == number)
                  .findFirst()
                  .orElse(new AudioName(number, null, null, false));
          put(tx, video, change.apply(before));
          TrackStore.changed(tx, events, found.get(), now);
          return true;
        });
  }

  private static void put(Handle tx, VideoId video, AudioName name) {
    if (name.preferred()) {
      tx.execute("update audio_names set preferred = false where video_id = ?", video.value());
    }
    tx.createUpdate(
            """
            insert into audio_names (video_id, number, language, label, preferred)
            values (:video, :number, :language, :label, :preferred)
            on conflict (video_id, number) do update set language = excluded.language,
              label = excluded.label, preferred = excluded.preferred
            """)
        .bind("video", video.value())
        .bind("number", name.number())
        .bind("language", name.language())
        .bind("label", name.label())
        .bind("preferred", name.preferred())
        .execute();
  }
}
