package dev.tritontube.conformance;

import dev.tritontube.manifests.presentation.Rational;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an MPD of one period says, as far as it is checked. Times are in seconds.
record DashManifest(double length, double buffer, double longestSegment, List<AdaptationSet> sets) {
  DashManifest {
    sets = List.copyOf(sets);
  }

  /// A segment as it is announced.
  ///
  /// @param start in ticks, as `tfdt` should have it
  record Announced(long start, long duration) {}

  /// @param gaps places at which an explicit time is not where the segment before ends
  /// @param offset media time at which the period begins
  record AdaptationSet(
      String name,
      String contentType,
      long timescale,
      long offset,
      int startWithSap,
      List<Announced> segments,
      List<String> gaps,
      List<Representation> representations) {
    boolean pictures() {
      return contentType.equals("video");
    }

    long ticks() {
      return segments.stream().mapToLong(Announced::duration).sum();
    }

    double seconds(long ticks) {
      return (double) ticks / timescale;
    }
  }

  /// @param rate of frames, or of samples of sound
  record Representation(
      String id,
      String codecs,
      long bandwidth,
      int width,
      int height,
      @Nullable Rational rate,
      String channels,
      URI init,
      List<URI> media) {}
}
