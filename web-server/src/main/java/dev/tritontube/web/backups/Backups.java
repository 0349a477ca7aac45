package dev.tritontube.web.backups;

import dev.tritontube.ring.Layout;
import dev.tritontube.web.backups.Backup.State;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.blobs.Layouts;
import dev.tritontube.web.catalog.Database;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes, keeps and deletes copies of the catalog in the ring. Several web servers on one catalog
/// do this side by side. Thread-safe.
public final class Backups implements BackupDesk, AutoCloseable {
  /// How often `runDue` is to be called.
  public static final Duration PERIOD = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

  /// One that is written, and of which nothing was heard for so long, is given up.
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final BackupStore store;
  private final SnapshotStore snapshots;
  private final Ground ground;
  private final Duration every;
  private final ExecutorService writing = Executors.newVirtualThreadPerTaskExecutor();

  /// Guarded by this. What is written here just now.
  private @Nullable Backup running;

  /// What copies are made of and written to.
  public record Ground(
      Database database,
      Blobs blobs,
      Layouts layouts,
      RandomGenerator random,
      InstantSource clock) {
    Instant now() {
      return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /// @param every zero: only when somebody asks
  public Backups(Ground ground, Duration every) {
    this.ground = ground;
    this.every = every;
    this.store = new BackupStore(ground.database());
    this.snapshots = new SnapshotStore(ground.database());
  }

  /// Those that are whole or written, the newest first.
  @Override
  public List<Backup> list() {
    return store.all().stream().filter(backup -> backup.state() != State.DELETING).toList();
  }

  /// Empty when there is none, or none any more.
  public Optional<Backup> find(BackupId id) {
    return store.find(id).filter(backup -> backup.state() != State.DELETING);
  }

  /// Begins to make a copy, or joins the one that is made here.
  public synchronized Backup begin() {
    Backup under = running;
    if (under != null) {
      return under;
    }
    Instant now = ground.now();
    Backup begun =
        new Backup(
            BackupId.at(now, ground.random()),
            State.WRITING,
            0,
            0,
            0,
            ground.layouts().current().epoch(),
            now);
    store.begin(begun);
    running = begun;
    writing.execute(() -> write(begun));
    return begun;
  }

  @Override
  public Backup create() throws IOException, InterruptedException {
    BackupId id = begin().id();
    Optional<Backup> backup = find(id);
    while (backup.filter(found -> found.state() == State.WRITING).isPresent()) {
      Thread.sleep(BETWEEN_LOOKS);
      backup = find(id);
    }
    return backup.orElseThrow(
        () -> new IOException("backup " + id + " failed: the web server's log says why"));
  }

  @Override
  public RestoreReport restore(Optional<BackupId> backup) throws BackupException {
    throw new BackupException(
        "catalog_not_empty",
        "this catalog is in use: only an empty one can be restored. Stop its web servers, and start"
            + " one on a new catalog with --nodes");
  }

  private void write(Backup begun) {
    try {
      Backup done = writeChunks(begun);
      if (!store.done(done)) {
        throw new IOException("it was given up meanwhile");
      }
      LOG.info("Backup {}: {} rows, {} bytes", done.id(), done.rows(), done.bytes());
    } catch (IOException | RuntimeException e) {
      LOG.warn("Backup {} failed", begun.id(), e);
      giveUp(begun.id());
    } finally {
      synchronized (this) {
        running = null;
      }
    }
  }

  private void giveUp(BackupId id) {
    try {
      store.giveUp(id);
      store.dueAt(ground.now().plus(AFTER_FAILURE));
    } catch (JdbiException e) {
      LOG.warn("Backup {} is given up later: {}", id, e.getMessage());
    }
  }

  private Backup writeChunks(Backup begun) throws IOException {
    BackupId id = begun.id();
    ChunkSink sink =
        new ChunkSink(
            ground.blobs(),
            id,
            chunks -> {
              if (!store.reserve(id, chunks, ground.now())) {
                throw new IOException("it was given up meanwhile");
              }
            });
    long rows = snapshots.write(sink);
    sink.close();
    Layout layout = ground.layouts().current();
    Manifest manifest =
        new Manifest(
            Dump.FORMAT,
            layout.clusterId(),
            ground.database().schema(),
            begun.createdAt().toEpochMilli(),
            layout.epoch(),
            layout.nodes().stream().map(node -> node.id().value()).toList(),
            rows,
            sink.chunks());
    ground.blobs().put(id.manifest(), ByteBuffer.wrap(manifest.encode()));
    return manifest.of(id);
  }

  /// Makes the copy that is due, and deletes those that are not kept any more.
  public void runDue() {
    if (every.isPositive() && store.takeDue(ground.now(), every)) {
      begin();
    }
    store.giveUpWritten(ground.now().minus(SILENCE));
    List<Backup> all = store.all();
    Retention.USUAL
        .expired(all.stream().filter(backup -> backup.state() == State.DONE).toList())
        .forEach(backup -> store.giveUp(backup.id()));
    for (Backup backup : store.all()) {
      if (backup.state() == State.DELETING) {
        delete(backup);
      }
    }
  }

  /// The manifest goes first: without it there is no copy. What fails is done again.
  private void delete(Backup backup) {
    try {
      ground.blobs().delete(backup.id().manifest());
      for (int chunk = 0; chunk < backup.chunks(); chunk++) {
        ground.blobs().delete(backup.id().chunk(chunk));
      }
      store.forget(backup.id());
    } catch (BlobException e) {
      LOG.info("Backup {} is not deleted yet: {}", backup.id(), e.getMessage());
    }
  }

  /// Breaks off what is written.
  @Override
  public void close() {
    writing.shutdownNow();
    try {
      if (!writing.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("a backup goes on for a while");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
