package dev.tritontube.web.steering;

import dev.tritontube.web.cluster.ClusterHealth;
import dev.tritontube.web.jobs.JobCounts;
import dev.tritontube.web.workers.Worker;
import java.util.List;

/// How everything does.
///
/// @param underReplicated how many replicas are missing; a lower bound while nodes do not answer
public record StatusReport(
    ClusterHealth health,
    long epoch,
    long underReplicated,
    List<NodeReport> nodes,
    JobCounts jobs,
    List<Worker> workers) {
  public StatusReport {
    nodes = List.copyOf(nodes);
    workers = List.copyOf(workers);
  }
}
