package dev.tritontube.web.videos;

import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.AssetStore;
import dev.tritontube.web.catalog.OwnPoster;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.packaging.AssetMedia;
import dev.tritontube.web.packaging.AssetMedia.Facts;
import dev.tritontube.web.packaging.PackagedAssets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Puts together what is known of videos: their words, their asset, how far it is packaged.
/// Thread-safe.
public final class VideoDocuments {
  private final AssetStore assets;
  private final PackagedAssets packaged;

  public VideoDocuments(AssetStore assets, PackagedAssets packaged) {
    this.assets = assets;
    this.packaged = packaged;
  }

  /// Where a video is.
  public static String path(VideoId id) {
    return "/api/v1/videos/" + id;
  }

  public VideoDocument of(Video video) {
    return of(List.of(video)).getFirst();
  }

  /// In the same order; a video that is deleted meanwhile is left out.
  List<VideoDocument> of(List<Video> videos) {
    Set<AssetId> ids = videos.stream().map(Video::asset).collect(Collectors.toSet());
    Map<AssetId, Asset> found = assets.all(ids);
    Map<AssetId, AssetMedia> media = packaged.media(found.keySet());
    return videos.stream()
        .filter(video -> found.containsKey(video.asset()))
        .map(
            video ->
                document(
                    video,
                    Objects.requireNonNull(found.get(video.asset())),
                    media.getOrDefault(video.asset(), AssetMedia.pending())))
        .toList();
  }

  private static VideoDocument document(Video video, Asset asset, AssetMedia media) {
    Facts facts = media.facts();
    return new VideoDocument(
        video.id().value(),
        video.details().title(),
        video.details().description(),
        video.details().tags(),
        video.details().visibility().word(),
        media.status().name(),
        media.playable(),
        media.progress(),
        media.error(),
        media.notes(),
        facts == null ? null : facts.durationSeconds(),
        facts == null ? null : facts.width(),
        facts == null ? null : facts.height(),
        facts == null ? null : facts.frameRate(),
        asset.sizeBytes(),
        facts == null ? asset.container() : facts.container(),
        facts == null ? null : facts.videoCodec(),
        facts == null ? null : facts.audioCodec(),
        asset.sha256().hex(),
        media.renditions(),
        links(video, media),
        video.createdAt().toString(),
        later(video.updatedAt(), media.changedAt()).toString(),
        text(video.expiresAt()),
        text(video.deletedAt()));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static VideoDocument.Links links(Video video, AssetMedia media) {
    String self = path(video.id());
    String poster = poster(video.poster(), media);
    return new VideoDocument.Links(
        self,
        self + "/manifest.mpd",
        self + "/master.m3u8",
        poster == null ? null : self + poster,
        media.thumbnails() ? self + "/thumbnails.vtt" : null,
        self + "/original");
  }

  /// The address changes with the picture, since pages that show it do not ask again.
  private static @Nullable String poster(@Nullable OwnPoster own, AssetMedia media) {
    if (own != null) {
      return "/poster.jpg?v=" + own.name();
    }
    return media.poster() ? "/poster.jpg" : null;
  }
}
