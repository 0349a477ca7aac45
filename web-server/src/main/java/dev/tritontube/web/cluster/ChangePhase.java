package dev.tritontube.web.cluster;

/// How far a layout change is. All but the first and the last are gone through once for each step
/// of its plan.
public enum ChangePhase {
  /// The next step, or the end when there is none, is to be published.
  PLANNED,
  /// The joint layout is published; the nodes are being told.
  PREPARE,
  /// Old and new owners are written to; the new ones copy what they lack.
  COPY,
  /// The new owners are published as the only ones; the nodes are being told.
  CUTOVER,
  /// Readers that still go by the joint layout get their time.
  GRACE,
  /// The old owners forget what they do not own any more.
  PURGE,
  DONE
}
