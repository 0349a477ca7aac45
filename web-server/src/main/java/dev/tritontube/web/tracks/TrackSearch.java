package dev.tritontube.web.tracks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.manifests.text.Cues;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.NewText;
import dev.tritontube.web.catalog.TextStore;
import dev.tritontube.web.catalog.TrackKind;
import dev.tritontube.web.catalog.TrackSearchStore;
import dev.tritontube.web.catalog.TrackSearchStore.Found;
import dev.tritontube.web.catalog.TrackSearchStore.Search;
import dev.tritontube.web.catalog.TrackStore;
import dev.tritontube.web.catalog.TrackWords;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.packaging.EmbeddedReader;
import dev.tritontube.web.packaging.EmbeddedTracks;
import dev.tritontube.web.packaging.EmbeddedTracks.Skipped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks through files for what is to be read in them, one after the other, while they play
/// already. For one thread; several processes share the work.
public final class TrackSearch {
  /// How often `run` is to be called.
  public static final Duration PERIOD = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(TrackSearch.class);
  private static final int ATTEMPTS = 6;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

  /// For so long, who plays may have manifests that name what was removed: as tokens to play are
  /// good.
  private static final Duration REMEMBERED = Duration.ofHours(24);

  private static final Duration SWEEPS = Duration.ofMinutes(10);

  private final TrackSearchStore searches;
  private final TextStore texts;
  private final EmbeddedReader reader;
  private final RandomGenerator random;
  private final InstantSource clock;
  private Instant nextSweep = Instant.EPOCH;

  /// @param random must be unpredictable outside of tests
  public TrackSearch(
      Database database, EmbeddedReader reader, RandomGenerator random, InstantSource clock) {
    this.searches = new TrackSearchStore(database);
    this.texts = new TextStore(database);
    this.reader = reader;
    this.random = random;
    this.clock = clock;
  }

  /// Does what is due.
  public void run() {
    Instant now = clock.instant();
    if (!now.isBefore(nextSweep)) {
      texts.sweep(now.minus(REMEMBERED));
      nextSweep = now.plus(SWEEPS);
    }
    for (Optional<Search> next = next(); next.isPresent(); next = next()) {
      search(next.get());
    }
  }

  private Optional<Search> next() {
    return Thread.currentThread().isInterrupted()
        ? Optional.empty()
        : searches.take(clock.instant(), reader.longest());
  }

  private void search(Search search) {
    AssetId asset = search.asset();
    try {
      Optional<EmbeddedTracks> tracks = reader.read(asset);
      if (tracks.isPresent()) {
        keep(asset, tracks.get());
      } else {
        searches.fail(asset);
      }
    } catch (InterruptedException _) {
      searches.retryAt(asset, clock.instant());
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      setBack(search, e);
    }
  }

  private void setBack(Search search, Exception cause) {
    if (search.attempts() + 1 >= ATTEMPTS) {
      LOG.warn("what is to be read in asset {} is given up", search.asset(), cause);
      searches.fail(search.asset());
    } else {
      LOG.info("what is to be read in asset {} cannot be read now", search.asset(), cause);
      Instant due = clock.instant().plus(FIRST_PAUSE.multipliedBy(1L << 2 * search.attempts()));
      searches.retryAt(search.asset(), due);
    }
  }

  private void keep(AssetId asset, EmbeddedTracks tracks) {
    List<Skipped> skipped = new ArrayList<>(tracks.skipped());
    List<Found> found = new ArrayList<>();
    long left = TrackStore.MAX_BYTES;
    for (EmbeddedTracks.Text text : tracks.texts()) {
      NewText written = NewText.of(text.cues(), random);
      if (written.bytes() > left) {
        skipped.add(new Skipped("webvtt", text.language(), text.label(), "too_large"));
      } else {
        left -= written.bytes();
        found.add(new Found(words(text), written));
      }
    }
    chapters(tracks.chapters()).ifPresent(found::add);
    searches.done(asset, found, new String(Json.bytes(skipped), UTF_8), clock.instant());
  }

  /// What a file marks as the one to show is hardly ever meant so: Matroska marks all that nobody
  /// unmarked. So none is preferred until its owner says so.
  private static TrackWords words(EmbeddedTracks.Text text) {
    TrackKind kind = text.captions() ? TrackKind.CAPTIONS : TrackKind.SUBTITLES;
    return new TrackWords(kind, text.language(), text.label(), false, text.forced());
  }

  private Optional<Found> chapters(Cues chapters) {
    return chapters.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Found(
                new TrackWords(TrackKind.CHAPTERS, "und", "Chapters", false, false),
                NewText.of(chapters, random)));
  }
}
