package dev.tritontube.web.tracks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.presentation.Role;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoTrack;
import dev.tritontube.web.videos.VideoDocuments;
import org.jspecify.annotations.Nullable;

/// A track of a video in the API's JSON. What sounds has no text, so nothing is said of one.
///
/// @param kind `audio`, or a word of `TrackKind`
/// @param origin `file`, or `uploaded`
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrackDocument(
    String id,
    String kind,
    String language,
    String label,
    @JsonProperty("default") boolean preferred,
    String origin,
    @Nullable Boolean forced,
    @Nullable Integer cues,
    @Nullable Long sizeBytes,
    @Nullable Links links,
    @Nullable String createdAt,
    @Nullable String updatedAt) {

  record Links(String self, String content) {}

  /// @param number from 1
  static TrackDocument of(int number, AudioTrack track) {
    return new TrackDocument(
        AudioId.of(number),
        "audio",
        track.language(),
        track.label(),
        track.role() == Role.MAIN,
        "file",
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static TrackDocument of(VideoId video, VideoTrack track) {
    String self = path(video, track);
    return new TrackDocument(
        track.id().value(),
        track.words().kind().word(),
        track.words().language(),
        track.words().label(),
        track.words().preferred(),
        track.embedded() ? "file" : "uploaded",
        track.words().forced(),
        track.cues(),
        track.bytes(),
        new Links(self, self + "/content"),
        track.createdAt().toString(),
        track.updatedAt().toString());
  }

  /// Where a track is.
  static String path(VideoId video, VideoTrack track) {
    return VideoDocuments.path(video) + "/tracks/" + track.id();
  }
}
