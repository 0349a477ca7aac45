package dev.tritontube.web.jobs;

import java.util.List;
import java.util.Map;

/// A way to encode in the API's JSON.
///
/// @param sizes on the short side, in pixels, ascending
/// @param codecs by their names; H.264 is always among them
/// @param forUploads whether whoever uploads may choose it, and not administrators alone
public record ProfileDocument(
    String name,
    String description,
    List<Integer> sizes,
    long fullHdBitsPerSecond,
    Map<String, Coding> codecs,
    int soundBitsPerSecond,
    boolean copies,
    boolean byContent,
    boolean forUploads) {
  /// @param crf the constant rate factor: the lower, the better
  /// @param preset how much work the encoder takes on, in its own word
  public record Coding(int crf, String preset) {}
}
