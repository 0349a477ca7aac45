package dev.tritontube.web.packaging;

/// Whether programs that touch media run in a sandbox.
public enum Sandboxing {
  /// In the one that the system offers, with the parts that it has.
  AUTO,
  /// In a whole one, or not at all.
  REQUIRED,
  OFF
}
