package dev.tritontube.web.packaging;

/// How many jobs there are, by state.
///
/// @param failed assets that could not be packaged
public record JobCounts(int waiting, int running, int failed) {}
