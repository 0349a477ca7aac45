package dev.tritontube.web.catalog;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The words of tracks. Thread-safe; several processes share it.
///
/// They are rows, not blobs: small and bounded, changed in the transactions that change what is
/// said of them, and so deleted, copied and restored with the catalog.
public final class TextStore {
  private final Jdbi jdbi;

  public TextStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /// Whether a video has a text, for one that it has, or had of late: who plays still has manifests
  /// that name it. Empty for all others.
  public Optional<Boolean> current(Video video, TextId text) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select exists (select 1 from video_tracks t
                      where t.video_id = :video and t.text_id = x.id) as is_current
                    from texts x
                    where x.id = :text and (x.video_id = :video or x.asset_id = :asset)
                    """)
                .bind("text", text.value())
                .bind("video", video.id().value())
                .bind("asset", video.asset().value())
                .map((row, _) -> row.getBoolean("is_current"))
                .findOne());
  }

  /// WebVTT; empty when it is gone.
  public Optional<String> body(TextId text) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select body from texts where id = :text and removed_at is null")
                .bind("text", text.value())
                .mapTo(String.class)
                .findOne());
  }

  /// Forgets what was removed until a time.
  public void sweep(Instant until) {
    jdbi.useTransaction(
        tx ->
            tx.createUpdate(
                    "delete from texts where removed_at <= :until and removed_at is not null")
                .bind("until", until.toEpochMilli())
                .execute());
  }

  static void add(Handle tx, VideoId video, NewText text) {
    add(tx, text, "video_id", video.value());
  }

  static void add(Handle tx, AssetId asset, NewText text) {
    add(tx, text, "asset_id", asset.value());
  }

  private static void add(Handle tx, NewText text, String whose, String owner) {
    tx.createUpdate(
            "insert into texts (id, %s, cues, bytes, body) values (:id, :owner, :cues, :bytes, :body)"
                .formatted(whose))
        .bind("id", text.id().value())
        .bind("owner", owner)
        .bind("cues", text.cues())
        .bind("bytes", text.bytes())
        .bind("body", text.body())
        .execute();
  }

  /// Empties one that a video has no more, if it is the video's own.
  static void remove(Handle tx, VideoId video, TextId text, Instant now) {
    tx.createUpdate(
            """
            update texts set body = '', bytes = 0, cues = 0, removed_at = :now
            where id = :id and video_id = :video
            """)
        .bind("now", now.toEpochMilli())
        .bind("id", text.value())
        .bind("video", video.value())
        .execute();
  }
}
