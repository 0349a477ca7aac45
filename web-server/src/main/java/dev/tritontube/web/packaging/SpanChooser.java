package dev.tritontube.web.packaging;

import dev.tritontube.web.packaging.AttemptStore.Row;
import dev.tritontube.web.packaging.DemandStore.Demand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/// Decides which span of one asset is to be made next, from what is stored and what is being made.
/// A pure function of those.
final class SpanChooser {
  /// What a player gets at once when it asks: little, so that the next one's turn comes soon. One
  /// that goes on from what is there will go on: it gets the rest of the piece of the grid, since
  /// each run decodes from the key frame before it.
  private static final double ASKED_SECONDS = 8;

  /// Sound is so quick to make that it is not worth starting a program for less.
  private static final int SOUND_SEGMENTS = 60;

  /// But at the very beginning pictures need the processor too. Of these one is made: the encoder,
  /// which looks ahead, gives it out the sooner.
  private static final int FIRST_SOUND_SEGMENTS = 4;

  /// In one decoding for all sizes: longer would save little, shorter would cost.
  private static final double LADDER_SECONDS = 30;

  private static final double LAST_SECONDS = 8;

  /// How far ahead of the pictures sound is made in the background.
  private static final double SOUND_AHEAD_SECONDS = 60;

  /// A segment that is next in a run under way is worth waiting for, so long.
  private static final Duration SOON = Duration.ofMillis(1500);

  private final EncodingPlan plan;
  private final List<Row> open;

  /// By representation, the numbers that are stored, init segments left out.
  private final Map<String, BitSet> stored = new HashMap<>();

  private final Map<String, Boolean> init = new HashMap<>();

  /// @param segments those stored, at least in the part of the asset that is asked about
  /// @param open what is being made
  SpanChooser(EncodingPlan plan, List<SegmentStore.Segment> segments, List<Row> open) {
    this.plan = plan;
    this.open = open;
    for (SegmentStore.Segment segment : segments) {
      if (segment.number() == SegmentSink.INIT) {
        init.put(segment.representation(), true);
      } else {
        stored(segment.representation()).set((int) segment.number());
      }
    }
  }

  private BitSet stored(String representation) {
    return stored.computeIfAbsent(representation, _ -> new BitSet());
  }

  /// Whether what is demanded is there.
  boolean met(Demand demand) {
    return demand.number() == SegmentSink.INIT
        ? init.containsKey(demand.representation())
        : stored(demand.representation()).get((int) demand.number());
  }

  /// What is to be started for a demand that is not met; empty when it is under way.
  ///
  /// @param waited since it was asked for
  Optional<Span> urgent(Demand demand, Duration waited) {
    String representation = demand.representation();
    int number = (int) Math.max(0, demand.number());
    if (demand.number() == SegmentSink.INIT) {
      number = stored(representation).nextClearBit(0); // An init segment comes with any other.
    }
    if (number >= count(representation) || underWay(representation, number, waited)) {
      return Optional.empty();
    }
    boolean start = number == 0 && demand.pressing();
    Optional<Span> both = start ? beginning(representation) : Optional.empty();
    return both.isPresent() ? both : Optional.of(alone(representation, number, start));
  }

  /// The first pictures and the first sound together, where neither is there or being made: that
  /// opens the file once, and starts one program instead of two.
  private Optional<Span> beginning(String representation) {
    Optional<String> sound = plan.encodedAudios().stream().map(EncodingPlan.Audio::id).findFirst();
    Optional<String> pictures =
        plan.rung(representation).map(Rung::id).or(this::smallestUnlessCopied);
    if (sound.isEmpty() || pictures.isEmpty()) {
      return Optional.empty();
    }
    List<String> both = List.of(pictures.get(), sound.get());
    return both.contains(representation) && lacking(both, 0).equals(both)
        ? Optional.of(new Span(both, 0, 1))
        : Optional.empty();
  }

