package dev.tritontube.web.events;

import dev.tritontube.web.catalog.Event.Remark;
import dev.tritontube.web.catalog.Event.UploadState;
import dev.tritontube.web.packaging.AssetMedia;
import org.jspecify.annotations.Nullable;

/// How far an upload is, in the API's JSON.
///
/// @param id what its client calls it
/// @param status `WAITING`, `UPLOADING`, `COMPLETED`, `FAILED`
/// @param receivedBytes of the request's body
/// @param totalBytes null when the client did not say
/// @param video the id of what became of it
record UploadDocument(
    String id,
    String status,
    Progress progress,
    long receivedBytes,
    @Nullable Long totalBytes,
    @Nullable String video,
    AssetMedia.@Nullable Failure error) {

  /// @param percent by bytes; null when nobody knows how much is to come; the same for `etaSeconds`
  record Progress(String stage, @Nullable Integer percent, @Nullable Integer etaSeconds) {}

  static UploadDocument of(String token, UploadState state) {
    Remark error = state.error();
    return new UploadDocument(
        token,
        state.status(),
        new Progress(stage(state.status()), state.percent(), state.etaSeconds()),
        state.receivedBytes(),
        state.totalBytes(),
        state.video(),
        error == null ? null : new AssetMedia.Failure(error.code(), error.detail()));
  }

  /// One that has not begun.
  static UploadDocument waiting(String token) {
    return of(token, new UploadState("WAITING", null, null, 0, null, null, null));
  }

  private static String stage(String status) {
    return switch (status) {
      case "COMPLETED" -> "done";
      case "FAILED" -> "failed";
      case "UPLOADING" -> "uploading";
      default -> "waiting";
    };
  }

  boolean ended() {
    return status.equals("COMPLETED") || status.equals("FAILED");
  }
}
