package dev.tritontube.bench.media;

import java.util.Locale;

/// The players that are measured, each with its own settings.
enum Player {
  DASH("dash.js", "manifest.mpd"),
  HLS("hls.js", "master.m3u8"),
  SHAKA("Shaka", "manifest.mpd");

  private final String title;
  private final String manifest;

  Player(String title, String manifest) {
    this.title = title;
    this.manifest = manifest;
  }

  String title() {
    return title;
  }

  /// Its name in the measuring page.
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What it is given to play, below the video's address.
  String manifest() {
    return manifest;
  }
}
