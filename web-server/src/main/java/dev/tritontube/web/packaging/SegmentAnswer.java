package dev.tritontube.web.packaging;

/// What comes of asking for a segment.
public sealed interface SegmentAnswer {
  /// It is there.
  record Stored(StoredSegment segment) implements SegmentAnswer {}

  /// It will be made, but was not within the time that a request can be held.
  record NotYet() implements SegmentAnswer {}

  /// It was to be made, and never will be.
  record Gone() implements SegmentAnswer {}

  /// There is no such segment.
  record Unknown() implements SegmentAnswer {}
}
