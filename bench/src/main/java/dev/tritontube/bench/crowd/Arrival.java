package dev.tritontube.bench.crowd;

import org.jspecify.annotations.Nullable;

/// What became of one upload of the crowd. Seconds count from when its last byte was sent, but for
/// the last.
///
/// @param title what was uploaded
/// @param id of the video
/// @param refusals how often it was told to come again before
/// @param answeredSeconds until the server said that it has it
/// @param manifestSeconds until there was a manifest
/// @param playsSeconds until the first pictures and sound of the smallest size were there
/// @param inAllSeconds from the beginning of the upload until it plays
/// @param complaint why it does not play, if so; the id and the seconds mean nothing then
public record Arrival(
    String title,
    String id,
    int refusals,
    double answeredSeconds,
    double manifestSeconds,
    double playsSeconds,
    double inAllSeconds,
    @Nullable String complaint) {}
