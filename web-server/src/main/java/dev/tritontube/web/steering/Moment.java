package dev.tritontube.web.steering;

import java.util.List;
import java.util.Optional;

/// The cluster at one moment, for those who follow it.
///
/// @param change the one that runs, or the last one that ran while somebody followed
record Moment(long epoch, boolean joint, List<NodeReport> nodes, Optional<ChangeReport> change) {
  Moment {
    nodes = List.copyOf(nodes);
  }

  /// Whether the nodes are members, and do, as they did.
  boolean sameStanding(Moment other) {
    return nodes.stream()
        .map(NodeReport::standing)
        .toList()
        .equals(other.nodes.stream().map(NodeReport::standing).toList());
  }

  /// Whether they hold what they held.
  boolean sameUsage(Moment other) {
    return nodes.stream()
        .map(NodeReport::usage)
        .toList()
        .equals(other.nodes.stream().map(NodeReport::usage).toList());
  }

  boolean sameChange(Moment other) {
    return change.map(ChangeReport::change).equals(other.change.map(ChangeReport::change));
  }

  boolean sameLayout(Moment other) {
    return epoch == other.epoch && joint == other.joint;
  }

  /// That nothing is left to be told of.
  boolean sameAs(Moment other) {
    return sameLayout(other) && sameStanding(other) && sameUsage(other) && sameChange(other);
  }

  Optional<ChangeReport> running() {
    return change.filter(report -> !report.change().finished());
  }
}
