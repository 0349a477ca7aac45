package dev.tritontube.web.jobs;

import dev.tritontube.web.catalog.AssetId;
import java.util.Collection;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// The work behind jobs, as far as it can be steered. What has a transaction happens in it, the
/// job's own record included. Thread-safe.
public interface JobWork {
  /// Ends work that waits or is under way, and gives up what was made of it.
  ///
  /// @return false when it had ended
  boolean cancel(Handle tx, Job job);

  /// Stops at once what this process does for an asset. Other processes notice within seconds that
  /// the work has ended.
  void stop(AssetId asset);

  /// Brings back work that ended undone. What was made and not given up is kept.
  ///
  /// @return false when there is nothing to bring back: what there is plays
  boolean retry(Handle tx, Job job);

  /// Gives up what was kept for a retry.
  void discard(Handle tx, Job job);

  /// How far some assets are, of those that are worked on.
  Map<AssetId, JobProgress> progress(Collection<AssetId> assets);
}
