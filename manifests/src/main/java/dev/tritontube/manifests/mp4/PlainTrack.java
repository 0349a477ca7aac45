package dev.tritontube.manifests.mp4;

/// A track of which its boxes tell all there is to know before it is decoded.
public sealed interface PlainTrack {
  MovieTrack track();

  Words words();

  /// What is said of it for people.
  ///
  /// @param enabled whether it is to be played when nobody chooses
  /// @param language three letters of ISO 639-2
  record Words(boolean enabled, String language) {}

  /// H.264 that is shown as it is coded.
  record Pictures(MovieTrack track, Words words, SequenceParameters parameters)
      implements PlainTrack {}

  /// AAC-LC.
  record Sound(MovieTrack track, Words words, int channels) implements PlainTrack {}
}
