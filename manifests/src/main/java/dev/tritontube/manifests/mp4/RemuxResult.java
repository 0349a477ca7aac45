package dev.tritontube.manifests.mp4;

/// Whether the pictures of a file can be played as they are.
public sealed interface RemuxResult {
  record Possible(Remux remux) implements RemuxResult {}

  record Refused(Reason reason) implements RemuxResult {}

  /// Why not.
  enum Reason {
    /// Tables that are broken, or in a form that is not read.
    UNREADABLE,
    /// Another codec, several sample descriptions, or parameter sets that are not in `avcC`.
    NOT_PLAIN_H264,
    /// A profile of H.264 that browsers do not decode.
    PROFILE,
    /// Turned or mirrored by the file, or with pixels that are not square.
    NOT_UPRIGHT,
    /// The file lost its end.
    TRUNCATED,
    /// An edit list hides frames.
    HIDDEN_FRAMES,
    /// The first sample is no key frame, or not the first that is shown.
    FIRST_FRAME,
    /// The frames are not on the grid of the rate, or leave gaps.
    IRREGULAR,
    /// Frames with which a segment can begin are too far apart.
    FEW_KEY_FRAMES,
    /// Key frames by the tables, after which frames from before may still be needed.
    NOT_IDR,
    /// A segment would be larger than [Remuxer#MAX_SEGMENT_BYTES].
    TOO_LARGE
  }
}
