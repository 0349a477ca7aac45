package dev.tritontube.admin;

import dev.tritontube.proto.admin.v1.ChangeProgress;
import dev.tritontube.proto.reach.Reason;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Follows a change to its end and draws how far it is, on the error stream: arcs, blobs, bytes,
/// MB/s and what is left.
final class ChangeWatch {
  private static final int WIDTH = 120;
  private static final int REDRAW_MILLIS = 500;

  private final Answers answers;
  private final Set<String> told = new HashSet<>();

  ChangeWatch(Answers answers) {
    this.answers = answers;
  }

  /// @return the last message
  ChangeProgress follow(Iterator<ChangeProgress> messages) {
    ChangeProgress last = ChangeProgress.getDefaultInstance();
    if (!messages.hasNext()) { // Or it throws, and there is nothing to draw.
      return last;
    }
    try (ProgressBar bar = bar()) {
      while (messages.hasNext()) {
        last = messages.next();
        draw(bar, last);
      }
    } catch (StatusRuntimeException e) {
      throw last.getChangeId().isEmpty() ? e : brokenOff(e, last);
    }
    return last;
  }

  private static StatusRuntimeException brokenOff(StatusRuntimeException e, ChangeProgress last) {
    return Status.fromCode(e.getStatus().getCode())
        .withDescription(
            Reason.of(e.getStatus())
                + "; "
                + Texts.change(last)
                + "; it goes on without this command: see 'ring status --watch'")
        .asRuntimeException(e.getTrailers());
  }

  private static ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName("arcs")
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
        .hideEta()
        .build();
  }

  private void draw(ProgressBar bar, ChangeProgress change) {
    change.getWarningsList().stream().filter(told::add).forEach(answers::remark);
    bar.maxHint(change.getArcsTotal());
    bar.stepTo(change.getArcsDone());
    bar.setExtraMessage(detail(change));
  }

  static String detail(ChangeProgress change) {
    double rate = change.getSeconds() > 0 ? change.getMovedBytes() / change.getSeconds() / 1e6 : 0;
    String eta =
        change.getEtaSeconds() < 0
            ? ""
            : String.format(Locale.ROOT, ", %.0f s left", change.getEtaSeconds());
    return String.format(
        Locale.ROOT,
        " %s, %d blobs, %s, %.1f MB/s%s",
        change.getPhase(),
        change.getMovedBlobs(),
        Sizes.text(change.getMovedBytes()),
        rate,
        eta);
  }
}
