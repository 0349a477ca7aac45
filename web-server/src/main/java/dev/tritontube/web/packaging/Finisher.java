package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.manifests.presentation.ImageTrack;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Representation;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Failure;
import dev.tritontube.web.packaging.PackagingStore.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Looks how far an asset is, tells people, publishes what has become whole, and ends the work when
/// everything is there or nothing more can come. Thread-safe.
final class Finisher {
  /// Segments of a size that are there before players begin with it, if it is slow to make.
  private static final int HEAD_START = 8;

  private final PackagingStore assets;
  private final OutcomeStore outcomes;
  private final SegmentStore segments;
  private final AttemptStore attempts;
  private final DemandStore demands;
  private final Blobs blobs;
  private final EncodingSpeed speed;
  private final ProgressTeller teller;
  private final String holder;
  private final java.util.random.RandomGenerator random = new java.security.SecureRandom();

  /// The catalog.
  record Records(
      PackagingStore assets,
      OutcomeStore outcomes,
      SegmentStore segments,
      AttemptStore attempts,
      DemandStore demands) {}

  /// @param holder names this process in leases
  Finisher(
      Records records, Blobs blobs, EncodingSpeed speed, ProgressTeller teller, String holder) {
    this.speed = speed;
    this.teller = teller;
    this.assets = records.assets();
    this.outcomes = records.outcomes();
    this.segments = records.segments();
    this.attempts = records.attempts();
    this.demands = records.demands();
    this.blobs = blobs;
    this.holder = holder;
  }

  void look(Work work) throws IOException {
    AssetId asset = work.asset();
    EncodingPlan plan = work.requirePlan();
    String revision = work.requireRevision();
    Map<String, Long> counts = segments.counts(asset, revision);
    if (whole(plan, counts).size() == plan.ids().size()) {
      if (!demands.waits(asset, Attempt.POSTER) && attempts.open(asset).isEmpty()) {
        finish(asset, plan, revision);
        return;
      }
    }
    Set<String> ready = whole(plan, counts);
    ready.addAll(begun(work, counts));
    if (hasThumbnails(plan, counts)) {
      ready.add(ThumbnailGrid.ID);
    }
    teller.tell(work, counts, publishLate(asset, plan, revision, ready));
  }

  private static boolean hasThumbnails(EncodingPlan plan, Map<String, Long> counts) {
    return ThumbnailGrid.of(plan)
        .filter(grid -> grid.sheets() == counts.getOrDefault(ThumbnailGrid.ID, 0L))
        .isPresent();
  }

  private static Set<String> whole(EncodingPlan plan, Map<String, Long> counts) {
    Set<String> whole = new HashSet<>();
    for (String id : plan.ids()) {
      if (counts.getOrDefault(id, 0L) == plan.timeline(id).count()) {
        whole.add(id);
      }
    }
    return whole;
  }

  /// Sizes that were held back, now that players need not wait for their beginning: for the sake of
  /// the copy, or because they are not made fast enough to be begun with.
  private Set<String> begun(Work work, Map<String, Long> counts) {
    EncodingPlan plan = work.requirePlan();
    Set<String> begun = new HashSet<>();
    if (plan.copied().isPresent()) {
      begun.addAll(speed.made(plan, EncodingSpeed.AT_ONCE));
      begun.removeIf(id -> segments.find(work.asset(), work.requireRevision(), id, 0).isEmpty());
    }
    speed.made(plan, EncodingSpeed.ONCE_BEGUN).stream()
        .filter(id -> counts.getOrDefault(id, 0L) >= HEAD_START)
        .forEach(begun::add);
    return begun;
  }

  /// Adds sizes and thumbnails that were not promised, when they are there.
  ///
  /// @return what can be chosen then
  private Set<String> publishLate(
      AssetId asset, EncodingPlan plan, String revision, Set<String> whole) {
    Optional<Presentation> now = assets.presentation(asset, revision);
    if (now.isEmpty()) {
      return Set.of(); // It was given up meanwhile.
    }
    Set<String> shown = ids(now.get());
    if (shown.addAll(whole)) {
      assets.publish(
          asset, revision, Presentations.of(plan, segments.segments(asset, revision), shown));
    }
    return shown;
  }

  private static Set<String> ids(Presentation presentation) {
    Set<String> ids = new HashSet<>();
    presentation.periods().getFirst().tracks().stream()
        .flatMap(track -> track.representations().stream())
        .map(Representation::id)
        .forEach(ids::add);
    presentation.images().map(ImageTrack::id).ifPresent(ids::add);
    return ids;
  }

  private void finish(AssetId asset, EncodingPlan plan, String revision) throws IOException {
    List<SegmentStore.Segment> stored = segments.segments(asset, revision);
    Set<String> all = new HashSet<>(plan.ids());
    plan.audios().forEach(audio -> all.add(audio.id()));
    Presentation presentation = Presentations.of(plan, stored, all);
    if (store(asset, revision, presentation)) {
      outcomes.complete(
          asset, revision, presentation, missing(plan, stored), Reasons.leftOut(plan.leftOut()));
    }
  }

  /// Beside the catalog, so that a lost one can be made anew.
  ///
  /// @return false when another worker is doing this
  private boolean store(AssetId asset, String revision, Presentation presentation)
      throws IOException {
    Attempt attempt = Attempt.begin(asset, revision, random);
    Span span = Span.single(Attempt.PRESENTATION, 0);
    if (!attempts.open(attempt, span, false, holder)) {
      return false;
    }
    ByteBuffer json = ByteBuffer.wrap(StoredJson.write(presentation).getBytes(UTF_8));
    int length = json.remaining();
    blobs.put(attempt.key(Attempt.PRESENTATION, 0), json);
    switch (segments.record(attempt, Attempt.PRESENTATION, 0, length, false)) {
      case FIRST -> {}
      case ANOTHER_WAS_FIRST, NOT_WANTED, CLOSED ->
          blobs.delete(attempt.key(Attempt.PRESENTATION, 0));
    }
    attempts.finish(attempt);
    return true;
  }

  /// What people are told of a file that is not whole.
  private static Optional<Failure> missing(EncodingPlan plan, List<SegmentStore.Segment> stored) {
    List<String> details =
        Stream.concat(cutOff(plan).stream(), filled(plan, stored).stream()).toList();
    return details.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Failure(MediaException.Code.CORRUPT_MEDIA.text(), String.join("; ", details)));
  }

  private static Optional<String> cutOff(EncodingPlan plan) {
    return Optional.ofNullable(plan.wholeSeconds())
        .map(
            whole ->
                String.format(
                    Locale.ROOT,
                    "the file is cut off: it plays up to %d s of %d s",
                    plan.length().timesFloor(1),
                    Math.round(whole)));
  }

  private static Optional<String> filled(EncodingPlan plan, List<SegmentStore.Segment> stored) {
    List<SegmentStore.Segment> filled =
        stored.stream().filter(SegmentStore.Segment::filled).toList();
    if (filled.isEmpty()) {
      return Optional.empty();
    }
    double from =
        filled.stream()
            .filter(segment -> segment.number() != SegmentSink.INIT)
            .mapToDouble(segment -> plan.startSeconds(segment.representation(), segment.number()))
            .min()
            .orElse(0);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "some of it cannot be decoded, from %.0f s on: it is black or silent there",
            from));
  }
}
