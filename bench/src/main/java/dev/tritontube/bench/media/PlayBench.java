package dev.tritontube.bench.media;

import java.io.IOException;
import java.time.Duration;

/// Plays fresh uploads to their end, while the rest of them is being encoded.
final class PlayBench {
  private final Premiere premiere;
  private final Rows rows =
      new Rows(
          System.out,
          "Played to the end; a stall is more than half a second without a new frame",
          "source",
          "player",
          "ended",
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

  private static Viewer.Ending play(Clip clip, Viewer viewer, Premiere.Start start)
      throws IOException {
    Duration twice = clip.length().multipliedBy(2).plusSeconds(30);
    return viewer.toTheEnd(twice);
  }

  private void addRow(Clip clip, Player player, Viewer.Ending ending) {
    if (ending.complaint() != null) {
      System.err.printf("%s in %s: %s%n", clip.title(), player.title(), ending.complaint());
    }
    rows.add(
        clip.title(),
        player.title(),
        ending.ended() ? "yes" : "no",
        ending.stalls(),
        ending.stalledMillis() / 1e3,
        ending.ranges(),
        ending.frames(),
        ending.dropped());
  }
}
