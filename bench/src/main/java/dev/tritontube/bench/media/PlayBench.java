package dev.tritontube.bench.media;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.tritontube.local.Browser;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

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

  /// In one player after the other, each with an upload of its own.
  void measure(Clip clip) throws InterruptedException {
    for (Player player : Player.values()) {
      try {
        addRow(
            clip, player, premiere.show(clip, player, (same, viewer, start) -> play(clip, viewer)));
      } catch (IOException e) {
        complain(clip, player, e);
      }
    }
  }

  /// In all players at once, each in a browser of its own: an hour takes an hour.
  void measureTogether(Clip clip) throws InterruptedException {
    try {
      premiere.show(clip, Player.DASH, this::together);
    } catch (IOException e) {
      complain(clip, Player.DASH, e);
    }
  }

  private Void together(Clip clip, Viewer first, Premiere.Start start) throws IOException {
    List<Thread> others =
        Stream.of(Player.HLS, Player.SHAKA)
            .map(player -> Thread.ofVirtual().start(() -> join(clip, player, start.video())))
            .toList();
    addRow(clip, Player.DASH, play(clip, first));
    for (Thread other : others) {
      Uninterruptibles.joinUninterruptibly(other);
    }
    return null;
  }

  private void join(Clip clip, Player player, URI video) {
    try (Browser browser = new Browser()) {
      addRow(clip, player, play(clip, premiere.join(browser, clip, player, video)));
    } catch (IOException e) {
      complain(clip, player, e);
    }
  }

  private static void complain(Clip clip, Player player, IOException e) {
    System.err.printf("%s in %s: %s%n", clip.title(), player.title(), e.getMessage());
  }

  /// @param tookSeconds from the first frame to the end, which is the length if it never stood
  private record Played(double tookSeconds, Viewer.Ending ending) {}

  private static Played play(Clip clip, Viewer viewer) throws IOException {
    long begun = System.nanoTime();
    Duration twice = clip.length().multipliedBy(2).plusSeconds(30);
    Viewer.Ending ending = viewer.toTheEnd(twice);
    return new Played((System.nanoTime() - begun) / 1e9, ending);
  }

  private synchronized void addRow(Clip clip, Player player, Played played) {
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
