/// Benchmarks that anyone can run again. A figure is a ratio against something real, measured in
/// the same run.
@NullMarked
package dev.tritontube.bench;

import org.jspecify.annotations.NullMarked;
