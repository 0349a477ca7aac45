package dev.tritontube.web.catalog;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// What deleting a video does to the pictures that were taken out of it.
final class FramesOfVideoStore {
  private FramesOfVideoStore() {}

  /// Lets them go too: nobody sees them any more, and their blobs are deleted soon.
  static void delete(Handle tx, VideoId video, Instant now) {
    tx.execute(
        """
        update frame_sets set state = 'DELETING', sweep_at = ?
        where video_id = ? and state <> 'DELETING'
        """,
        now.toEpochMilli(),
        video.value());
  }
}
