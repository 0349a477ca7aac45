package dev.tritontube.web.packaging;

import dev.tritontube.web.packaging.MediaException.Code;
import dev.tritontube.web.packaging.StillCommand.Shot;
import dev.tritontube.web.packaging.ToolRunner.Exit;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongToDoubleFunction;

/// Takes pictures out of a source, run by run. Thread-safe.
final class StillCamera {
  /// What may have to be decoded to come to the first picture of a run.
  private static final int APPROACH_SECONDS = 30;

  private final StillCommand command;
  private final ToolRunner runner;
  private final LongToDoubleFunction gapSeconds;

  StillCamera(StillCommand command, ToolRunner runner) {
    this(command, runner, StillRun::gapSeconds);
  }

  /// @param gapSeconds for how long decoding costs less than to seek, by the pixels of a picture
  StillCamera(StillCommand command, ToolRunner runner, LongToDoubleFunction gapSeconds) {
    this.command = command;
    this.runner = runner;
    this.gapSeconds = gapSeconds;
  }

  /// Takes all pictures from an index on.
  ///
  /// @throws MediaException when the source cannot be decoded within the limits
  /// @throws IOException when it cannot be read, or what the sink failed with
  void takeAll(Shot shot, int first, Stills.Sink sink, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    int next = first;
    while (next < shot.order().times().count()) {
      double gap = gapSeconds.applyAsDouble(shot.pixels());
      StillRun run = StillRun.next(shot.order().times(), next, gap);
      next += take(shot, run, sink, cancellation);
      if (next < run.end()) {
        next += takeRest(shot, run.rest(next - run.first()), sink, cancellation);
      }
    }
  }

  /// What is wanted behind the last picture, or where no seeking leads.
  private int takeRest(Shot shot, StillRun rest, Stills.Sink sink, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    int taken = take(shot, rest, sink, cancellation);
    if (taken == 0) {
      taken = run(shot, rest, false, sink, cancellation);
    }
    if (taken == 0) {
      throw new MediaException(Code.CORRUPT_MEDIA, "nothing in the file could be decoded");
    }
    return taken;
  }

  /// @return how many were taken; fewer than wanted where seeking missed, or the file ends
  private int take(Shot shot, StillRun run, Stills.Sink sink, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    return run(shot, run, command.canSeek(shot, run), sink, cancellation);
  }

  private int run(
      Shot shot, StillRun run, boolean seeking, Stills.Sink sink, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    Cutter cutter = new Cutter(shot.order().format(), run.first(), sink);
    Exit exit =
        runner.run(
            command.of(shot, run, seeking), limits(shot, run, seeking), cancellation, cutter);
    shot.source().throwFailure();
    if (cutter.taken < run.count()) {
      check(exit, shot.source(), seeking);
    }
    return cutter.taken;
  }

  private static ToolLimits limits(Shot shot, StillRun run, boolean seeking) {
    double seconds = run.endSeconds() - (seeking ? run.startSeconds() : 0) + APPROACH_SECONDS;
    return ToolLimits.encoding(seconds, Math.max(shot.pixels(), shot.order().pixels()), false);
  }

  /// What goes wrong behind a place to which it was sought is tried again from the beginning.
  private static void check(Exit exit, Source source, boolean sought) throws MediaException {
    if (exit.overLimit()) {
      throw new MediaException(Code.LIMIT_EXCEEDED, "decoding the file takes more than is allowed");
    }
    if (!exit.ok() && !sought) {
      throw source.failure(exit.complaint());
    }
  }

  /// Hands on what a run writes. For one run.
  private static final class Cutter implements ToolRunner.Reader {
    private final StillFormat format;
    private final int first;
    private final Stills.Sink sink;
    private volatile int taken;

    Cutter(StillFormat format, int first, Stills.Sink sink) {
      this.format = format;
      this.first = first;
      this.sink = sink;
    }

    @Override
    public void read(InputStream stdout) throws IOException {
      PictureStream pictures = new PictureStream(stdout, format, Stills.MAX_PICTURE_BYTES);
      try {
        for (byte[] picture = pictures.next(); picture != null; picture = pictures.next()) {
          sink.take(first + taken, picture);
          taken++;
        }
      } catch (EOFException _) {
        // The program was ended; how, its exit tells.
      }
    }
  }
}
