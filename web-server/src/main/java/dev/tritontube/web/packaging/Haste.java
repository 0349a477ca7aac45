package dev.tritontube.web.packaging;

/// Why a run is started now.
enum Haste {
  /// A player waits for its first segment.
  ASKED,
  /// A player is expected to, since an asset begins with it.
  EXPECTED,
  /// A player will ask for it later.
  SOON,
  /// It has to be made some time.
  NONE;

  boolean urgent() {
    return this != NONE;
  }

  /// Whether whatever has time stands still for it.
  boolean awaited() {
    return this == ASKED || this == EXPECTED;
  }
}
