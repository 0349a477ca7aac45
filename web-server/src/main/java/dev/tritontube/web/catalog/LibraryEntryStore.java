package dev.tritontube.web.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Keeps what videos are listed, sorted and filtered by in step with them. Every call is part of a
/// transaction that holds the lock on the event log's counter (`EventStore`), so no two of them
/// work at once, and none goes by a state that another is about to change.
final class LibraryEntryStore {
  private final WordIndex words;

  LibraryEntryStore(WordIndex words) {
    this.words = words;
  }

  void add(Handle tx, Video video) {
    long ordinal = free(tx, video.createdAt().toEpochMilli());
    tx.createUpdate(
            """
            insert into library (ordinal, video, owner, shelf, status, title_key, duration_seconds,
              size_bytes)
            select :ordinal, :video, :owner, :shelf, coalesce(s.status, p.status, 'PENDING'), :title,
              coalesce(p.duration_seconds, -1), a.size_bytes
            from assets a left join packaging p on p.asset = a.id
              left join packaging_shown s on s.asset = a.id
            where a.id = :asset""")
        .bind("ordinal", ordinal)
        .bind("video", video.id().value())
        .bind("owner", video.owner().value())
        .bind("shelf", video.details().visibility().word())
        .bind("title", LibraryKeys.of(video.details().title()))
        .bind("asset", video.asset().value())
        .execute();
    describe(tx, ordinal, video);
  }

  private static long free(Handle tx, long millis) {
    return tx.createQuery(
            "select max(ordinal) from library where ordinal >= :first and ordinal < :end")
        .bind("first", LibraryOrdinals.first(millis))
        .bind("end", LibraryOrdinals.first(millis + 1))
        .mapTo(Long.class)
        .findOne()
        .map(last -> last + 1)
        .orElse(LibraryOrdinals.first(millis));
  }

  /// Follows what was written about a video.
  void edit(Handle tx, Video video) {
    find(tx, video.id())
        .ifPresent(
            ordinal -> {
              tx.createUpdate(
                      "update library set shelf = :shelf, title_key = :title where ordinal = :ordinal")
                  .bind("shelf", video.details().visibility().word())
                  .bind("title", LibraryKeys.of(video.details().title()))
                  .bind("ordinal", ordinal)
                  .execute();
              describe(tx, ordinal, video);
            });
  }

  /// Takes a video off all lists but those of what is deleted.
  static void hide(Handle tx, VideoId video) {
    tx.execute("update library set shelf = 'deleted' where video = ?", video.value());
  }

  /// Makes tags and words of all entries anew.
  void describeAll(Handle tx) {
    long after = Long.MIN_VALUE;
    for (List<Entry> page = entries(tx, after); !page.isEmpty(); page = entries(tx, after)) {
      for (Entry entry : page) {
        VideoStore.any(tx, entry.video(), "")
            .ifPresent(video -> describe(tx, entry.ordinal(), video));
      }
      after = page.getLast().ordinal();
    }
  }

  private record Entry(long ordinal, VideoId video) {}

  private static List<Entry> entries(Handle tx, long after) {
    return tx.createQuery(
            "select ordinal, video from library where ordinal > :after order by ordinal limit 500")
        .bind("after", after)
        .map((row, _) -> new Entry(row.getLong("ordinal"), new VideoId(row.getString("video"))))
        .list();
  }

  private void describe(Handle tx, long ordinal, Video video) {
    tx.execute("delete from library_tags where ordinal = ?", ordinal);
    for (String tag : new LinkedHashSet<>(video.details().tags())) {
      tx.execute("insert into library_tags (tag, ordinal) values (?, ?)", tag, ordinal);
    }
    words.put(tx, ordinal, video.details(), name(tx, video.owner()));
  }

  private static String name(Handle tx, Owner owner) {
    return tx.createQuery("select username from users where id = :owner")
        .bind("owner", owner.value())
        .mapTo(String.class)
        .findOne()
        .orElse(owner.value());
  }

  void remove(Handle tx, VideoId video) {
    find(tx, video)
        .ifPresent(
            ordinal -> {
              words.remove(tx, ordinal);
              tx.execute("delete from library_tags where ordinal = ?", ordinal);
              tx.execute("delete from library where ordinal = ?", ordinal);
            });
  }

  private static Optional<Long> find(Handle tx, VideoId video) {
    return tx.createQuery("select ordinal from library where video = :video")
        .bind("video", video.value())
        .mapTo(Long.class)
        .findOne();
  }

  /// Follows how far the videos of an asset are.
  static void follow(Handle tx, AssetId asset) {
    tx.createQuery(
            """
            select coalesce(s.status, p.status) as status, p.duration_seconds
            from packaging p left join packaging_shown s on s.asset = p.asset
            where p.asset = :asset""")
        .bind("asset", asset.value())
        .map(
            (row, _) ->
                new Standing(
                    row.getString("status"),
                    row.getObject("duration_seconds") == null
                        ? -1
                        : row.getDouble("duration_seconds")))
        .findOne()
        .ifPresent(standing -> follow(tx, asset, standing));
  }

  private record Standing(String status, double seconds) {}

  private static void follow(Handle tx, AssetId asset, Standing standing) {
    tx.createUpdate(
            """
            update library set status = :status, duration_seconds = :seconds
            where video in (select id from videos where asset_id = :asset)
              and (status <> :status or duration_seconds <> :seconds)""")
        .bind("status", standing.status())
        .bind("seconds", standing.seconds())
        .bind("asset", asset.value())
        .execute();
  }
}
