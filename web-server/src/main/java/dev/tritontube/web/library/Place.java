package dev.tritontube.web.library;

/// A place in a list: after the video with this ordinal, which has this key of its order.
///
/// @param key as text
public record Place(String key, long ordinal) {}
