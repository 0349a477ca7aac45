package dev.tritontube.web.packaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What packaging knows about an asset: how far it is, and what the file turned out to be.
///
/// @param playable true when there is a presentation to play, also while the rest is being encoded
/// @param progress how far the work is; 100 percent when it is done
/// @param error why it failed; null unless FAILED
/// @param facts what the probe found; null before it
/// @param poster true when there is a poster
/// @param thumbnails true when there are thumbnails in what plays
/// @param notes what is not as it might be of one that is COMPLETED
/// @param changedAt when any of this changed last, progress apart
public record AssetMedia(
    Status status,
    boolean playable,
    Progress progress,
    @Nullable Failure error,
    @Nullable Facts facts,
    List<Rendition> renditions,
    boolean poster,
    boolean thumbnails,
    List<Reason> notes,
    Instant changedAt) {

  public AssetMedia {
    renditions = List.copyOf(renditions);
    notes = List.copyOf(notes);
    if ((status == Status.FAILED) != (error != null)) {
      throw new IllegalArgumentException(
          "an asset has an error exactly when it is FAILED, not " + status);
    }
  }

  /// One of which nothing is to be noted.
  public AssetMedia(
      Status status,
      boolean playable,
      Progress progress,
      @Nullable Failure error,
      @Nullable Facts facts,
      List<Rendition> renditions,
      boolean poster,
      boolean thumbnails,
      Instant changedAt) {
    this(
        status,
        playable,
        progress,
        error,
        facts,
        renditions,
        poster,
        thumbnails,
        List.of(),
        changedAt);
  }

  /// An asset that no worker has looked at.
  public static AssetMedia pending() {
    return new AssetMedia(
        Status.PENDING,
        false,
        new Progress("waiting", 0, null),
        null,
        null,
        List.of(),
        false,
        false,
        Instant.EPOCH);
  }

  /// How far packaging is.
  public enum Status {
    PENDING,
    PROCESSING,
    COMPLETED,
    FAILED
  }

  /// @param stage what is being done: `waiting`, `probing`, `encoding`, `done`, `failed`
  /// @param percent 0 to 100, of the whole work
  /// @param etaSeconds estimated time to the end; null while nothing is known
  /// @param reason why it takes longer than it might; null: it does not
  public record Progress(
      String stage,
      int percent,
      @Nullable Integer etaSeconds,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Reason reason) {
    public Progress {
      Objects.checkIndex(percent, 101);
    }

    public Progress(String stage, int percent, @Nullable Integer etaSeconds) {
      this(stage, percent, etaSeconds, null);
    }
  }

  /// @param code stable, for programs: see `Reasons`
  /// @param detail for people
  public record Reason(String code, String detail) {}

  /// @param code stable, for programs: a `MediaException.Code` in lower case, or `internal_error`
  /// @param detail for people
  public record Failure(String code, String detail) {}

  /// What the probe found in the original.
  ///
  /// @param width in pixels as shown, after rotation and with square pixels; null without video,
  ///   and so on
  public record Facts(
      double durationSeconds,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Double frameRate,
      String container,
      @Nullable String videoCodec,
      @Nullable String audioCodec) {}

  /// One quality that can be played.
  ///
  /// @param name `720p`, or `audio` for a file without pictures
  /// @param bitrate peak, in bits a second
  /// @param codecs RFC 6381
  public record Rendition(
      String name,
      @Nullable Integer width,
      @Nullable Integer height,
      long bitrate,
      String codecs) {}
}
