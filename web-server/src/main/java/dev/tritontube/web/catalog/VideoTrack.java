package dev.tritontube.web.catalog;

import java.time.Instant;

/// Words over time of a video.
///
/// @param embedded whether they were found in its file
/// @param bytes of the text as it is served
public record VideoTrack(
    TrackId id,
    TrackWords words,
    boolean embedded,
    TextId text,
    int cues,
    long bytes,
    Instant createdAt,
    Instant updatedAt) {}
