package dev.tritontube.web.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of the event log.
///
/// @param id from 1, without gaps
/// @param subject the id of a video; of an upload, what its client calls it
/// @param owner whose the video or the upload is
/// @param before of EDITED and DELETED: who could see the video until then
/// @param after who can since; null: nobody
/// @param state how far it was then; null for DELETED
/// @param now what the catalog has of the video now; null when it is gone, and for uploads
public record Event(
    long id,
    Instant at,
    EventType type,
    String subject,
    Owner owner,
    @Nullable Visibility before,
    @Nullable Visibility after,
    @Nullable State state,
    @Nullable Words now) {

  /// The same event, when something was written about the video since.
  public Event with(@Nullable Words newer) {
    return new Event(id, at, type, subject, owner, before, after, state, newer);
  }

  /// What is written about a video.
  public record Words(String title, Visibility visibility) {}

  /// How far something is.
  public sealed interface State {}

  /// How far the packaging of a video is.
  ///
  /// @param status as in the API
  /// @param etaSeconds null while nothing is known
  /// @param reason why it takes longer than it might
  public record VideoState(
      String status,
      boolean playable,
      String stage,
      int percent,
      @Nullable Integer etaSeconds,
      @Nullable Remark reason,
      @Nullable Remark error)
      implements State {}

  /// How far an upload is.
  ///
  /// @param status as in the API
  /// @param percent null when nobody knows how much is to come; the same for `etaSeconds`
  /// @param totalBytes null when the client did not say
  /// @param video what became of it, when it is complete
  public record UploadState(
      String status,
      @Nullable Integer percent,
      @Nullable Integer etaSeconds,
      long receivedBytes,
      @Nullable Long totalBytes,
      @Nullable String video,
      @Nullable Remark error)
      implements State {}

  /// @param code for programs
  /// @param detail for people
  public record Remark(String code, String detail) {}
}
