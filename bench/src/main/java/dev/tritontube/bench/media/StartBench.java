package dev.tritontube.bench.media;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// From the last byte of an upload to the first frame, and from a seek to 80 % of the length, which
/// was not watched before, to the next frame.
final class StartBench {
  private static final double SEEK_SHARE = 0.8;

  private final Premiere premiere;
  private final int runs;
  private final boolean seeks;
  private final Rows rows;

  private record Run(Premiere.Start start, double seekSeconds) {}

  StartBench(Premiere premiere, int runs, boolean seeks) {
    this.premiere = premiere;
    this.runs = runs;
    this.seeks = seeks;
    this.rows =
        new Rows(
            System.out,
            "Seconds from the last byte of the upload to the manifest and to the first frame;"
                + " from a seek to 80 % to the next frame",
            "source",
            "player",
            "runs",
            "manifest",
            "p95",
            "first",
            "p95",
            "worst",
            "seek",
            "p95",
            "worst");
  }

  void measure(Clip clip) throws InterruptedException {
    for (Player player : Player.values()) {
      List<Run> measured = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        try {
          measured.add(premiere.show(clip, player, this::run));
        } catch (IOException e) {
          System.err.printf("%s in %s: %s%n", clip.title(), player.title(), e.getMessage());
        }
      }
      addRow(clip, player, measured);
    }
  }

  private Run run(Clip clip, Viewer viewer, Premiere.Start start) throws IOException {
    double seek = seeks ? viewer.seek(SEEK_SHARE, Premiere.patience(clip)) / 1e3 : Double.NaN;
    return new Run(start, seek);
  }

  private void addRow(Clip clip, Player player, List<Run> measured) {
    Spread manifest = Spread.of(measured.stream().map(run -> run.start.manifestSeconds()).toList());
    Spread frame = Spread.of(measured.stream().map(run -> run.start.frameSeconds()).toList());
    Spread seek = Spread.of(measured.stream().map(Run::seekSeconds).toList());
    rows.add(
        clip.title(),
        player.title(),
        measured.size() + "/" + runs,
        manifest.median(),
        manifest.p95(),
        frame.median(),
        frame.p95(),
        frame.worst(),
        seek.median(),
        seek.p95(),
        seek.worst());
  }
}
