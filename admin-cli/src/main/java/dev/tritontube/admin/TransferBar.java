package dev.tritontube.admin;

import dev.tritontube.client.FrameSet;
import dev.tritontube.client.Progress;
import dev.tritontube.client.Video;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Draws how far something is, on the error stream: bytes of a transfer, or percents of what is
/// made.
final class TransferBar implements Progress, AutoCloseable {
  private static final int WIDTH = 120;
  private static final int REDRAW_MILLIS = 500;
  private static final int LONGEST_NAME = 30;
  private static final int PERCENT = 100;

  private final ProgressBar bar;

  private TransferBar(ProgressBarBuilder builder) {
    this.bar =
        builder
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
            .build();
  }

  /// Of a file on its way.
  static TransferBar ofBytes(String name) {
    String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    return new TransferBar(
        new ProgressBarBuilder().setTaskName(shown).setUnit(" MiB", 1 << 20).showSpeed());
  }

  /// Of a video that is being encoded.
  static TransferBar ofPercents() {
    return new TransferBar(
        new ProgressBarBuilder().setTaskName("encoding").setInitialMax(PERCENT).setUnit(" %", 1));
  }

  /// Of frames that are taken.
  static TransferBar ofFrames(int count) {
    return new TransferBar(
        new ProgressBarBuilder().setTaskName("taking").setInitialMax(count).setUnit(" frames", 1));
  }

  @Override
  public void at(long doneBytes, long totalBytes) {
    bar.maxHint(totalBytes);
    bar.stepTo(doneBytes);
  }

  void show(Video video) {
    bar.stepTo(video.progress().percent());
    bar.setExtraMessage(" " + video.progress().stage());
  }

  void show(FrameSet frames) {
    bar.stepTo(frames.done());
  }

  @Override
  public void close() {
    bar.close();
  }
}
