package dev.tritontube.web.tracks;

import dev.tritontube.manifests.text.Cues;
import dev.tritontube.manifests.text.MalformedTextException;
import dev.tritontube.manifests.text.TextFile;
import dev.tritontube.web.catalog.NewText;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.TrackKind;
import dev.tritontube.web.catalog.TrackWords;
import dev.tritontube.web.http.BoundedBody;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.uploads.BodyPlaces;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Reads files of words that people send into memory, and writes them anew, a few at a time: those
/// that are there, so that nobody waits for who sends slowly. Thread-safe.
final class SentText {
  static final int MAX_BYTES = 4 << 20;

  /// Files that come.
  private static final int COMING = 16;

  private static final int COMING_OF_OWNER = 2;

  /// As text and as cues they take about ten times as much memory.
  private static final int AT_ONCE = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final BodyPlaces coming = new BodyPlaces(COMING, COMING_OF_OWNER, PATIENCE);
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final RandomGenerator random;

  /// @param random must be unpredictable outside of tests
  SentText(RandomGenerator random) {
    this.random = random;
  }

  /// @param owner of the video
  /// @throws ProblemException 400 `bad_text`, 408, 413, 503 `busy`
  NewText read(InputStream body, Owner owner, TrackWords words) throws IOException {
    try (BodyPlaces.Place _ = coming.enter(owner)) {
      byte[] file = BoundedBody.read(body, MAX_BYTES, "A file of words over time");
      return anew(file, words.kind(), words.language());
    }
  }

  private NewText anew(byte[] file, TrackKind kind, String language) {
    enter();
    try {
      Cues cues = TextFile.read(file, language);
      NewText text = NewText.of(kind == TrackKind.CHAPTERS ? cues.plain() : cues, random);
      if (text.bytes() > MAX_BYTES) {
        throw new ProblemException(
            new Problem.BadRequest("bad_text", "Written as WebVTT it has more than 4 MiB"));
      }
      return text;
    } catch (MalformedTextException e) {
      throw new ProblemException(
          new Problem.BadRequest("bad_text", String.valueOf(e.getMessage())));
    } finally {
      places.release();
    }
  }

  private void enter() {
    boolean entered;
    try {
      entered = places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      entered = false;
    }
    if (!entered) {
      throw new ProblemException(
          new Problem.Unavailable("busy", "Others send files of words now", Duration.ofSeconds(2)));
    }
  }
}
