package dev.tritontube.web.packaging;

import dev.tritontube.manifests.mp4.AacTrack;
import dev.tritontube.manifests.mp4.Remux;
import dev.tritontube.manifests.presentation.Rational;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the probe found in a file. Times are in seconds on the file's own clock.
///
/// @param wholeSeconds how long it was before it was cut off; null when it was not
/// @param video null for sound only
/// @param audios one for each language, the default one first
/// @param coverStream index of a still picture that stands for the file; null when there is none
/// @param predicted whether the times are what the file claims, since looking would take too long
record SourceMedia(
    Container container,
    double durationSeconds,
    @Nullable Double wholeSeconds,
    @Nullable Video video,
    List<Audio> audios,
    @Nullable Integer coverStream,
    boolean predicted) {

  SourceMedia {
    audios = List.copyOf(audios);
  }

  /// Pictures.
  ///
  /// @param stream index in the file
  /// @param width as shown: rotated, with square pixels
  /// @param bitRate bits a second, as far as is known; else 0
  /// @param timing when its frames are
  /// @param effort what they took; null when that is not known
  /// @param remux the same pictures as segments, where they can be played as they are; else null
  record Video(
      int stream,
      String codec,
      int width,
      int height,
      long bitRate,
      Colour colour,
      boolean interlaced,
      Timing timing,
      @Nullable Effort effort,
      @Nullable Remux remux) {
    long pixels() {
      return (long) width * height;
    }
  }

  /// @param matrix as ffmpeg names it; null when the file does not say
  /// @param hdr true when the transfer function is PQ or HLG
  record Colour(@Nullable String matrix, boolean hdr) {}

  /// @param rate frames a second of the constant-rate output
  /// @param frames how many places that has from the first frame to the end of the last
  /// @param constant true when the source's frames are on this grid, but for gaps
  record Timing(double startSeconds, Rational rate, long frames, boolean constant) {
    double endSeconds() {
      return startSeconds + frames / rate.approximately();
    }
  }

  /// Sound.
  ///
  /// @param language BCP 47
  /// @param label what the file calls it, for people; empty when it does not say
  /// @param frames the same sound where it can be played as it is; else null
  record Audio(
      int stream,
      String codec,
      String language,
      String label,
      int channels,
      double startSeconds,
      double endSeconds,
      @Nullable AacTrack frames) {}
}
