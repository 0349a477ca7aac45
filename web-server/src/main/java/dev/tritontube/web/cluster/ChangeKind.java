package dev.tritontube.web.cluster;

import java.util.Locale;

/// What a layout change does with a node.
public enum ChangeKind {
  ADD,
  DRAIN,
  REMOVE;

  /// As administrators write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
