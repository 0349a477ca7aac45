package dev.tritontube.web.backups;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeId;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.blobs.RingBlobs.Listed;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.PosterStore;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.catalog.QuotaStore;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.originals.Chunks;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fills an empty catalog from a copy in the ring, in one transaction: whatever happens, the
/// catalog is empty or whole. For one thread.
public final class Restore {
  private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

  /// More events than there can have been since the copy was made.
  private static final long EVENTS_LEFT_OUT = 1_000_000_000L;

  private final Database database;
  private final Ring ring;
  private final Encodings encodings;
  private final InstantSource clock;

  /// The ring, with a list of what it holds.
  public interface Ring {
    Blobs blobs();

    /// Tells all keys with a prefix, also those that were deleted, of each node that has them.
    ///
    /// @return how many nodes could not be asked
    int scan(String prefix, Consumer<Listed> sink) throws BlobException;

    /// Makes the catalog that of the cluster.
    ///
    /// @param nodes of the layout when the copy was made
    Layout enter(Handle transaction, Collection<NodeId> nodes);
  }

  /// What is made of originals.
  public interface Encodings {
    /// Encodes an asset anew.
    void beginAnew(Handle transaction, AssetId asset);

    /// Has all go on that waits.
    void goOn(Handle transaction);
  }

  public Restore(Database database, Ring ring, Encodings encodings, InstantSource clock) {
    this.database = database;
    this.ring = ring;
    this.encodings = encodings;
    this.clock = clock;
  }

  /// What the ring has of copies.
  ///
  /// @param whole with a manifest that can be read, the newest first
  /// @param rest of which there is only a part, with the number of chunks
  private record Found(List<Backup> whole, Map<BackupId, Integer> rest) {}

  /// Those that are whole, the newest first.
  public List<Backup> list() throws IOException {
    return found().whole();
  }

  private Found found() throws IOException {
    Map<String, Integer> chunks = new TreeMap<>();
    Set<String> whole = new HashSet<>();
    Set<String> deleted = new HashSet<>();
    ring.scan(
        BackupId.PREFIX,
        listed ->
            BackupId.part(listed.key().value())
                .ifPresent(
                    part -> {
                      String id = part.backup().value();
                      if (part.chunk() >= 0 && !listed.deleted()) {
                        chunks.merge(id, part.chunk() + 1, Math::max);
                      } else if (part.chunk() < 0) {
                        (listed.deleted() ? deleted : whole).add(id);
                      }
                    }));
    whole.removeAll(deleted);
    List<Backup> backups = new ArrayList<>();
    for (String id : whole) {
      read(new BackupId(id)).ifPresent(manifest -> backups.add(manifest.of(new BackupId(id))));
    }
    backups.sort(Comparator.comparing((Backup backup) -> backup.id().value()).reversed());
    Map<BackupId, Integer> rest = new LinkedHashMap<>();
    chunks.forEach(
        (id, count) -> {
          if (!whole.contains(id)) {
            rest.put(new BackupId(id), count);
          }
        });
    return new Found(backups, rest);
  }

  private Optional<Manifest> read(BackupId id) {
    try {
      byte[] json = ChunkSource.whole(ring.blobs(), id.manifest()).array();
      return Optional.of(Manifest.decode(json));
    } catch (IOException e) {
      LOG.warn("Backup {} cannot be used: {}", id, e.getMessage());
      return Optional.empty();
    }
  }

  /// @param wanted empty: the newest
  /// @throws BackupException when there is none, or the catalog is not empty; nothing has changed
  ///   then
  public RestoreReport run(Optional<BackupId> wanted) throws BackupException, IOException {
    requireEmpty();
    Found found = found();
    Backup backup = chosen(found.whole(), wanted);
    Manifest manifest =
        read(backup.id())
            .orElseThrow(
                () -> new BackupException("bad_backup", "its manifest cannot be read any more"));
    requireReadable(backup.id(), manifest);
    return database.jdbi().inTransaction(tx -> fill(tx, found, backup, manifest));
  }

