package dev.tritontube.web.backups;

import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.cluster.ClusterException;
import dev.tritontube.web.cluster.LostCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A web server whose catalog is empty, on storage nodes that belong to a cluster: it waits until
/// somebody has the catalog restored. Thread-safe.
public final class Recovery implements BackupDesk {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Database database;
  private final LostCluster cluster;
  private final Restore restore;
  private final CountDownLatch done = new CountDownLatch(1);
  private final ReentrantLock alone = new ReentrantLock();

  public Recovery(Database database, LostCluster cluster, Restore restore) {
    this.database = database;
    this.cluster = cluster;
    this.restore = restore;
  }

  @Override
  public List<Backup> list()
      throws BackupException, ClusterException, IOException, InterruptedException {
    return alone(restore::list);
  }

  @Override
  public Backup create() throws BackupException {
    throw new BackupException("catalog_empty", "there is nothing to back up: the catalog is empty");
  }

  @Override
  public RestoreReport restore(Optional<BackupId> backup)
      throws BackupException, ClusterException, IOException, InterruptedException {
    return alone(
        () -> {
          RestoreReport report = restore.run(backup);
          LOG.info("restored: {}", report);
          done.countDown();
          return report;
        });
  }

  private interface Act<T> {
    T run() throws BackupException, IOException;
  }

  private <T> T alone(Act<T> act)
      throws BackupException, ClusterException, IOException, InterruptedException {
    if (!alone.tryLock()) {
      throw new BackupException("restoring", "somebody else is at it: ask again later");
    }
    try {
      cluster.serve();
      return act.run();
    } finally {
      alone.unlock();
    }
  }

  /// Waits until the catalog is not empty any more, whoever has filled it.
  public void await() throws InterruptedException {
    while (!done.await(LOOK.toMillis(), TimeUnit.MILLISECONDS) && !filled()) {
      // Looked again.
    }
  }

  private boolean filled() {
    try {
      return cluster.isIn(database.jdbi());
    } catch (JdbiException e) {
      LOG.warn("the catalog does not answer: {}", e.getMessage());
      return false;
    }
  }
}
