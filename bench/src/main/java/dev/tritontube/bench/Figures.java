package dev.tritontube.bench;

/// What one cell of a table measured.
///
/// @param cpuSecondsPerGb user and system time of the processes that were watched, per 10^9 bytes
///   of payload
record Figures(
    double megabytesPerSecond, double medianMillis, double p99Millis, double cpuSecondsPerGb) {}
