package dev.tritontube.web.catalog;

import dev.tritontube.web.catalog.Event.Remark;
import dev.tritontube.web.catalog.Event.UploadState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// How far uploads are whose clients gave them a token, also for a while after their end. Each
/// change is an event. Thread-safe; several processes share it.
public final class FollowedUploadStore {
  private final Jdbi jdbi;
  private final EventStore events;

  public FollowedUploadStore(Database database) {
    this.jdbi = database.jdbi();
    this.events = database.events();
  }

  /// How far an upload is.
  ///
  /// @param percent null while it cannot be told
  /// @param etaSeconds the same
  public record Report(
      UploadToken token,
      long receivedBytes,
      @Nullable Integer percent,
      @Nullable Integer etaSeconds) {}

  /// What became of an upload.
  record Completed(VideoId video, long sizeBytes) {}

  /// An upload that begins.
  ///
  /// @param instance the process that receives it
  /// @param totalBytes null when the client did not say
  public record Begun(UploadToken token, Owner owner, String instance, @Nullable Long totalBytes) {}

  /// @return false when one with this token is under way
  public boolean begin(Begun upload, Instant now) {
    Long totalBytes = upload.totalBytes();
    return jdbi.inTransaction(
        tx -> {
          int begun =
              tx.createUpdate(
                      """
                      insert into followed_uploads
                        (token, owner, instance, status, percent, received_bytes, total_bytes,
                         alive_at)
                      values (:token, :owner, :instance, 'UPLOADING', :percent, 0, :total, :now)
                      on conflict (token) do update set instance = excluded.instance,
                        owner = excluded.owner, status = excluded.status, percent = excluded.percent, eta_seconds = null,
                        received_bytes = 0, total_bytes = excluded.total_bytes, video = null,
                        error_code = null, error_detail = null, alive_at = excluded.alive_at
                      where followed_uploads.status <> 'UPLOADING'
                      """)
                  .bind("token", upload.token().value())
                  .bind("owner", upload.owner().value())
                  .bind("instance", upload.instance())
                  .bind("percent", totalBytes == null ? null : Integer.valueOf(0))
                  .bind("total", totalBytes)
                  .bind("now", now.toEpochMilli())
                  .execute();
          if (begun == 1) {
            events.ofUpload(tx, upload.token(), now);
          }
          return begun == 1;
        });
  }

  /// Says how far some uploads of this process are.
  public void report(List<Report> reports, Instant now) {
    jdbi.useTransaction(tx -> reports.forEach(report -> write(tx, report, now)));
  }

  private void write(Handle tx, Report report, Instant now) {
    int updated =
        tx.createUpdate(
                """
                update followed_uploads set received_bytes = :received, percent = :percent,
                  eta_seconds = :eta, alive_at = :now
                where token = :token and status = 'UPLOADING'
                """)
            .bind("received", report.receivedBytes())
            .bind("percent", report.percent())
            .bind("eta", report.etaSeconds())
            .bind("now", now.toEpochMilli())
            .bind("token", report.token().value())
            .execute();
    if (updated == 1) {
      events.ofUpload(tx, report.token(), now);
    }
  }

  /// Every byte is durable, and there is a video of them.
  static void completed(
      Handle tx, EventStore events, UploadToken token, Completed completed, Instant now) {
    tx.createUpdate(
            """
            update followed_uploads set status = 'COMPLETED', percent = 100, eta_seconds = null,
              received_bytes = coalesce(total_bytes, :size), video = :video,
              alive_at = :now
            where token = :token
            """)
        .bind("size", completed.sizeBytes())
        .bind("video", completed.video().value())
        .bind("now", now.toEpochMilli())
        .bind("token", token.value())
        .execute();
    events.ofUpload(tx, token, now);
  }

  public void failed(UploadToken token, Remark error, Instant now) {
    jdbi.useTransaction(tx -> failed(tx, token, error, now));
  }

  private void failed(Handle tx, UploadToken token, Remark error, Instant now) {
    int updated =
        tx.createUpdate(
                """
                update followed_uploads set status = 'FAILED', eta_seconds = null,
                  error_code = :code, error_detail = :detail, alive_at = :now
                where token = :token and status = 'UPLOADING'
                """)
            .bind("code", error.code())
            .bind("detail", error.detail())
            .bind("now", now.toEpochMilli())
            .bind("token", token.value())
            .execute();
    if (updated == 1) {
      events.ofUpload(tx, token, now);
    }
  }

  /// Says that this process still receives its uploads.
  public void alive(String instance, Instant now) {
    jdbi.useTransaction(
        tx ->
            tx.createUpdate(
                    """
                    update followed_uploads set alive_at = :now
                    where instance = :instance and status = 'UPLOADING'
                    """)
                .bind("now", now.toEpochMilli())
                .bind("instance", instance)
                .execute());
  }

  /// Ends the uploads of processes that have said nothing for some time, and forgets those that
  /// ended long ago.
  public void tidy(Instant silentSince, Instant endedBefore, Instant now) {
    Remark lost = new Remark("upload_lost", "The web server that received it is gone");
    jdbi.useTransaction(
        tx -> {
          silent(tx, silentSince).forEach(token -> failed(tx, token, lost, now));
          tx.createUpdate(
                  "delete from followed_uploads where status <> 'UPLOADING' and alive_at < :before")
              .bind("before", endedBefore.toEpochMilli())
              .execute();
        });
  }

  private static List<UploadToken> silent(Handle tx, Instant since) {
    return tx.createQuery(
            "select token from followed_uploads where status = 'UPLOADING' and alive_at < :since")
        .bind("since", since.toEpochMilli())
        .map((row, _) -> new UploadToken(row.getString("token")))
        .list();
  }

  /// Whose an upload is; empty when there is none.
  public Optional<Owner> owner(UploadToken token) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select owner from followed_uploads where token = :token")
                .bind("token", token.value())
                .map((row, _) -> new Owner(row.getString("owner")))
                .findOne());
  }

  public Optional<UploadState> find(UploadToken token) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from followed_uploads where token = :token")
                .bind("token", token.value())
                .map((row, _) -> state(row))
                .findOne());
  }

  /// From a row of this table, or of the log of events.
  static UploadState state(ResultSet row) throws SQLException {
    return new UploadState(
        row.getString("status"),
        EventStore.number(row, "percent").map(Long::intValue).orElse(null),
        EventStore.number(row, "eta_seconds").map(Long::intValue).orElse(null),
        row.getLong("received_bytes"),
        EventStore.number(row, "total_bytes").orElse(null),
        row.getString("video"),
        EventStore.remark(row, "error"));
  }
}
