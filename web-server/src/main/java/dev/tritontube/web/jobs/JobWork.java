package dev.tritontube.web.jobs;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.JobId;
import java.util.Collection;
import java.util.List;
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

  /// What comes of a wish for work.
  enum Answer {
    TAKEN,
    /// Other work on the asset has not ended.
    BUSY,
    /// Everything is made that can be.
    WHOLE,
    /// There is nothing yet that could go on playing meanwhile.
    NOTHING_PLAYS
  }

  /// Brings back work that ended undone. What was made and not given up is kept.
  ///
  /// @param anew whether work that made all it could begins again too
  Answer retry(Handle tx, Job job, boolean anew);

  /// Begins to encode an asset again, in the place of what plays until then.
  ///
  /// @param id of the job, which is put on record
  /// @param profile the name of one of `profiles`
  Answer encode(Handle tx, AssetId asset, JobId id, String profile);

  /// The ways to encode.
  List<ProfileDocument> profiles();

  /// Gives up what was kept for a retry.
  void discard(Handle tx, Job job);

  /// How far some assets are, of those that are worked on.
  Map<AssetId, JobProgress> progress(Collection<AssetId> assets);
}
