package dev.tritontube.web.videos;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tritontube.web.packaging.AssetMedia;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A video in the API's JSON.
///
/// @param notes left out when there are none
/// @param expiresAt left out when there is none
/// @param deletedAt left out when it is not deleted
public record VideoDocument(
    String id,
    String title,
    String description,
    List<String> tags,
    String visibility,
    String status,
    boolean playable,
    AssetMedia.Progress progress,
    AssetMedia.@Nullable Failure error,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AssetMedia.Reason> notes,
    @Nullable Double durationSeconds,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Double frameRate,
    long sizeBytes,
    String container,
    @Nullable String videoCodec,
    @Nullable String audioCodec,
    String sha256,
    List<AssetMedia.Rendition> renditions,
    Links links,
    String createdAt,
    String updatedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String expiresAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String deletedAt) {

  /// @param poster null when there is none (yet)
  /// @param thumbnails left out while there are none
  public record Links(
      String self,
      String dash,
      String hls,
      @Nullable String poster,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String thumbnails,
      String original) {}
}
