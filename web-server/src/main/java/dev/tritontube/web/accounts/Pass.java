package dev.tritontube.web.accounts;

import java.time.Instant;

/// What stands for its holder for a while.
///
/// @param text secret; may stand in a path
public record Pass(String text, Instant expires) {}
