package dev.tritontube.web.cluster;

/// The right to do what only one web server does at a time.
///
/// @param fence grows with each new holder
record Lease(String name, String holder, long fence) {}
