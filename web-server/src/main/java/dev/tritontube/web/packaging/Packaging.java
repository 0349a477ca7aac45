package dev.tritontube.web.packaging;

import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.jobs.JobStore;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Packaging as the other features see it. Every web server has one; a worker besides makes a
/// `PackagingWorker` from it. Thread-safe.
public final class Packaging implements PackagedAssets, PackagingQueue {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

  private final PackagingStore store;
  private final JobStore jobs;
  private final Blobs blobs;
  private final InstantSource clock;
  private final RunningWork running = new RunningWork();

  public Packaging(Database database, Blobs blobs, InstantSource clock) {
    this.store = new PackagingStore(database.jdbi(), clock);
    this.jobs = new JobStore(clock);
    this.blobs = blobs;
    this.clock = clock;
  }

  /// What a process needs to run packaging jobs.
  ///
  /// @param workFolder an existing folder, in which only named pipes are made
  /// @throws IOException when the loopback address cannot be opened, or ffmpeg does not run
  public PackagingWorker worker(MediaTools tools, Path workFolder, Originals originals)
      throws IOException, InterruptedException {
    Packager.Records records = new Packager.Records(store, jobs, clock);
    return PackagingWorker.open(
        new PackagingWorker.Tools(tools, workFolder),
        studio -> new Packager(records, blobs, originals, studio),
        running);
  }

  @Override
  public AssetMedia media(AssetId asset) {
    return media(java.util.Set.of(asset)).getOrDefault(asset, AssetMedia.pending());
  }

  @Override
  public Map<AssetId, AssetMedia> media(Collection<AssetId> assets) {
    return store.media(assets);
  }

  @Override
  public Optional<Published> published(AssetId asset) {
    return store.published(asset);
  }

  @Override
  public Optional<StoredSegment> segment(
      AssetId asset, String revision, String representation, String number) {
    if (number.equals("init")) {
      return store.stored(asset, revision, representation, SegmentSink.INIT);
    }
    if (!NUMBER.matcher(number).matches()) {
      return Optional.empty();
    }
    return store.stored(asset, revision, representation, Long.parseLong(number));
  }

  @Override
  public Optional<StoredSegment> poster(AssetId asset) {
    return store.poster(asset);
  }

  @Override
  public void enqueue(Connection tx, AssetId asset) {
    store.add(tx, asset);
    jobs.add(tx, PackagingJobs.FIRST, asset.value());
  }

  @Override
  public void remove(AssetId asset) {
    store.inTransaction(
        tx -> {
          jobs.cancel(tx, PackagingJobs.FIRST, asset.value());
          jobs.cancel(tx, PackagingJobs.REST, asset.value());
        });
    store.drop(asset); // From here on no attempt begins.
    store.closeAttempts(asset);
    running.cancel(asset);
    try {
      new Sweeper(blobs, store).sweepAll(asset);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the encodings of asset " + asset, e);
    }
  }

  @Override
  public JobCounts counts() {
    Map<Status, Integer> counts = store.counts();
    return new JobCounts(
        counts.getOrDefault(Status.PENDING, 0),
        counts.getOrDefault(Status.PROCESSING, 0),
        counts.getOrDefault(Status.FAILED, 0));
  }
}
