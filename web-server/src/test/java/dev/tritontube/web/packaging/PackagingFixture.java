package dev.tritontube.web.packaging;

import dev.tritontube.manifests.mp4.SegmentChecker;
import dev.tritontube.manifests.presentation.Representation;
import dev.tritontube.manifests.presentation.Track;
import dev.tritontube.web.blobs.InMemoryBlobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.jobs.JobKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Packaging on a catalog in a file and a ring in memory.
final class PackagingFixture implements AutoCloseable {
  final InMemoryBlobs blobs = new InMemoryBlobs();
  final Map<AssetId, byte[]> originals = new ConcurrentHashMap<>();
  final Database database;
  final Packaging packaging;
  final PackagingWorker worker;
  final Path pipes;
  private int made;

  PackagingFixture(Path folder) throws Exception {
    database = Database.open(folder.resolve("catalog.db"));
    packaging = new Packaging(database, blobs, InstantSource.system());
    pipes = Files.createDirectories(folder.resolve("pipes"));
    MediaTools tools = MediaTools.find(Optional.empty(), Optional.empty()).orElseThrow();
    worker = packaging.worker(tools, pipes, this::original);
  }

  private Optional<Original> original(AssetId asset) {
    return Optional.ofNullable(originals.get(asset)).map(BytesOriginal::new);
  }

  private record BytesOriginal(byte[] bytes) implements Original {
    @Override
    public long sizeBytes() {
      return bytes.length;
    }

    @Override
    public InputStream open(long offset) {
      int from = Math.toIntExact(offset);
      return new ByteArrayInputStream(bytes, from, bytes.length - from);
    }
  }

  AssetId upload(byte[] bytes) {
    String digits = Integer.toString(made++, 6).replace('0', '2').replace('1', '7');
    AssetId asset = new AssetId("a".repeat(20 - digits.length()) + digits);
    originals.put(asset, bytes);
    database.jdbi().useTransaction(tx -> packaging.enqueue(tx.getConnection(), asset));
    return asset;
  }

  /// Runs the jobs of an asset here, in order.
  AssetMedia work(AssetId asset) throws Exception {
    for (JobKind job : worker.jobs()) {
      job.run(asset.value());
    }
    return packaging.media(asset);
  }

  AssetMedia work(byte[] bytes) throws Exception {
    return work(upload(bytes));
  }

  /// A whole representation as one file.
  byte[] file(AssetId asset, String representation) throws IOException {
    Published published = packaging.published(asset).orElseThrow();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Map<String, byte[]> contents = blobs.contents();
    Optional<StoredSegment> segment =
        packaging.segment(asset, published.revision(), representation, "init");
    for (int number = 0; segment.isPresent(); number++) {
      file.write(contents.get(segment.get().key().value()));
      segment =
          packaging.segment(asset, published.revision(), representation, Integer.toString(number));
    }
    return file.toByteArray();
  }

  /// What is wrong with the segments, held against the presentation.
  List<String> findings(AssetId asset) throws IOException {
    Published published = packaging.published(asset).orElseThrow();
    List<String> findings = new ArrayList<>();
    for (Track track : published.presentation().periods().getFirst().tracks()) {
      for (Representation representation : track.representations()) {
        SegmentChecker checker =
            new SegmentChecker(
                representation,
                track.timeline(),
                bytes(asset, published, representation.id(), "init"));
        for (long number = 0; number < track.timeline().count(); number++) {
          checker.check(
              number, bytes(asset, published, representation.id(), Long.toString(number)));
        }
        findings.addAll(checker.findings());
      }
    }
    return findings;
  }

  private ByteBuffer bytes(
      AssetId asset, Published published, String representation, String number) {
    StoredSegment segment =
        packaging.segment(asset, published.revision(), representation, number).orElseThrow();
    return ByteBuffer.wrap(
        Objects.requireNonNull(blobs.contents().get(segment.key().value()), number));
  }

  @Override
  public void close() {
    worker.close();
    database.close();
  }
}
