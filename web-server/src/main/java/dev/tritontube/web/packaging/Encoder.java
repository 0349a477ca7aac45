package dev.tritontube.web.packaging;

import dev.tritontube.web.packaging.EncodingPlan.Audio;
import dev.tritontube.web.packaging.EncodingPlan.Selection;
import dev.tritontube.web.packaging.MediaException.Code;
import dev.tritontube.web.packaging.OutputPipes.Outcome;
import dev.tritontube.web.packaging.ToolRunner.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes segments: one ffmpeg process decodes the source once and encodes all the representations
/// asked for, and each segment goes to the sink as soon as it is whole. Thread-safe.
final class Encoder {
  private static final int SIGNALLED = 128;
  private static final int SIGKILL = 9;
  private static final int SIGXCPU = 24;

  private final MediaTools tools;
  private final ToolRunner runner;
  private final Path workFolder;
  private final Filters filters;

  /// @param workFolder in which a folder of pipes is made for each run
  Encoder(MediaTools tools, Filters filters, ToolRunner runner, Path workFolder) {
    this.tools = tools;
    this.filters = filters;
    this.runner = runner;
    this.workFolder = workFolder;
  }

  /// @throws MediaException when the source cannot be decoded within the limits
  /// @throws IOException when the source could not be read or a segment not be stored
  void encode(
      Source source,
      EncodingPlan plan,
      Selection selection,
      SegmentSink sink,
      Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    try (OutputPipes pipes = OutputPipes.create(workFolder, selection.ids().size())) {
      List<OutputPipes.Consumer> consumers = consumers(plan, selection, sink);
      List<String> command =
          new EncodeCommand(tools, filters).of(source, plan, selection, pipes.paths());
      pipes.read(consumers, cancellation);
      Exit exit = runner.run(command, limits(plan), cancellation, Encoder::drop);
      Outcome outcome = pipes.await();
      source.throwFailure();
      check(exit, outcome, source);
    }
  }

  private static void check(Exit exit, Outcome outcome, Source source) throws MediaException {
    boolean killed = exit.code() == SIGNALLED + SIGKILL;
    if (outcome == Outcome.UNPLANNED && (exit.ok() || killed) && !exit.timedOut()) {
      throw new MediaException(Code.CORRUPT_MEDIA, "the times in the file make no sense");
    }
    if (exit.timedOut() || killed || exit.code() == SIGNALLED + SIGXCPU) {
      throw new MediaException(Code.LIMIT_EXCEEDED, "decoding the file takes more than is allowed");
    }
    if (!exit.ok()) {
      throw new MediaException(Code.CORRUPT_MEDIA, source.scrub(exit.complaint()));
    }
    if (outcome != Outcome.COMPLETE) {
      throw new MediaException(Code.CORRUPT_MEDIA, "nothing in the file could be decoded");
    }
  }

  private static ToolLimits limits(EncodingPlan plan) {
    long pixels = plan.rungs().stream().mapToLong(Rung::pixels).max().orElse(0);
    return ToolLimits.encoding(plan.length().approximately(), pixels);
  }

  private static void drop(InputStream stdout) throws IOException {
    stdout.transferTo(OutputStream.nullOutputStream());
  }

  private static List<OutputPipes.Consumer> consumers(
      EncodingPlan plan, Selection selection, SegmentSink sink) {
    List<OutputPipes.Consumer> consumers = new ArrayList<>();
    EncodingPlan.Video video = plan.video();
    if (video != null) {
      long count = video.timeline().count();
      for (Rung rung : selection.rungs()) {
        VideoFragments fragments = new VideoFragments(rung.id(), video.timeline());
        consumers.add(in -> fragments.read(in, sink) == count);
      }
    }
    for (Audio audio : selection.audios()) {
      long count = plan.audioTimeline().count();
      AudioFragments fragments = new AudioFragments(audio.id(), plan.audioTimeline());
      consumers.add(in -> fragments.read(in, sink) == count);
    }
    return consumers;
  }
}
