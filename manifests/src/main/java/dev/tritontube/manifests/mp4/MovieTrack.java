package dev.tritontube.manifests.mp4;

import dev.tritontube.manifests.presentation.Rational;
import java.util.List;
import java.util.OptionalLong;

/// A track of a file, with its edit list applied.
///
/// @param samples in the sample table, those an edit list hides included
/// @param frames samples that are shown; for other tracks than video the same as `samples`
/// @param start when the first frame is shown (or, for other tracks than video, when the first edit
///   begins), in seconds from the movie's beginning
/// @param duration how long its edits, or without any its samples, last, in seconds
/// @param frameTicks the length of every frame but the last, where it is constant; video only
/// @param keyFrames when the shown frames that decoding can begin with are shown, in ticks of the
///   track from its first shown frame, ascending; video only
public record MovieTrack(
    TrackHeader header,
    long samples,
    long frames,
    Rational start,
    Rational duration,
    OptionalLong frameTicks,
    List<Long> keyFrames) {
  public MovieTrack {
    keyFrames = List.copyOf(keyFrames);
  }
}
