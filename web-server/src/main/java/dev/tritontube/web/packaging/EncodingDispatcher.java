package dev.tritontube.web.packaging;

import static java.util.stream.Collectors.toSet;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.DemandStore.Demand;
import dev.tritontube.web.packaging.PackagingStore.Active;
import dev.tritontube.web.packaging.PackagingStore.Work;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives this process its encoding work: what somebody waits for at once, beside it the rest in the
/// background. Any number of processes do this on one catalog; leases keep them from doing the
/// same.
///
/// What is wanted first: the beginning of every asset, then what players ask for, oldest first.
/// Then the asset that had the least for its age, so that a long film does not block short clips.
/// What runs in the background stands still while somebody waits.
final class EncodingDispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EncodingDispatcher.class);

  /// How late work from another process may be noticed.
  private static final Duration POLL = Duration.ofMillis(50);

  /// Looking for work in the background costs more than looking for demands.
  private static final Duration IDLE = Duration.ofMillis(500);

  private static final Duration UPKEEP = Duration.ofSeconds(2);
  private static final Duration STOP = Duration.ofSeconds(3);

  /// Segments by which a second of waiting makes up for what an asset has had.
  private static final double AGEING = 0.5;

  /// What a choice of what to make for a demand looks at, in segments around it: how far runs have
  /// come that may be coming to it, and what is there of the longest span that there may be.
  private static final int BEHIND = 16;

  private static final int AHEAD = 64;

  private final Workshop workshop;
  private final Records records;
  private final WorkSignal signal;
  private final InstantSource clock;
  private final String holder;
  private final RandomGenerator random = new SecureRandom();
  private final Thread thread = Thread.ofPlatform().daemon().name("encoding").unstarted(this::loop);
  private final Map<SpanRun, Thread> running = new ConcurrentHashMap<>();
  private final Map<AssetId, Work> plans = new Plans();
  private Optional<AssetId> lookedAt = Optional.empty();
  private Instant nextUpkeep;
  private Instant nextBackground;
  private volatile boolean closed;

  /// @param finisher is told of every end of a run
  record Records(
      DemandStore demands,
      Finisher finisher,
      ProgressTeller teller,
      WorkSignal signal,
      RunningWork running) {}

  /// Plans in use; parsing one takes longer than all else here.
  private static final class Plans extends java.util.LinkedHashMap<AssetId, Work> {
    private static final long serialVersionUID = 1;
    private static final int KEPT = 200;

    @Override
    protected boolean removeEldestEntry(Map.Entry<AssetId, Work> eldest) {
      return size() > KEPT;
    }
  }

  /// @param holder names this process in leases
  EncodingDispatcher(Workshop workshop, Records records, InstantSource clock, String holder) {
    this.workshop = workshop;
    this.records = records;
    this.signal = records.signal();
    this.clock = clock;
    this.holder = holder;
    this.nextUpkeep = clock.instant();
    this.nextBackground = clock.instant();
  }

  void start() {
    thread.start();
  }

  private void loop() {
    while (!closed) {
      try {
        step(signal.await(POLL));
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("encoding work cannot be given out now", e);
      }
    }
  }

  /// @param news whether something happened in this process
  private void step(boolean news) {
    if (!clock.instant().isBefore(nextUpkeep)) {
      nextUpkeep = clock.instant().plus(UPKEEP);
      upkeep();
    }
    startUrgent();
    brake();
    if (news || !clock.instant().isBefore(nextBackground)) {
      nextBackground = clock.instant().plus(IDLE);
      startBackground();
    }
  }

  /// Says that this process lives, takes over from those that do not, tells how far things are.
  private void upkeep() {
    workshop.attempts().prolong(holder);
    stopWhatHasEnded();
    workshop.attempts().closeExpired();
    workshop.attempts().closed().forEach(workshop::sweep);
    records.demands().dropOld();
    Set<AssetId> toLookAt = running.keySet().stream().map(SpanRun::asset).collect(toSet());
    toLookAt.addAll(someUnderWay());
    toLookAt.forEach(this::look);
    records.teller().tellWaiting(clock.instant().minus(UPKEEP));
  }

  /// Also what nobody makes just now is told how long it will take: some of it each time.
  private List<AssetId> someUnderWay() {
    List<AssetId> some = workshop.assets().underWay(lookedAt);
    lookedAt = some.isEmpty() ? Optional.empty() : Optional.of(some.getLast());
    return some;
  }

  /// Stops what was cancelled or taken away by another process.
  private void stopWhatHasEnded() {
    Set<String> held = workshop.attempts().held(holder);
    running.keySet().stream()
        .filter(run -> !held.contains(run.attempt().id()))
        .forEach(run -> run.cancellation().cancel());
    workshop.assets().ended(records.running().assets()).forEach(records.running()::cancel);
  }

  private void startUrgent() {
    List<Demand> demands = records.demands().first();
    demands.forEach(this::tell);
    for (Demand demand : demands) {
      boolean comes = running.keySet().stream().anyMatch(run -> run.isAt(demand));
      if (comes || !placeFor(demand)) {
        continue;
      }
      Optional<Work> work = work(demand.asset());
      if (work.isEmpty()) {
        records.demands().drop(demand.asset());
      } else {
        serve(work.get(), demand);
      }
    }
  }

  /// What will only be asked for soon has to wait until nobody waits. Who plays already has one
  /// place more than who is to begin, lest many beginnings take all. What stands still takes no
  /// processor, but memory.
  private boolean placeFor(Demand demand) {
    if (!demand.pressing()) {
      return !somebodyWaits() && running.size() < urgentPlaces();
    }
    long busy =
        running.keySet().stream()
            .filter(SpanRun::waitedFor)
            .filter(run -> !run.yields(demand))
            .count();
    int places = demand.playing() ? urgentPlaces() + 1 : urgentPlaces();
    return busy < places && running.size() < 4 * urgentPlaces();
  }

  /// Lets the runs know what they are waited for.
  private void tell(Demand demand) {
    if (demand.pressing()) {
      running.keySet().forEach(run -> run.want(demand));
    }
  }

  private void serve(Work work, Demand demand) {
    if (!demand.revision().equals(work.requireRevision())) {
      records.demands().drop(demand);
      return;
    }
    if (demand.representation().equals(Attempt.POSTER)) {
      if (workshop.hasPoster(work)) {
        records.demands().drop(demand);
      } else {
        launch(work, Pictures.span(work.requirePlan()), Haste.SOON);
      }
      return;
    }
    SpanChooser chooser = chooser(work, demand.number() - BEHIND, demand.number() + AHEAD);
    if (chooser.met(demand)) {
      records.demands().drop(demand);
      return;
    }
    chooser
        .urgent(demand, Duration.between(demand.at(), clock.instant()))
        .ifPresent(span -> launch(work, span, haste(demand)));
  }

  private void startBackground() {
    if (inBackground(false) >= backgroundPlaces() || somebodyWaits()) {
      return;
    }
    List<Active> candidates =
        workshop.assets().active().stream()
            .sorted(Comparator.comparing(Active::again).thenComparingDouble(this::claim))
            .toList();
    for (Active active : candidates) {
      Optional<Work> work = work(active.asset());
      if (work.isPresent() && startBackground(work.get(), active)) {
        return;
      }
    }
    if (inBackground(false) + inBackground(true) == 0) {
      startLast(candidates);
    }
  }

  /// What can wait until no asset has anything else to be made.
  private void startLast(List<Active> candidates) {
    for (Active active : candidates) {
      Optional<Work> work =
          work(active.asset()).filter(found -> !found.requirePlan().others().isEmpty());
      Optional<Span> span =
          work.flatMap(found -> chooser(found, SegmentSink.INIT, Long.MAX_VALUE).last());
      if (span.isPresent() && launch(work.orElseThrow(), span.get(), Haste.NONE)) {
        return;
      }
    }
  }

  private static Haste haste(Demand demand) {
    if (!demand.pressing()) {
      return Haste.SOON;
    }
    return demand.asked() ? Haste.ASKED : Haste.EXPECTED;
  }

  private boolean startBackground(Work work, Active active) {
    Optional<Span> span =
        chooser(work, SegmentSink.INIT, Long.MAX_VALUE).background(active.playheadSeconds());
    if (span.isPresent()) {
      return launch(work, span.get(), Haste.NONE);
    }
    if (workshop.attempts().open(active.asset()).isEmpty()) {
      look(active.asset());
    }
    return false;
  }

  /// The less, the sooner its turn: what it has had, less its age.
  private double claim(Active active) {
    double age = Duration.between(active.since(), clock.instant()).toMillis() / 1000.0;
    return active.stored() - AGEING * age;
  }

  private SpanChooser chooser(Work work, long first, long end) {
    return new SpanChooser(
        work.requirePlan(),
        workshop.ground().store().segments(work.asset(), work.requireRevision(), first, end),
        workshop.attempts().open(work.asset()));
  }

  private boolean launch(Work work, Span wanted, Haste haste) {
    Span span = cautious(work, wanted);
    Attempt attempt = Attempt.begin(work.asset(), work.requireRevision(), random);
    if (!workshop.attempts().open(attempt, span, haste.urgent(), holder)) {
      return false;
    }
    RunningWork.Entry entry = records.running().enter(work.asset());
    SpanRun run =
        new SpanRun(
            workshop,
            new SpanRun.Task(work, attempt, span, haste, clock.instant()),
            entry.cancellation());
    Thread runner =
        Thread.ofPlatform()
            .daemon()
            .name("encode-" + attempt.id())
            .unstarted(() -> run(run, entry));
    running.put(run, runner);
    brake();
    runner.start();
    return true;
  }

  /// Where decoding failed before, no more than one segment is tried.
  private Span cautious(Work work, Span span) {
    SegmentName at =
        new SegmentName(
            work.asset(), work.requireRevision(), span.representations().getFirst(), span.first());
    return workshop.trouble().failures(at) == 1
        ? new Span(span.representations(), span.first(), span.first() + 1)
        : span;
  }

  private void run(SpanRun run, RunningWork.Entry entry) {
    try (entry) {
      run.run();
    } catch (RuntimeException e) {
      LOG.warn("what came of attempt {} is not on record: its lease runs out", run.attempt(), e);
    } finally {
      running.remove(run);
      brake();
      if (run.isLast()) {
        forgetPlan(run.asset());
      }
      look(run.asset());
      signal.raise();
    }
  }

  /// Lets what nobody waits for stand still while somebody waits for something else, and pictures
  /// with which players were expected to begin, while they wait for others.
  private synchronized void brake() {
    boolean somebodyWaits = somebodyWaits();
    for (SpanRun run : running.keySet()) {
      boolean expected = running.keySet().stream().anyMatch(run::yields);
      boolean later = run.isLast() && inBackground(false) > 0;
      run.stand(later || (somebodyWaits && (expected || !run.waitedFor())));
    }
    records.running().stand(somebodyWaits);
  }

  private boolean somebodyWaits() {
    return waitedFor() > 0 || workshop.planning().get() > 0;
  }

  private long waitedFor() {
    return running.keySet().stream().filter(SpanRun::waitedFor).count();
  }

  private void look(AssetId asset) {
    try {
      Optional<Work> work = work(asset);
      if (work.isPresent()) {
        records.finisher().look(work.get());
      }
    } catch (java.io.IOException | RuntimeException e) {
      LOG.warn("asset {} cannot be looked after now", asset, e);
    }
  }

  /// An asset to work on; empty when there is nothing to do (any more).
  private synchronized Optional<Work> work(AssetId asset) {
    Optional<String> revision = workshop.assets().underWay(asset);
    if (revision.isEmpty()) {
      plans.remove(asset);
      return Optional.empty();
    }
    Work known = plans.get(asset);
    if (known == null || !known.requireRevision().equals(revision.get())) {
      Optional<Work> found = workshop.assets().find(asset).filter(work -> work.plan() != null);
      found.ifPresent(work -> plans.put(asset, work));
      return found;
    }
    return Optional.of(known);
  }

  /// What was to be made last may have been left out of it.
  private synchronized void forgetPlan(AssetId asset) {
    plans.remove(asset);
  }

  /// @param last whether those are counted that make what is made last, or all others
  private long inBackground(boolean last) {
    return running.keySet().stream().filter(run -> !run.urgent() && run.isLast() == last).count();
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static int urgentPlaces() {
    return Math.max(2, cores());
  }

  /// One core is left for serving.
  private static int backgroundPlaces() {
    return Math.max(1, cores() - 1);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    running.keySet().forEach(run -> run.cancellation().cancel());
    try {
      for (Thread runner : List.copyOf(running.values())) {
        if (runner.isAlive()) { // It may be about to start, which its cancellation then prevents.
          runner.join(STOP);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
