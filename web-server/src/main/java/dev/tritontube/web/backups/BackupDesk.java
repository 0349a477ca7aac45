package dev.tritontube.web.backups;

import dev.tritontube.web.cluster.ClusterException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What administrators do with copies of the catalog, whichever way they ask. Thread-safe.
public interface BackupDesk {
  /// The newest first.
  List<Backup> list() throws BackupException, ClusterException, IOException, InterruptedException;

  /// Makes one, and waits until it is whole.
  Backup create() throws BackupException, IOException, InterruptedException;

  /// Fills the catalog, which is empty.
  ///
  /// @param backup empty: from the newest
  /// @throws BackupException `catalog_not_empty`, `no_backup`, `unknown_backup` and others: nothing
  ///   has changed then
  RestoreReport restore(Optional<BackupId> backup)
      throws BackupException, ClusterException, IOException, InterruptedException;
}
