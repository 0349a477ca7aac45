package dev.tritontube.manifests.mp4;

/// What the samples of a track are, from its sample description.
public sealed interface Format {
  /// As in RFC 6381; only the sample entry's four characters where its details are not known here.
  String codecs();

  /// @param width of the coded pictures
  record Video(String codecs, int width, int height) implements Format {}

  record Audio(String codecs, int sampleRate, int channels) implements Format {}

  record Other(String codecs) implements Format {}
}
