package dev.tritontube.local;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// Tells how the processes of a cluster end, unless the cluster is being stopped.
final class ChildWatch {
  private ChildWatch() {}

  /// Returns when all have ended, also those that had before.
  ///
  /// @param told gets a line for each; from several threads
  static void untilAllEnded(LocalCluster cluster, Consumer<String> told) {
    try (ExecutorService watching = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ChildProcess process : cluster.processes()) {
        Callable<Void> watch =
            () -> {
              String end = process.awaitEnd();
              if (!cluster.stopping()) {
                told.accept(end + "; the others go on (its log: " + process.log() + ")");
              }
              return null;
            };
        watching.submit(watch);
      }
    }
  }
}
