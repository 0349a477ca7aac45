package dev.tritontube.manifests.presentation;

/// Sound in one quality.
///
/// @param sampleRate samples a second
/// @param channels loudspeakers it is meant for, 6 for 5.1
public record AudioRepresentation(
    String id, String codecs, Bandwidth bandwidth, int sampleRate, int channels)
    implements Representation {
  public AudioRepresentation {
    Names.check("representation", id);
    Names.checkCodecs(id, codecs);
    if (sampleRate < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "representation %s has %d channels of %d Hz".formatted(id, channels, sampleRate));
    }
  }
}
