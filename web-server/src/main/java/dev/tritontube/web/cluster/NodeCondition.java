package dev.tritontube.web.cluster;

/// How a node does, as this web server sees it.
public enum NodeCondition {
  UP,
  /// Does not answer.
  DOWN,
  /// Serves, and is being brought up to date after it was away.
  SYNCING,
  /// Another node answers at its address, or it is of another cluster, or lives at two addresses.
  REFUSED,
  /// Takes no new blobs; reads work.
  FULL,
  /// Its disk failed.
  FAILED;

  /// True when it can be asked for what it has.
  boolean reachable() {
    return switch (this) {
      case UP, SYNCING, FULL -> true;
      case DOWN, REFUSED, FAILED -> false;
    };
  }
}
