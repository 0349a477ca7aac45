package dev.tritontube.manifests.presentation;

/// One segment of a timeline.
///
/// @param number as in its address
/// @param start media time of its first sample (its `tfdt`), in ticks of the timeline
/// @param duration in ticks
public record Segment(long number, long start, long duration) {}
