package dev.tritontube.web.events;

import dev.tritontube.web.catalog.Event.Remark;
import dev.tritontube.web.catalog.Event.VideoState;
import dev.tritontube.web.packaging.AssetMedia;
import org.jspecify.annotations.Nullable;

/// How far a video is, in the API's JSON: a part of the video's document.
record ProgressDocument(
    String id,
    String status,
    boolean playable,
    AssetMedia.Progress progress,
    AssetMedia.@Nullable Failure error) {

  static ProgressDocument of(String id, VideoState state) {
    Remark error = state.error();
    return new ProgressDocument(
        id,
        state.status(),
        state.playable(),
        progress(state),
        error == null ? null : new AssetMedia.Failure(error.code(), error.detail()));
  }

  static AssetMedia.Progress progress(VideoState state) {
    Remark reason = state.reason();
    return new AssetMedia.Progress(
        state.stage(),
        state.percent(),
        state.etaSeconds(),
        reason == null ? null : new AssetMedia.Reason(reason.code(), reason.detail()));
  }

  /// Whether nothing more is to be expected.
  boolean ended() {
    return status.equals(AssetMedia.Status.COMPLETED.name())
        || status.equals(AssetMedia.Status.FAILED.name());
  }
}
