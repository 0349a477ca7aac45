package dev.tritontube.web.packaging;

import org.jspecify.annotations.Nullable;

/// What people are told of what the probe found.
final class FactsOf {
  private FactsOf() {}

  static AssetMedia.Facts media(SourceMedia media) {
    SourceMedia.@Nullable Video video = media.video();
    String audioCodec = media.audios().isEmpty() ? null : media.audios().getFirst().codec();
    return new AssetMedia.Facts(
        media.durationSeconds(),
        video == null ? null : video.width(),
        video == null ? null : video.height(),
        video == null ? null : video.timing().rate().approximately(),
        media.container().label(),
        video == null ? null : video.codec(),
        audioCodec);
  }
}
