package dev.tritontube.bench.crowd;

import dev.tritontube.dash.DashManifest;
import dev.tritontube.dash.DashManifest.AdaptationSet;
import dev.tritontube.dash.DashManifest.Representation;
import dev.tritontube.dash.DashManifest.Segment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/// One video, watched at the pace of the clock from some place to its end, or until somebody has
/// seen enough: of each track the next segments are fetched, as long as less than `AHEAD_SECONDS`
/// are waiting to be shown.
final class Showing {
  private static final double AHEAD_SECONDS = 12;
  private static final double MOST_SLEEP_SECONDS = 0.5;

  private final DashManifest manifest;
  private final Fetcher fetcher;
  private final BooleanSupplier enough;
  private final double from;
  private final Playhead playhead;
  private volatile boolean failed;

  Showing(DashManifest manifest, Fetcher fetcher, double fromShare, BooleanSupplier enough) {
    double length = lengthSeconds(manifest);
    this.manifest = manifest;
    this.fetcher = fetcher;
    this.enough = enough;
    this.from = segmentStart(manifest, length * fromShare);
    this.playhead = new Playhead(System::nanoTime, manifest.sets().size(), from, length);
  }

  /// A player that begins shortly before the end of a segment stands still at once; that says
  /// nothing.
  private static double segmentStart(DashManifest manifest, double seconds) {
    return segments(manifest.sets().getFirst()).stream()
        .filter(segment -> segment.end() > seconds)
        .findFirst()
        .orElseThrow()
        .start();
  }

  private static double lengthSeconds(DashManifest manifest) {
    return manifest.sets().stream()
        .mapToDouble(set -> segments(set).getLast().end())
        .min()
        .orElseThrow();
  }

  /// Of any representation: their times are the same.
  private static List<Segment> segments(AdaptationSet set) {
    return set.segments(set.representations().getFirst());
  }

  /// @throws IOException when a player would give up
  void watch() throws IOException, InterruptedException {
    List<Callable<Boolean>> lanes = new ArrayList<>();
    for (int i = 0; i < manifest.sets().size(); i++) {
      int number = i;
      lanes.add(() -> fetchOrFail(number));
    }
    Together.run(lanes);
    while (!over()) {
      Thread.sleep(Duration.ofMillis(100));
    }
  }

  private boolean fetchOrFail(int number) throws IOException, InterruptedException {
    try {
      fetch(number, manifest.sets().get(number));
      return true;
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  private void fetch(int number, AdaptationSet set) throws IOException, InterruptedException {
    Throughput throughput = new Throughput();
    Set<String> begun = new HashSet<>();
    List<Segment> segments = segments(set);
    for (int next = first(segments); next < segments.size() && !over(); next++) {
      Segment segment = segments.get(next);
      double buffered = Math.max(0, segment.start() - playhead.position());
      double length = segment.end() - segment.start();
      Representation chosen = throughput.choose(set.representations(), buffered / length);
      if (begun.add(chosen.id())) {
        fetcher.get(chosen.init());
      }
      throughput.measured(fetcher.get(chosen.media().get(next)));
      playhead.arrived(number, segment.end());
      awaitRoom(segment.end());
    }
  }

  private int first(List<Segment> segments) {
    int first = 0;
    while (segments.get(first).end() <= from) {
      first++;
    }
    return first;
  }

  private void awaitRoom(double end) throws InterruptedException {
    double excess = end - playhead.position() - AHEAD_SECONDS;
    while (excess > 0 && !over()) {
      Thread.sleep(Duration.ofNanos((long) (Math.min(excess, MOST_SLEEP_SECONDS) * 1e9)));
      excess = end - playhead.position() - AHEAD_SECONDS;
    }
  }

  private boolean over() {
    return failed || enough.getAsBoolean() || playhead.atEnd();
  }

  Playhead.Stalls stalls() {
    return playhead.stalls();
  }
}