  private Optional<String> smallestUnlessCopied() {
    return plan.copied().isPresent()
        ? Optional.empty()
        : plan.rungs().stream().map(Rung::id).findFirst();
  }

  private Span alone(String representation, int number, boolean start) {
    int wanted = wanted(representation, number, start);
    int end = number + 1;
    while (end < Math.min(number + wanted, count(representation))
        && !stored(representation).get(end)
        && !urgentlyMade(representation, end)) {
      end++;
    }
    return Span.of(representation, number, end);
  }

  private int wanted(String representation, int number, boolean start) {
    if (plan.rung(representation).isEmpty()) {
      return start ? FIRST_SOUND_SEGMENTS : SOUND_SEGMENTS;
    }
    if (start) {
      return 1;
    }
    int piece = segments(LADDER_SECONDS);
    boolean goesOn = number > 1 && stored(representation).get(number - 1);
    return Math.max(segments(ASKED_SECONDS), goesOn ? piece - number % piece : 0);
  }

  private boolean underWay(String representation, int number, Duration waited) {
    if (urgentlyComing(representation, number)) {
      return true;
    }
    return open.stream()
        .filter(row -> row.span().holds(representation, number))
        .anyMatch(
            row ->
                waited.compareTo(SOON) < 0
                    && stored(representation).nextClearBit((int) row.span().first()) == number);
  }

  /// Whether a run for somebody who waits will soon be there.
  private boolean urgentlyComing(String representation, int number) {
    return open.stream()
        .filter(row -> row.urgent() && row.span().holds(representation, number))
        .anyMatch(
            row -> {
              int last = stored(representation).previousSetBit(number);
              return isNear(plan, representation, Math.max(row.span().first(), last + 1), number);
            });
  }

  /// Whether a run that is to make one segment next is worth waiting for by who wants another. To
  /// sound it comes in no time.
  static boolean isNear(EncodingPlan plan, String representation, long next, long wanted) {
    return plan.rung(representation).isEmpty() || wanted < next + segments(plan, ASKED_SECONDS);
  }

  private boolean urgentlyMade(String representation, int number) {
    return open.stream().anyMatch(row -> row.urgent() && row.span().holds(representation, number));
  }

  /// What is to be made while nobody waits: from where somebody watches to the end, then the rest.
  Optional<Span> background(double playheadSeconds) {
    List<Candidate> candidates = new ArrayList<>();
    plan.encodedAudios().stream()
        .map(audio -> List.of(audio.id()))
        .forEach(
            lane ->
                next(lane, soundSegments(), playheadSeconds)
                    .ifPresent(
                        span ->
                            candidates.add(candidate(span, playheadSeconds, SOUND_AHEAD_SECONDS))));
    List<String> rungs = plan.rungs().stream().map(Rung::id).toList();
    if (!rungs.isEmpty()) {
      next(rungs, segments(LADDER_SECONDS), playheadSeconds)
          .ifPresent(span -> candidates.add(candidate(span, playheadSeconds, 0)));
    }
    return candidates.stream()
        .min(java.util.Comparator.comparingDouble(Candidate::urgency))
        .map(Candidate::span);
  }

  /// What is to be made when nothing else of the asset is left to make: sizes in other codecs, one
  /// after the other. Little at a time, since what comes then has to wait for its end.
  Optional<Span> last() {
    boolean others = plan.first().stream().allMatch(id -> stored(id).cardinality() == count(id));
    return others
        ? plan.others().stream()
            .flatMap(rung -> next(List.of(rung.id()), segments(LAST_SECONDS), 0).stream())
            .findFirst()
        : Optional.empty();
  }

  private record Candidate(Span span, double urgency) {}

  /// The sooner it will be played, the smaller; what lies before the playhead comes last.
  private Candidate candidate(Span span, double playhead, double handicap) {
    double start = plan.startSeconds(span.representations().getFirst(), span.first());
    double length = plan.length().approximately();
    boolean behind = start + LADDER_SECONDS <= playhead;
    return new Candidate(span, (behind ? start + length : start) - handicap);
  }

