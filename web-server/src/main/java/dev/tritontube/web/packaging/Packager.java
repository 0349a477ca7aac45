package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.jobs.JobStore;
import dev.tritontube.web.packaging.AssetMedia.Status;
import dev.tritontube.web.packaging.EncodingPlan.Selection;
import dev.tritontube.web.packaging.MediaException.Code;
import dev.tritontube.web.packaging.PackagingStore.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Packages one asset: probe, plan, encode, publish. Each step is on record before the next, so
/// work that was cut off goes on from there. Thread-safe.
final class Packager {
  private static final Logger LOG = LoggerFactory.getLogger(Packager.class);

  private final PackagingStore store;
  private final JobStore jobs;
  private final Blobs blobs;
  private final Originals originals;
  private final Studio studio;
  private final Sweeper sweeper;
  private final InstantSource clock;
  private final RandomGenerator random = new SecureRandom();

  /// The programs and what they need.
  record Studio(SourceRelay relay, Probe probe, Encoder encoder, Poster poster) {}

  /// The catalog, in which all steps are on record.
  record Records(PackagingStore store, JobStore jobs, InstantSource clock) {}

  Packager(Records records, Blobs blobs, Originals originals, Studio studio) {
    this.store = records.store();
    this.jobs = records.jobs();
    this.clock = records.clock();
    this.blobs = blobs;
    this.originals = originals;
    this.studio = studio;
    this.sweeper = new Sweeper(blobs, store);
  }

  /// Makes an asset playable: its sound and its smallest size.
  void packageFirst(AssetId asset, Cancellation cancellation)
      throws IOException, InterruptedException {
    Optional<Work> work = resume(asset);
    if (work.isPresent() && !work.get().playable()) {
      run(work.get(), cancellation, this::first);
    }
  }

  /// Makes all that is still missing.
  void packageRest(AssetId asset, Cancellation cancellation)
      throws IOException, InterruptedException {
    Optional<Work> work = resume(asset);
    if (work.isPresent()) {
      run(work.get(), cancellation, this::rest);
    }
  }

  void fail(AssetId asset, String code, String detail) throws IOException {
    store.fail(asset, code, detail);
    if (!store.find(asset).map(Work::playable).orElse(false)) {
      sweeper.sweepAll(asset);
    } else {
      store.closeAttempts(asset);
      sweeper.sweepAttempts(asset);
    }
  }

  /// Ends what earlier runs left. Empty when there is nothing to do any more.
  private Optional<Work> resume(AssetId asset) throws IOException {
    store.closeAttempts(asset);
    sweeper.sweepAttempts(asset);
    return store
        .find(asset)
        .filter(work -> work.status() == Status.PENDING || work.status() == Status.PROCESSING);
  }

  private interface Step {
    void run(Work work, Source source, Cancellation cancellation)
        throws MediaException, IOException, InterruptedException;
  }

  private void run(Work work, Cancellation cancellation, Step step)
      throws IOException, InterruptedException {
    Optional<Original> original = originals.find(work.asset());
    if (original.isEmpty()) {
      return;
    }
    try (SourceRelay.Lease lease = studio.relay().lend(original.get())) {
      EncodingPlan plan = work.plan();
      Container container = plan == null ? accept(work.asset(), original.get()) : plan.container();
      step.run(work, new Source(lease, container), cancellation);
    } catch (MediaException e) {
      LOG.info(
          "asset {} cannot be packaged: {} ({})", work.asset(), e.code().text(), e.getMessage());
      fail(work.asset(), e.code().text(), String.valueOf(e.getMessage()));
    }
  }

  private Container accept(AssetId asset, Original original) throws MediaException, IOException {
    store.stage(asset, "probing");
    Container container = sniff(original);
    if (container.hasSampleTables() && BoxWalk.endsEarly(original)) {
      throw new MediaException(
          Code.CORRUPT_MEDIA, "the file is cut off: its last box goes on beyond its end");
    }
    return container;
  }

  private static Container sniff(Original original) throws MediaException, IOException {
    try (InputStream in = original.open(0)) {
      return Container.sniff(in.readNBytes(Container.HEAD_BYTES))
          .orElseThrow(
              () ->
                  new MediaException(
                      Code.UNSUPPORTED_MEDIA, "this is no media file of a known kind"));
    }
  }

  private void first(Work work, Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    Work planned = work.plan() == null ? plan(work, source, cancellation) : work;
    EncodingPlan plan = planned.requirePlan();
    Attempt attempt = begin(planned);
    RingSegmentSink sink = sink(attempt, plan, Selection.NOTHING);
    studio.encoder().encode(source, plan, plan.first(), sink, cancellation);
    storePoster(source, plan, sink, cancellation);
    boolean complete = plan.rest().nothing();
    publish(attempt, plan, sink, complete);
  }

  private void rest(Work work, Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    EncodingPlan plan = work.requirePlan();
    Attempt attempt = begin(work);
    RingSegmentSink sink = sink(attempt, plan, plan.first());
    studio.encoder().encode(source, plan, plan.rest(), sink, cancellation);
    publish(attempt, plan, sink, true);
  }

  private Work plan(Work work, Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    SourceMedia media = studio.probe().probe(source, cancellation);
    EncodingPlan plan = Planner.plan(media);
    String revision = Attempt.randomId(random);
    store.plan(work.asset(), revision, plan, FactsOf.media(media));
    return new Work(work.asset(), Status.PROCESSING, false, revision, plan);
  }

  private Attempt begin(Work work) {
    Attempt attempt = Attempt.begin(work.asset(), work.requireRevision(), random);
    if (!store.open(attempt)) {
      throw new CancellationException("asset " + work.asset() + " is gone");
    }
    return attempt;
  }

  private RingSegmentSink sink(Attempt attempt, EncodingPlan plan, Selection done) {
    return new RingSegmentSink(
        blobs, store, attempt, plan, new Progress(store, attempt, plan, done, clock));
  }

  private void storePoster(
      Source source, EncodingPlan plan, RingSegmentSink sink, Cancellation cancellation)
      throws IOException, InterruptedException {
    Optional<ByteBuffer> picture = studio.poster().take(source, plan, cancellation);
    if (picture.isPresent()) {
      sink.storeSingle(Attempt.POSTER, 0, picture.get());
    }
  }

  private void publish(Attempt attempt, EncodingPlan plan, RingSegmentSink sink, boolean complete)
      throws IOException {
    Presentation presentation =
        Presentations.of(plan, store.segments(attempt.asset(), attempt.revision()));
    ByteBuffer json = ByteBuffer.wrap(StoredJson.write(presentation).getBytes(UTF_8));
    sink.storeSingle(Attempt.PRESENTATION, complete ? 1 : 0, json);
    boolean open =
        store.publish(
            attempt,
            presentation,
            complete,
            tx -> {
              if (!complete) {
                jobs.add(tx, PackagingJobs.REST, attempt.asset().value());
              }
            });
    if (!open) {
      throw new CancellationException(
          "attempt " + attempt.id() + " was closed before it published");
    }
    store.closeAttempts(attempt.asset());
    sweeper.sweepAttempts(attempt.asset());
  }
}
