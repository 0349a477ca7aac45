package dev.tritontube.web;

import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.OwnPoster;
import dev.tritontube.web.catalog.PosterId;
import dev.tritontube.web.catalog.PosterStore;
import dev.tritontube.web.catalog.PosterStore.Wish;
import dev.tritontube.web.jobs.TaskKind;
import dev.tritontube.web.jobs.TaskName;
import dev.tritontube.web.jobs.TaskSignal;
import dev.tritontube.web.jobs.TaskWorkers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Grants every wish for a poster without looking at anything.
record InstantPosters(PosterStore store, Blobs blobs) implements TaskKind {
  /// Starts to.
  static TaskWorkers on(RestBed bed) {
    TaskWorkers workers =
        new TaskWorkers(
            bed.database.dataSource(),
            List.of(new InstantPosters(new PosterStore(bed.database), bed.blobs)),
            new TaskWorkers.Setup(1, "posters", new TaskSignal()));
    workers.start();
    return workers;
  }

  @Override
  public TaskName name() {
    return new TaskName("poster", 15);
  }

  @Override
  public void run(String subject) throws Exception {
    Optional<Wish> wish = store.begin(new PosterId(subject));
    if (wish.isPresent()) {
      Wish wanted = wish.get();
      blobs.put(
          OwnPoster.key(wanted.video(), wanted.id(), wanted.number()), ByteBuffer.allocate(1));
      store.show(wanted, 1, Instant.now());
    }
  }

  @Override
  public Optional<Instant> failed(String subject, Throwable cause) {
    return Optional.empty();
  }
}
