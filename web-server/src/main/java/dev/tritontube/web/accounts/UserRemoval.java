package dev.tritontube.web.accounts;

import dev.tritontube.web.catalog.VideoId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Deletes users with all that is theirs. Who is to be deleted is on record first, so that it goes
/// on after whatever happens to a process.
public final class UserRemoval {
  public static final Duration PERIOD = Duration.ofSeconds(5);

  private static final int BATCH = 100;

  private final UserStore users;
  private final Videos videos;
  private final InstantSource clock;

  public UserRemoval(UserStore users, Videos videos, InstantSource clock) {
    this.users = users;
    this.videos = videos;
    this.clock = clock;
  }

  /// How a video is deleted, with what belongs to it.
  @FunctionalInterface
  public interface Videos {
    void delete(VideoId video);
  }

  /// Deletes a user. When it returns his videos are gone, or, when they are many, going.
  ///
  /// @return false when there is none
  public boolean delete(UserId id) {
    boolean there = users.beginDelete(id, clock.instant());
    if (there) {
      goOn(id);
    }
    return there;
  }

  /// Goes on with what was begun, here or elsewhere.
  public void run() {
    users.deleting().forEach(this::goOn);
  }

  private void goOn(UserId id) {
    List<VideoId> some = users.videos(id, BATCH);
    some.forEach(videos::delete);
    if (some.size() < BATCH) {
      users.delete(id);
    }
  }
}
