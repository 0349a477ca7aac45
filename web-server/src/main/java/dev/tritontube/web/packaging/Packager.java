package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Status;
import dev.tritontube.web.packaging.DemandStore.Demand;
import dev.tritontube.web.packaging.MediaException.Code;
import dev.tritontube.web.packaging.PackagingStore.Work;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at an original, plans its encoding and publishes the plan: from then on it plays, and
/// whatever a player asks for is made. Thread-safe.
final class Packager {
  private static final Logger LOG = LoggerFactory.getLogger(Packager.class);

  /// Segments of a size that players ask for soon after they began.
  private static final int SOON = 4;

  /// Of the size that players on an ordinary line go on with, 720p.
  private static final long LIKELY_PIXELS = 1280 * 720;

  /// What sample tables may take of the memory, of files that are looked at at the same time. A
  /// file's are no larger than the file, nor than half of this.
  private static final int TABLES_BYTES = 2 * TableTimes.MAX_MOOV_BYTES;

  private final Workshop workshop;
  private final Planner planner;
  private final Copies copies;
  private final WorkSignal signal;
  private final InstantSource clock;
  private final RandomGenerator random = new SecureRandom();
  private final Semaphore tables = new Semaphore(TABLES_BYTES, true);

  /// @param copies to which tables go that were read for the plan
  Packager(
      Workshop workshop, Planner planner, Copies copies, WorkSignal signal, InstantSource clock) {
    this.workshop = workshop;
    this.planner = planner;
    this.copies = copies;
    this.signal = signal;
    this.clock = clock;
  }

  /// Plans an asset, or goes on with one whose plan is kept. Does nothing to one that is under way,
  /// or gone.
  void plan(AssetId asset, Cancellation cancellation) throws IOException, InterruptedException {
    Optional<Work> found = workshop.assets().find(asset);
    found.filter(Packager::toBeResumed).ifPresent(this::resume);
    Optional<Work> work = found.filter(Packager::toBePlanned);
    if (work.isPresent()) {
      workshop.assets().stage(asset, "probing");
      Optional<Original> original = workshop.originals().find(asset);
      if (original.isPresent()) {
        plan(work.get(), original.get(), cancellation);
      }
    }
  }

  private void plan(Work work, Original original, Cancellation cancellation)
      throws IOException, InterruptedException {
    int waiting = work.aim().again() ? 0 : 1;
    workshop.planning().addAndGet(waiting);
    signal.raise();
    try (SourceRelay.Lease lease = workshop.relay().lend(original)) {
      Source source = new Source(lease, sniff(original));
      SourceMedia media = probed(source, cancellation);
      Work planned =
          work.planned(Attempt.randomId(random), planner.plan(media, work.aim().profile()));
      copies.keep(planned, media, original);
      publish(planned, media);
    } catch (MediaException e) {
      LOG.info(
          "asset {} cannot be packaged: {} ({})", work.asset(), e.code().text(), e.getMessage());
      workshop.fail(work, e.code(), String.valueOf(e.getMessage()));
    } finally {
      workshop.planning().addAndGet(-waiting);
    }
  }

  private SourceMedia probed(Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    long size = source.container().hasSampleTables() ? source.original().size() : 0;
    int largest = (int) Math.min(size, TableTimes.MAX_MOOV_BYTES);
    tables.acquire(largest);
    try {
      return workshop.studio().probe().probe(source, cancellation);
    } finally {
      tables.release(largest);
    }
  }

  private static boolean toBeResumed(Work work) {
    return work.status() == Status.PENDING && work.plan() != null;
  }

  private void resume(Work work) {
    workshop.assets().resume(work.asset(), first(work, Set.of()));
    signal.raise();
  }

  private static boolean toBePlanned(Work work) {
    boolean open = work.status() == Status.PENDING || work.status() == Status.PROCESSING;
    return open && work.plan() == null;
  }

  private static Container sniff(Original original) throws MediaException, IOException {
    return Container.sniff(original.read(0, Container.HEAD_BYTES))
        .orElseThrow(
            () ->
                new MediaException(
                    Code.UNSUPPORTED_MEDIA, "this is no media file of a known kind"));
  }

  private void publish(Work work, SourceMedia media) {
    EncodingPlan plan = work.requirePlan();
    Set<String> promised = promised(plan);
    boolean published =
        workshop
            .assets()
            .plan(
                work,
                FactsOf.media(media),
                Presentations.predicted(plan, promised),
                first(work, promised),
                workshop.speed().expected(plan));
    if (published) {
      signal.raise();
    }
  }

  /// What is listed at once. Beside a copy, which plays at once, no size is listed before its first
  /// segment is there: a player would begin with the smallest, and wait for it.
  private Set<String> promised(EncodingPlan plan) {
    Set<String> promised = workshop.speed().promised(plan);
    if (plan.copied().isPresent()) {
      plan.rungs().forEach(rung -> promised.remove(rung.id()));
    }
    return promised;
  }

  /// What is made before anybody asks for it. Of what plays already, a picture; else the first
  /// segments of the smallest size and of the sound, then a picture, and as soon as somebody
  /// watches those of the size that players go on with.
  private List<Demand> first(Work work, Set<String> promised) {
    EncodingPlan plan = work.requirePlan();
    Demand poster = demand(work, Attempt.POSTER, 0, DemandStore.SOON);
    if (work.aim().again()) {
      return List.of(poster);
    }
    List<Demand> demands = new ArrayList<>();
    plan.rungs().stream()
        .limit(1)
        .forEach(rung -> demands.add(demand(work, rung.id(), 0, rank(plan))));
    plan.encodedAudios().stream()
        .limit(1)
        .forEach(audio -> demands.add(demand(work, audio.id(), 0, DemandStore.START)));
    plan.rungs().stream()
        .skip(1)
        .filter(rung -> promised.contains(rung.id()) && rung.pixels() <= LIKELY_PIXELS)
        .filter(rung -> plan.timeline(rung.id()).count() > SOON)
        .reduce((_, larger) -> larger)
        .ifPresent(rung -> demands.add(demand(work, rung.id(), 0, DemandStore.IF_WATCHED)));
    demands.add(poster);
    return demands;
  }

  private static int rank(EncodingPlan plan) {
    return plan.copied().isPresent() ? DemandStore.SOON : DemandStore.START;
  }

  private Demand demand(Work work, String representation, long number, int rank) {
    return new Demand(
        work.asset(), work.requireRevision(), representation, number, rank, clock.instant());
  }
}
