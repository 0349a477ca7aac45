package dev.tritontube.bench.media;

import java.io.IOException;
import java.time.Duration;

/// Plays fresh uploads to their end, while the rest of them is being encoded.
final class PlayBench {
  private final Premiere premiere;
  private final Rows rows =
      new Rows(
          System.out,
          "Played from the first frame to the end without a seek; a stall is more than half a second"
              + " without a new frame, ranges are buffered at once: one is no gap",
          "source",
          "player",
          "ended",
          "took s",
          "stalls",
          "stalled s",
          "ranges",
          "frames",
          "dropped");

  PlayBench(Premiere premiere) {
    this.premiere = premiere;
  }

  void measure(Clip clip) throws InterruptedException {
    for (Player player : Player.values()) {
      try {
        addRow(clip, player, premiere.show(clip, player, PlayBench::play));
      } catch (IOException e) {
        System.err.printf("%s in %s: %s%n", clip.title(), player.title(), e.getMessage());
      }
    }
  }

  /// @param tookSeconds from the first frame to the end, which is the length if it never stood
  private record Played(double tookSeconds, Viewer.Ending ending) {}

  private static Played play(Clip clip, Viewer viewer, Premiere.Start start) throws IOException {
    long begun = System.nanoTime();
    Duration twice = clip.length().multipliedBy(2).plusSeconds(30);
    Viewer.Ending ending = viewer.toTheEnd(twice);
    return new Played((System.nanoTime() - begun) / 1e9, ending);
  }

  private void addRow(Clip clip, Player player, Played played) {
    Viewer.Ending ending = played.ending;
    if (ending.complaint() != null) {
      System.err.printf("%s in %s: %s%n", clip.title(), player.title(), ending.complaint());
    }
    rows.add(
        clip.title(),
        player.title(),
        ending.ended() ? "yes" : "no",
        played.tookSeconds,
        ending.stalls(),
        ending.stalledMillis() / 1e3,
        ending.ranges(),
        ending.frames(),
        ending.dropped());
  }
}
