package dev.tritontube.conformance;

import dev.tritontube.manifests.mp4.TrackHeader;
import java.net.URI;
import java.util.List;

/// What the files of a representation turned out to be.

record MediaTrack(TrackHeader header, List<Segment> segments) {
  MediaTrack {
    segments = List.copyOf(segments);
  }

  /// @param start when its first sample is decoded, in ticks
  /// @param duration of all samples, in ticks
  record Segment(URI address, long bytes, long start, long duration, int samples) {}

  long bytes() {
    return segments.stream().mapToLong(Segment::bytes).sum();
  }

  long ticks() {
    return segments.stream().mapToLong(Segment::duration).sum();
  }

  long samples() {
    return segments.stream().mapToLong(Segment::samples).sum();
  }

  double seconds(long ticks) {
    return (double) ticks / header.timescale();
  }

  boolean pictures() {
    return header.handler().equals("vide");
  }
}
