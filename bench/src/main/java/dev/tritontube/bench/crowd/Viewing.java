package dev.tritontube.bench.crowd;

import org.jspecify.annotations.Nullable;

/// What somebody saw who watched all the time.
///
/// @param stalls how often it stood still
/// @param longestStallSeconds 0 when it never did
/// @param complaint why the player gave up, if it did
public record Viewing(
    String what, int stalls, double longestStallSeconds, @Nullable String complaint) {
  static Viewing of(String what, Playhead.Stalls stalls, @Nullable String complaint) {
    return new Viewing(what, stalls.count(), stalls.longestSeconds(), complaint);
  }

  Viewing and(Viewing next) {
    return new Viewing(
        what,
        stalls + next.stalls,
        Math.max(longestStallSeconds, next.longestStallSeconds),
        next.complaint);
  }
}
