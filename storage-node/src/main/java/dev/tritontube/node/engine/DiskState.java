package dev.tritontube.node.engine;

/// Whether a disk takes writes.
public enum DiskState {
  OK,
  /// Puts are refused, deletes and reads work.
  FULL,
  /// A write or a sync failed: nothing is written until the process is started again; reads work.
  FAILED
}