  private int soundSegments() {
    boolean whole = plan.container().seeking() == Container.Seeking.NONE;
    return whole ? Integer.MAX_VALUE / 2 : SOUND_SEGMENTS;
  }

  /// How many segments of pictures last about so long.
  private int segments(double seconds) {
    return segments(plan, seconds);
  }

  private static int segments(EncodingPlan plan, double seconds) {
    double mean =
        plan.length().approximately() / Objects.requireNonNull(plan.video()).timeline().count();
    return (int) Math.max(1, Math.round(seconds / Math.max(0.1, mean)));
  }

  /// The next piece of the grid of pieces that lacks something which nobody makes.
  private Optional<Span> next(List<String> lane, int piece, double playheadSeconds) {
    int count = count(lane.getFirst());
    int pieces = (count + piece - 1) / piece;
    int from = at(lane.getFirst(), playheadSeconds) / piece;
    for (int i = 0; i < pieces; i++) {
      int index = (from + i) % pieces;
      int begin = index * piece;
      int end = (int) Math.min(count, (long) begin + piece);
      Optional<Span> span = within(lane, begin, end);
      if (span.isPresent()) {
        return span;
      }
    }
    return Optional.empty();
  }

  /// What of a piece is to be made next. Sizes of which most is lacking are made in one decoding,
  /// though some of it is there: that is encoded once more in vain, which costs less than to decode
  /// the rest for itself. While a player gets part of one, the piece is left alone for the same
  /// reason.
  private Optional<Span> within(List<String> lane, int begin, int limit) {
    int first = begin;
    while (first < limit && lacking(lane, first).isEmpty()) {
      first++;
    }
    if (first == limit) {
      return Optional.empty();
    }
    if (lane.size() == 1) {
      return Optional.of(stretch(lane, first, limit));
    }
    for (String representation : lane) {
      int left = missing(representation, first, limit);
      if (left > 0 && left < limit - first && beingMade(representation, first, limit)) {
        return Optional.empty();
      }
    }
    return Optional.of(together(lane, first, limit));
  }

  private Span together(List<String> lane, int first, int limit) {
    List<String> begun = lacking(lane, first);
    List<String> worth = new ArrayList<>(begun); // What is lacking first is first in a span.
    lane.stream()
        .filter(representation -> !begun.contains(representation))
        .filter(representation -> 2 * missing(representation, first, limit) >= limit - first)
        .forEach(worth::add);
    if (worth.size() == 1) {
      return stretch(worth, first, limit);
    }
    int end = limit;
    while (lacking(worth, end - 1).isEmpty()) {
      end--;
    }
    return new Span(worth, first, end);
  }

  /// How many segments are neither there nor being made.
  private int missing(String representation, int first, int limit) {
    List<String> one = List.of(representation);
    int missing = 0;
    for (int number = first; number < limit; number++) {
      missing += lacking(one, number).size();
    }
    return missing;
  }

  private boolean beingMade(String representation, int first, int limit) {
    return IntStream.range(first, limit).anyMatch(number -> made(number).test(representation));
  }

  private Span stretch(List<String> lane, int first, int limit) {
    int end = first + 1;
    while (end < limit && !lacking(lane, end).isEmpty()) {
      end++;
    }
    return new Span(lane, first, end);
  }

  private java.util.function.Predicate<String> made(int number) {
    return representation ->
        open.stream().anyMatch(row -> row.span().holds(representation, number));
  }

  private List<String> lacking(List<String> lane, int number) {
    return lane.stream()
        .filter(representation -> !stored(representation).get(number))
        .filter(made(number).negate())
        .toList();
  }

  private int at(String representation, double seconds) {
    var timeline = plan.timeline(representation);
    return (int) timeline.at((long) (seconds * timeline.timescale())).number();
  }

  private int count(String representation) {
    return (int) plan.timeline(representation).count();
  }
}