  private static Backup chosen(List<Backup> whole, Optional<BackupId> wanted)
      throws BackupException {
    if (whole.isEmpty()) {
      throw new BackupException("no_backup", "there is no backup on the storage nodes");
    }
    if (wanted.isEmpty()) {
      return whole.getFirst();
    }
    return whole.stream()
        .filter(backup -> backup.id().equals(wanted.get()))
        .findFirst()
        .orElseThrow(
            () -> new BackupException("unknown_backup", "there is no backup " + wanted.get()));
  }

  private void requireReadable(BackupId id, Manifest manifest) throws BackupException {
    if (manifest.format() != Dump.FORMAT || !manifest.schema().equals(database.schema())) {
      throw new BackupException(
          "other_version",
          "backup "
              + id
              + " has tables of version "
              + manifest.schema()
              + " in format "
              + manifest.format()
              + ", this program has "
              + database.schema()
              + " in "
              + Dump.FORMAT
              + ": restore it with the program that made it, then start the newer one on that catalog");
    }
  }

  private void requireEmpty() throws BackupException {
    if (database.jdbi().withHandle(LoadStore::inUse)) {
      throw new BackupException(
          "catalog_not_empty", "this catalog is in use: only an empty one can be restored");
    }
  }

  private RestoreReport fill(Handle tx, Found found, Backup backup, Manifest manifest)
      throws IOException {
    long rows = load(tx, backup, manifest);
    database.indexWords(tx);
    Layout layout = ring.enter(tx, manifest.nodes().stream().map(NodeId::new).toList());
    AftermathStore store = new AftermathStore(tx);
    Aftermath aftermath = new Aftermath(store);
    int silent = ring.scan("a/", aftermath::see);
    silent = Math.max(silent, ring.scan("v/", aftermath::seeOfVideo));
    int deleted = settle(tx, aftermath, store);
    encodings.goOn(tx);
    database.events().beginAnew(tx, EVENTS_LEFT_OUT);
    remember(tx, found);
    return new RestoreReport(
        backup.id(),
        backup.createdAt(),
        rows,
        layout.epoch(),
        deleted,
        aftermath.worn().size(),
        aftermath.goneUploads().size(),
        aftermath.unknownBlobs(),
        aftermath.unknownBytes(),
        silent);
  }

  private long load(Handle tx, Backup backup, Manifest manifest) throws IOException {
    try (InputStream chunks = new ChunkSource(ring.blobs(), backup.id(), manifest.chunks());
        LoadStore tables = new LoadStore(tx)) {
      long rows = Dump.read(chunks, tables);
      tables.end();
      return rows;
    }
  }

  /// @return how many videos had to go
  private int settle(Handle tx, Aftermath aftermath, AftermathStore store) {
    VideoStore videos = new VideoStore(database);
    Instant now = clock.instant();
    int deleted = 0;
    for (AssetId asset : aftermath.lost()) {
      for (VideoId video : store.videos(asset)) {
        deleted += videos.delete(tx, video, Chunks.BYTES, now) ? 1 : 0;
      }
    }
    aftermath.lostFrames().forEach(set -> store.giveUpFrames(set, now));
    PosterStore.settle(tx, List.copyOf(aftermath.posterless()), now);
    aftermath.worn().forEach(asset -> encodings.beginAnew(tx, asset));
    aftermath.uploads().forEach((asset, chunks) -> UploadStore.found(tx, asset, chunks));
    // Ending an upload asks for nothing.
    UploadStore uploads = new UploadStore(database, new QuotaStore(database, Quota.NONE));
    for (AssetId asset : aftermath.goneUploads()) {
      store.giveUpUpload(asset);
      uploads.abandon(tx, asset, now);
    }
    return deleted;
  }

  /// What there is of copies goes on record again; of those that are not whole, so that it is
  /// deleted.
  private void remember(Handle tx, Found found) {
    Instant now = clock.instant();
    found.whole().forEach(backup -> BackupStore.add(tx, backup, now));
    found
        .rest()
        .forEach(
            (id, chunks) ->
                BackupStore.add(
                    tx, new Backup(id, Backup.State.DELETING, chunks, 0, 0, 0, now), now));
  }
}
