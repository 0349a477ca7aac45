package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.manifests.mp4.SegmentChecker;
import dev.tritontube.manifests.presentation.Representation;
import dev.tritontube.manifests.presentation.Track;
import dev.tritontube.web.Eventually;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.InMemoryBlobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.jobs.Jobs;
import dev.tritontube.web.jobs.RetryPolicy;
import dev.tritontube.web.jobs.TaskKind;
import dev.tritontube.web.jobs.TaskWorkers;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// Packaging on a catalog in a file and a ring in memory.
final class PackagingFixture implements AutoCloseable {
  final InMemoryBlobs blobs = new InMemoryBlobs();
  final Map<AssetId, byte[]> originals = new ConcurrentHashMap<>();
  final Database database;
  final Packaging packaging;
  final Jobs jobs;
  final PackagingWorker worker;
  final Path pipes;

  static final Duration GRACE = Duration.ofHours(3);

  /// In a row.
  static final int RETRIES = 2;

  /// A program in the folder that takes the place of the one on the PATH.
  static final String FFMPEG = "ffmpeg";

  /// To encode a clip on a machine that is full.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private volatile boolean originalsAway;
  private volatile CountDownLatch held = new CountDownLatch(0);
  private int made;

  /// With a worker at work that encodes everything.
  PackagingFixture(Path folder) throws Exception {
    this(folder, true, false);
  }

  /// @param working whether the worker is started
  /// @param remux whether pictures that can be played as they are stand for the largest size
  PackagingFixture(Path folder, boolean working, boolean remux) throws Exception {
    this(folder, working, remux, InstantSource.system());
  }

  PackagingFixture(Path folder, boolean working, boolean remux, InstantSource clock)
      throws Exception {
    this(folder, working, remux, clock, Packaging.Settings.usual(GRACE));
  }

  private PackagingFixture(
      Path folder, boolean working, boolean remux, InstantSource clock, Packaging.Settings settings)
      throws Exception {
    database = TestCatalog.open(folder);
    packaging = new Packaging(database, blobs, this::original, settings, clock);
    pipes = Files.createDirectories(folder.resolve("pipes"));
    Optional<Path> own = Optional.of(folder.resolve(FFMPEG)).filter(Files::exists);
    MediaTools tools = MediaTools.find(own, Optional.empty()).orElseThrow();
    jobs = new Jobs(database, packaging.work());
    RetryPolicy retries = new RetryPolicy(RETRIES, new Random(1));
    worker = packaging.worker(new PackagingWorker.Tools(tools, pipes, remux, "test", retries));
    if (working) {
      worker.start();
    }
  }

  /// With a worker at work that encodes by these profiles.
  static PackagingFixture by(Path folder, Profiles profiles, boolean remux) throws Exception {
    Packaging.Settings settings = new Packaging.Settings(GRACE, profiles);
    return new PackagingFixture(folder, true, remux, InstantSource.system(), settings);
  }

  /// From now on no original can be read, or all can again.
  void failOriginals(boolean away) {
    originalsAway = away;
  }

  /// From now on nothing of originals comes, until the latch is counted down.
  CountDownLatch holdOriginals() {
    held = new CountDownLatch(1);
    return held;
  }

  private record HeldOriginal(Original original, CountDownLatch latch) implements Original {
    @Override
    public long size() {
      return original.size();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
      await();
      original.read(offset, target);
    }

    @Override
    public InputStream open(long offset) throws IOException {
      await();
      return original.open(offset);
    }

    private void await() throws IOException {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private Optional<Original> original(AssetId asset) {
    if (originalsAway) {
      throw new IllegalStateException("told to fail on the original of " + asset);
    }
    return Optional.ofNullable(originals.get(asset))
        .map(bytes -> new HeldOriginal(new BytesOriginal(bytes), held));
  }

  /// The threads that plan, not started.
  TaskWorkers workers() {
    return new TaskWorkers(
        database.dataSource(), worker.tasks(), new TaskWorkers.Setup(1, "test", packaging.added()));
  }

  AssetId upload(byte[] bytes) {
    String digits = Integer.toString(made++, 5).replace('0', '5').replace('1', '6');
    AssetId asset = new AssetId("a".repeat(20 - digits.length()) + digits);
    originals.put(asset, bytes);
    database.jdbi().useTransaction(tx -> packaging.enqueue(tx, asset));
    return asset;
  }

  /// Plans an asset here, as a task would; its encoding begins by itself.
  AssetMedia plan(AssetId asset) throws Exception {
    for (TaskKind task : worker.tasks()) {
      task.run(asset.value());
    }
    return packaging.media(asset);
  }

  /// Plans an asset and waits for the end of its encoding.
  AssetMedia work(AssetId asset) throws Exception {
    plan(asset);
    return awaitEnd(asset);
  }

  AssetMedia awaitEnd(AssetId asset) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    AssetMedia media = packaging.media(asset);
    while (media.status() == Status.PENDING || media.status() == Status.PROCESSING) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE + ": " + media);
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      media = packaging.media(asset);
    }
    return media;
  }

  /// Deletes what is due, until no blob is left.
  void awaitSwept() throws Exception {
    Eventually.holds(
        "what there was is deleted",
        () -> {
          packaging.sweepDue();
          return blobs.keys().isEmpty();
        });
  }

  AssetMedia work(byte[] bytes) throws Exception {
    return work(upload(bytes));
  }

  /// A whole representation as one file.
  byte[] file(AssetId asset, String representation) throws Exception {
    Published published = packaging.published(asset).orElseThrow();
    long count = published.track(representation).orElseThrow().timeline().count();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(bytes(asset, published, representation, "init"));
    for (long number = 0; number < count; number++) {
      file.write(bytes(asset, published, representation, Long.toString(number)));
    }
    return file.toByteArray();
  }

  /// What is wrong with the segments, held against the presentation.
  List<String> findings(AssetId asset) throws Exception {
    Published published = packaging.published(asset).orElseThrow();
    List<String> findings = new ArrayList<>();
    for (Track track : published.presentation().periods().getFirst().tracks()) {
      for (Representation representation : track.representations()) {
        SegmentChecker checker =
            new SegmentChecker(
                representation,
                track.timeline(),
                ByteBuffer.wrap(bytes(asset, published, representation.id(), "init")));
        for (long number = 0; number < track.timeline().count(); number++) {
          checker.check(
              number,
              ByteBuffer.wrap(bytes(asset, published, representation.id(), Long.toString(number))));
        }
        findings.addAll(checker.findings());
      }
    }
    return findings;
  }

  byte[] bytes(AssetId asset, Published published, String representation, String number)
      throws IOException, InterruptedException {
    StoredSegment segment = segment(asset, published.revision(), representation, number);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BlobStream stream = packaging.readable().open(segment.key(), 0, -1)) {
      for (ByteBuffer data = stream.next(); data != null; data = stream.next()) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        bytes.writeBytes(part);
      }
    }
    assertEquals(segment.length(), bytes.size());
    return bytes.toByteArray();
  }

  /// A segment, waited for if need be.
  StoredSegment segment(AssetId asset, String revision, String representation, String number)
      throws IOException, InterruptedException {
    SegmentAnswer answer = packaging.segment(asset, revision, representation, number);
    if (answer instanceof SegmentAnswer.Stored(StoredSegment stored)) {
      return stored;
    }
    throw new AssertionError(representation + "/" + number + ": " + answer);
  }

  @Override
  public void close() {
    packaging.close();
    worker.close();
    database.close();
  }
}
