/// Placement: which nodes own a key.
///
/// Values and pure functions: hash, arcs, layouts, the solver and layout changes. Knows no I/O, no
/// clock, no gRPC and no randomness; the same input gives the same bytes on every machine.
@NullMarked
package dev.tritontube.ring;

import org.jspecify.annotations.NullMarked;
