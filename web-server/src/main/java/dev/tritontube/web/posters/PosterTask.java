package dev.tritontube.web.posters;

import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.BlobException.Reason;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.OwnPoster;
import dev.tritontube.web.catalog.PosterId;
import dev.tritontube.web.catalog.PosterStore;
import dev.tritontube.web.catalog.PosterStore.Wish;
import dev.tritontube.web.jobs.TaskKind;
import dev.tritontube.web.jobs.TaskName;
import dev.tritontube.web.packaging.PosterStudio;
import dev.tritontube.web.packaging.StillPicture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Grants a wish for a poster, or says why it cannot.
record PosterTask(PosterStore store, PosterStudio studio, Blobs blobs, InstantSource clock)
    implements TaskKind {
  /// Somebody waits, though not to watch.
  static final TaskName NAME = new TaskName("poster", 15);

  private static final Logger LOG = LoggerFactory.getLogger(PosterTask.class);
  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Override
  public TaskName name() {
    return NAME;
  }

  @Override
  public void run(String subject) throws IOException, InterruptedException {
    PosterId id = new PosterId(subject);
    Optional<Wish> wish = store.begin(id);
    if (wish.isPresent()) {
      Optional<ByteBuffer> picture = picture(wish.get());
      if (picture.isPresent()) {
        show(wish.get(), picture.get());
      } else {
        store.refuse(id, "bad_picture", complaint(wish.get()), clock.instant());
      }
    }
  }

  private static String complaint(Wish wish) {
    return wish.seconds() == null
        ? "The picture cannot be decoded"
        : "The video cannot be decoded there";
  }

  private Optional<ByteBuffer> picture(Wish wish) throws IOException, InterruptedException {
    Double seconds = wish.seconds();
    if (seconds != null) {
      return studio.moment(wish.asset(), seconds);
    }
    byte[] upload = read(wish);
    Optional<StillPicture> known = StillPicture.read(upload);
    return known.isEmpty() ? Optional.empty() : studio.anew(upload, known.get());
  }

  private byte[] read(Wish wish) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BlobStream stream =
        blobs.open(OwnPoster.key(wish.video(), wish.id(), OwnPoster.UPLOAD), 0, -1)) {
      for (ByteBuffer data = stream.next(); data != null; data = stream.next()) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        bytes.writeBytes(part);
      }
    }
    return bytes.toByteArray();
  }

  /// What nobody wants any more by then is deleted like all that may have been written.
  private void show(Wish wish, ByteBuffer picture) throws IOException {
    int length = picture.remaining();
    try {
      blobs.put(OwnPoster.key(wish.video(), wish.id(), wish.number()), picture);
    } catch (BlobException e) {
      if (e.reason() == Reason.KEY_DELETED) {
        return;
      }
      throw e;
    }
    store.show(wish, length, clock.instant());
  }

  @Override
  public Optional<Instant> failed(String subject, Throwable cause) {
    PosterId id = new PosterId(subject);
    Instant now = clock.instant();
    Optional<Integer> tries = store.tries(id);
    if (tries.isPresent() && tries.get() >= TRIES) {
      LOG.error("gave up on poster {}", id, cause);
      store.refuse(id, "internal", "It failed too many times", now);
      return Optional.empty();
    }
    LOG.warn("poster {} failed, to be tried again", id, cause);
    return tries.map(_ -> now.plus(PAUSE));
  }
}
