package dev.tritontube.web.health;

import dev.tritontube.web.jobs.JobCounts;
import java.util.List;

/// How everything does that the server depends on.
///
/// @param status `OK`, `DEGRADED` or `DOWN`
/// @param catalog `OK` or `DOWN`
record HealthDocument(
    String status, String catalog, String storage, List<Node> nodes, JobCounts jobs) {

  /// @param detail why it is not UP; empty when it is
  record Node(String id, String address, String zone, String health, String detail) {}
}
