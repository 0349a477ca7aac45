package dev.tritontube.client;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A video. Of a file that nobody has looked at yet, what is not known is null, as is what it does
/// not have.
///
/// @param playable true as soon as a player can begin, while the rest is being encoded
/// @param durationSeconds null while it is not known, as are the next six
/// @param width in pixels as shown
/// @param sizeBytes of the uploaded file
/// @param sha256 of the uploaded file, in hexadecimal digits
/// @param notes what is not as it might be of one that is `COMPLETED`
/// @param renditions what can be chosen now, the smallest first
/// @param expiresAt when it deletes itself; null: never
/// @param deletedAt null unless it is deleted, and can be restored
/// @param etag by which [Videos#edit(Video, VideoEdit)] sees whether somebody else changed it
///   meanwhile; null in lists
public record Video(
    String id,
    String title,
    String description,
    List<String> tags,
    Visibility visibility,
    VideoStatus status,
    boolean playable,
    Progress progress,
    @Nullable Reason error,
    List<Reason> notes,
    @Nullable Double durationSeconds,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Double frameRate,
    long sizeBytes,
    @Nullable String container,
    @Nullable String videoCodec,
    @Nullable String audioCodec,
    String sha256,
    List<Rendition> renditions,
    Links links,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant deletedAt,
    @Nullable String etag) {

  @SuppressWarnings("RedundantNullCheck") // A document may lack a list.
  public Video {
    tags = List.copyOf(Objects.requireNonNullElse(tags, List.of()));
    notes = List.copyOf(Objects.requireNonNullElse(notes, List.of()));
    renditions = List.copyOf(Objects.requireNonNullElse(renditions, List.of()));
  }

  /// How far the encoding is.
  ///
  /// @param stage `waiting`, `probing`, `encoding`, `done` or `failed`
  /// @param percent 0 to 100
  /// @param etaSeconds null while nobody can tell
  /// @param reason why it takes longer than it might; null: it does not
  public record Progress(
      String stage, int percent, @Nullable Integer etaSeconds, @Nullable Reason reason) {}

  /// @param code stable, for programs
  /// @param detail for people
  public record Reason(String code, String detail) {}

  /// One quality that can be played.
  ///
  /// @param name such as `720p`, or `audio`
  /// @param width null without pictures, as is the height
  /// @param bitrate the peak, in bits a second
  /// @param codecs RFC 6381
  public record Rendition(
      String name,
      @Nullable Integer width,
      @Nullable Integer height,
      long bitrate,
      String codecs) {}

  /// Paths on the server: see [TritonTube#address].
  ///
  /// @param poster null while there is none
  /// @param thumbnails WebVTT; null while there are none
  public record Links(
      String self,
      String dash,
      String hls,
      @Nullable String poster,
      @Nullable String thumbnails,
      String original) {}

  Video withEtag(@Nullable String tag) {
    return new Video(
        id,
        title,
        description,
        tags,
        visibility,
        status,
        playable,
        progress,
        error,
        notes,
        durationSeconds,
        width,
        height,
        frameRate,
        sizeBytes,
        container,
        videoCodec,
        audioCodec,
        sha256,
        renditions,
        links,
        createdAt,
        updatedAt,
        expiresAt,
        deletedAt,
        tag);
  }
}
