package dev.tritontube.bench.crowd;

import dev.tritontube.local.DashManifest;
import dev.tritontube.local.DashManifest.Representation;
import dev.tritontube.local.DashManifest.Segment;
import dev.tritontube.local.DashManifest.Track;
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
    this.playhead = new Playhead(System::nanoTime, manifest.tracks().size(), from, length);
  }

  /// A player that begins shortly before the end of a segment stands still at once; that says
  /// nothing.
  private static double segmentStart(DashManifest manifest, double seconds) {
    List<Segment> segments = manifest.tracks().getFirst().representations().getFirst().segments();
    return segments.stream()
        .filter(segment -> segment.end() > seconds)
        .findFirst()
        .orElseThrow()
        .start();
  }

  private static double lengthSeconds(DashManifest manifest) {
    return manifest.tracks().stream()
        .mapToDouble(track -> track.representations().getFirst().segments().getLast().end())
        .min()
        .orElseThrow();
  }

  /// @throws IOException when a player would give up
  void watch() throws IOException, InterruptedException {
    List<Callable<Boolean>> lanes = new ArrayList<>();
    for (int i = 0; i < manifest.tracks().size(); i++) {
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
      fetch(number, manifest.tracks().get(number));
      return true;
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  private void fetch(int number, Track track) throws IOException, InterruptedException {
    Throughput throughput = new Throughput();
    Set<String> begun = new HashSet<>();
    List<Segment> segments = track.representations().getFirst().segments();
    for (int next = first(segments); next < segments.size() && !over(); next++) {
      double buffered = Math.max(0, segments.get(next).start() - playhead.position());
      double length = segments.get(next).end() - segments.get(next).start();
      Representation chosen = throughput.choose(track.representations(), buffered / length);
      if (begun.add(chosen.id())) {
        fetcher.get(chosen.init());
      }
      Segment segment = chosen.segments().get(next);
      throughput.measured(fetcher.get(segment.address()));
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
