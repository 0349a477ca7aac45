/// Clusters of real processes on this machine: for the launcher, the integration tests and the
/// benchmarks.
@NullMarked
package dev.tritontube.local;

import org.jspecify.annotations.NullMarked;
