package dev.tritontube.manifests.presentation;

/// One quality of one track.
public sealed interface Representation permits VideoRepresentation, AudioRepresentation {
  /// Unique in its period; stands in the addresses of its segments.
  String id();

  /// As in RFC 6381, such as `avc1.64001F`.
  String codecs();

  Bandwidth bandwidth();
}
