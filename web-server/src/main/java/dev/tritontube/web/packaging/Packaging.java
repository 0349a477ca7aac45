package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.manifests.presentation.Track;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.jobs.JobWork;
import dev.tritontube.web.jobs.TaskSignal;
import dev.tritontube.web.jobs.TaskStore;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/// Packaging as the other features see it. Every web server has one; a worker besides makes a
/// `PackagingWorker` from it. Thread-safe.
public final class Packaging implements PackagedAssets, PackagingQueue, AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

  /// Players give up after 10 s, some for good.
  private static final Duration HOLD = Duration.ofSeconds(9);

  private final TellingStore telling;
  private final PackagingStore assets;
  private final OutcomeStore outcomes;
  private final PublishedStore published;
  private final SegmentStore segments;
  private final AttemptStore attempts;
  private final DemandStore demands;
  private final TaskStore tasks;
  private final Blobs blobs;
  private final InstantSource clock;
  private final Profiles profiles;
  private final Originals originals;
  private final SegmentWaits waits;
  private final PlanWaits plans;
  private final Copies copies;
  private final RenditionFiles files;
  private final JobWork work;
  private final WorkSignal signal = new WorkSignal();
  private final TaskSignal added = new TaskSignal();
  private final RunningWork running = new RunningWork();
  private final RevisionSweeps sweeps;
  private final RandomGenerator random = new SecureRandom();

  /// @param grace for how long what was replaced by another encoding is kept, for those who play it
  /// @param profiles what there is to encode by
  public record Settings(Duration grace, Profiles profiles) {
    /// With the usual profiles.
    public static Settings usual(Duration grace) {
      return new Settings(grace, Profiles.usual());
    }
  }

  public Packaging(
      Database database, Blobs blobs, Originals originals, Settings settings, InstantSource clock) {
    this.originals = originals;
    this.telling = new TellingStore(database, clock);
    this.assets = new PackagingStore(database, telling, clock);
    this.outcomes = new OutcomeStore(database, telling, settings.grace(), clock);
    this.published = new PublishedStore(database.jdbi());
    this.segments = new SegmentStore(database.jdbi());
    this.attempts = new AttemptStore(database.jdbi(), clock);
    this.demands = new DemandStore(database.jdbi(), clock);
    this.tasks = new TaskStore(clock, added);
    this.blobs = blobs;
    this.clock = clock;
    this.profiles = settings.profiles();
    this.waits = new SegmentWaits(segments, assets);
    this.plans = new PlanWaits(assets);
    this.copies = new Copies(assets, originals);
    this.files = new RenditionFiles(segments, copies, readable());
    this.sweeps =
        new RevisionSweeps(
            new SweepStore(database.jdbi()), new Sweeper(blobs, attempts, segments), clock);
    this.work =
        new PackagingWork(
            new PackagingWork.Records(outcomes, new ProgressStore(database.jdbi()), tasks),
            running,
            settings.profiles(),
            clock);
  }

  /// The ring with segments among its blobs that are not stored, but cut from originals.
  public Blobs readable() {
    return new CopiedBlobs(blobs, copies);
  }

  /// What gives this process encoding work, once it is started.
  ///
  /// @throws IOException when the loopback address cannot be opened, or ffmpeg does not run
  public PackagingWorker worker(PackagingWorker.Tools tools)
      throws IOException, InterruptedException {
    Workshop workshop =
        new Workshop(
            PackagingWorker.studio(tools, profiles),
            originals,
            new RingSegmentSink.Ground(blobs, segments, waits),
            attempts,
            assets,
            outcomes,
            new Trouble(tools.retries()),
            new EncodingSpeed(Runtime.getRuntime().availableProcessors()),
            new AtomicInteger());
    Finisher.Records records = new Finisher.Records(assets, outcomes, segments, attempts, demands);
    ProgressTeller teller =
        new ProgressTeller(telling, segments, attempts, workshop.speed(), clock);
    Finisher finisher = new Finisher(records, blobs, workshop.speed(), teller, tools.instance());
    EncodingDispatcher dispatcher =
        new EncodingDispatcher(
            workshop,
            new EncodingDispatcher.Records(demands, finisher, teller, signal, running),
            clock,
            tools.instance());
    Packager packager =
        new Packager(workshop, new Planner(tools.remux(), profiles), copies, signal, clock);
    Stills stills = new Stills(workshop, this::plan, running);
    return new PackagingWorker(
        workshop.studio(),
        dispatcher,
        PackagingTasks.of(packager, workshop, running, clock),
        new PackagingWorker.SideWork(
            stills,
            new PosterStudio(workshop, stills, this::plan),
            new RingReader(workshop, this::plan, running)));
  }

  /// By which what plays was encoded, or is to be.
  private Optional<EncodingPlan> plan(AssetId asset) {
    return published.revision(asset).flatMap(revision -> assets.plan(asset, revision));
  }

  @Override
  public AssetMedia media(AssetId asset) {
    return media(java.util.Set.of(asset)).getOrDefault(asset, AssetMedia.pending());
  }

  @Override
  public Map<AssetId, AssetMedia> media(Collection<AssetId> some) {
    return published.media(some);
  }

  @Override
  public Optional<Published> published(AssetId asset) {
    return published.published(asset);
  }

  @Override
  public Optional<Published> published(AssetId asset, String revision) {
    return published.published(asset, revision);
  }

  @Override
  public Optional<Published> awaitPublished(AssetId asset) throws InterruptedException {
    Optional<Published> playing = published(asset);
    if (playing.isEmpty() && coming(asset)) {
      plans.await(asset, HOLD);
      playing = published(asset);
    }
    if (playing.isPresent() && demands.watched(asset)) {
      signal.raise();
    }
    return playing;
  }

  private boolean coming(AssetId asset) {
    return assets
        .status(asset)
        .filter(status -> status == Status.PENDING || status == Status.PROCESSING)
        .isPresent();
  }

  @Override
  public SegmentAnswer segment(AssetId asset, String revision, String representation, String number)
      throws IOException, InterruptedException {
    boolean init = number.equals("init");
    if (!init && !NUMBER.matcher(number).matches()) {
      return new SegmentAnswer.Unknown();
    }
    SegmentName name =
        new SegmentName(
            asset, revision, representation, init ? SegmentSink.INIT : Long.parseLong(number));
    if (EncodingPlan.isCopied(representation)) {
      return copies
          .find(name)
          .<SegmentAnswer>map(SegmentAnswer.Stored::new)
          .orElseGet(SegmentAnswer.Unknown::new);
    }
    Optional<StoredSegment> stored = find(name);
    return stored.isPresent() ? new SegmentAnswer.Stored(stored.get()) : missing(name);
  }

  private Optional<StoredSegment> find(SegmentName name) {
    return segments.find(name.asset(), name.revision(), name.representation(), name.number());
  }

  private SegmentAnswer missing(SegmentName name) throws InterruptedException {
    Optional<Timeline> timeline =
        published(name.asset())
            .filter(playing -> playing.revision().equals(name.revision()))
            .flatMap(playing -> playing.track(name.representation()))
            .map(Track::timeline);
    if (timeline.isEmpty()
        || (name.number() != SegmentSink.INIT && !timeline.get().contains(name.number()))) {
      return new SegmentAnswer.Unknown();
    }
    return held(name, timeline.get());
  }

  private SegmentAnswer held(SegmentName name, Timeline timeline) throws InterruptedException {
    long number = Math.max(0, name.number());
    demands.ask(name, (double) timeline.segment(number).start() / timeline.timescale());
    signal.raise();
    Optional<StoredSegment> made = waits.await(name, HOLD);
    if (made.isEmpty()) {
      made = find(name); // It may have been stored between the first look and the wait.
    }
    if (made.isPresent()) {
      return new SegmentAnswer.Stored(made.get());
    }
    return coming(name.asset()) ? new SegmentAnswer.NotYet() : new SegmentAnswer.Gone();
  }

  @Override
  public RenditionAnswer file(
      AssetId asset, Published playing, String representation, Optional<String> language)
      throws IOException {
    return files.find(asset, playing, representation, language);
  }

  @Override
  public Optional<StoredSegment> poster(AssetId asset) {
    return published
        .revision(asset)
        .flatMap(revision -> segments.find(asset, revision, Attempt.POSTER, 0));
  }

  @Override
  public Profiles profiles() {
    return profiles;
  }

  @Override
  public void enqueue(Handle tx, AssetId asset) {
    if (assets.add(tx, asset, JobId.random(random))) {
      tasks.add(tx, PackagingTasks.PLAN, asset.value());
    }
  }

  @Override
  public void remove(AssetId asset) {
    assets.inTransaction(
        tx -> {
          tasks.cancel(tx, PackagingTasks.PLAN, asset.value());
          assets.drop(tx, asset);
        });
    running.cancel(asset);
    try {
      new Sweeper(blobs, attempts, segments).sweepAll(asset);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the encodings of asset " + asset, e);
    }
  }

  /// Encodes an asset anew, as if it had just come: what there was of it does not play any more.
  public void beginAnew(Handle tx, AssetId asset) {
    List<String> revisions = published.revisions(tx, asset);
    assets.drop(tx, asset);
    tasks.cancel(tx, PackagingTasks.PLAN, asset.value());
    revisions.forEach(revision -> SweepStore.add(tx, asset, revision, clock.instant()));
    enqueue(tx, asset);
  }

  /// Adds the tasks of all assets that are to be planned, to a catalog that has none.
  ///
  /// @return how many there are
  public int planAll(Handle tx) {
    List<AssetId> unplanned = assets.unplanned(tx);
    unplanned.forEach(asset -> tasks.add(tx, PackagingTasks.PLAN, asset.value()));
    return unplanned.size();
  }

  /// Raised for each task that it adds.
  public TaskSignal added() {
    return added;
  }

  /// The work behind its jobs.
  public JobWork work() {
    return work;
  }

  /// Deletes the segments that nothing refers to any more, as far as that is due. To be called
  /// about every second.
  public void sweepDue() {
    sweeps.run();
  }

  /// Lets go of all who wait for manifests and segments, and holds nobody any more.
  @Override
  public void close() {
    plans.close();
    waits.close();
  }
}
