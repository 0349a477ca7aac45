package dev.tritontube.web.packaging;

import dev.tritontube.web.packaging.MediaException.Code;
import dev.tritontube.web.packaging.OutputPipes.Outcome;
import dev.tritontube.web.packaging.ToolRunner.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Makes segments: one ffmpeg process decodes a piece of the source once and encodes all the
/// representations asked for, and each segment goes to the sink as soon as it is whole.
/// Thread-safe.
final class Encoder {
  private static final int SIGNALLED = 128;
  private static final int SIGKILL = 9;
  private static final int SIGXCPU = 24;

  private final EncodeCommand command;
  private final ToolRunner runner;
  private final Path workFolder;

  /// @param workFolder in which a folder of pipes is made for each run
  Encoder(EncodeCommand command, ToolRunner runner, Path workFolder) {
    this.command = command;
    this.runner = runner;
    this.workFolder = workFolder;
  }

  /// What is to be made, how, and where it goes.
  ///
  /// @param urgent whether somebody waits for it, or will soon
  record Order(
      EncodingPlan plan, Span span, SegmentSink sink, boolean urgent, Cancellation cancellation) {}

  private record End(Exit exit, Outcome outcome) {}

  /// Makes a span of the source.
  ///
  /// @throws MediaException when the source cannot be decoded within the limits; the segments
  ///   before the trouble have gone to the sink
  /// @throws IOException when the source could not be read or a segment not be stored
  void encode(Source source, Order order) throws MediaException, IOException, InterruptedException {
    End end = run(order, paths -> command.of(source, order.plan(), order.span(), paths));
    source.throwFailure();
    check(end, source);
  }

  /// Makes a span of nothing: black, or silence.
  void fill(Order order) throws IOException, InterruptedException {
    End end = run(order, paths -> command.filler(order.plan(), order.span(), paths));
    if (!end.exit().ok() || end.outcome() != Outcome.COMPLETE) {
      throw new IOException("filling failed: " + end.exit().complaint());
    }
  }

  private End run(Order order, Function<List<Path>, List<String>> commands)
      throws IOException, InterruptedException {
    try (OutputPipes pipes =
        OutputPipes.create(workFolder, order.span().representations().size())) {
      pipes.read(consumers(order), order.cancellation());
      Exit exit =
          runner.run(
              commands.apply(pipes.paths()),
              limits(order).writingTo(pipes),
              order.cancellation(),
              Encoder::drop);
      return new End(exit, pipes.await());
    }
  }

  private static void check(End end, Source source) throws MediaException {
    Exit exit = end.exit();
    boolean killed = exit.code() == SIGNALLED + SIGKILL;
    if (end.outcome() == Outcome.UNPLANNED && (exit.ok() || killed) && !exit.timedOut()) {
      throw new MediaException(Code.CORRUPT_MEDIA, "the times in the file make no sense");
    }
    if (exit.timedOut() || killed || exit.code() == SIGNALLED + SIGXCPU) {
      throw new MediaException(Code.LIMIT_EXCEEDED, "decoding the file takes more than is allowed");
    }
    if (end.outcome() == Outcome.COMPLETE) {
      return;
    }
    if (!exit.ok()) {
      throw source.failure(exit.complaint());
    }
    throw new MediaException(Code.CORRUPT_MEDIA, "nothing in the file could be decoded");
  }

  /// A run in the middle may have to decode up to a key frame's distance more.
  private static ToolLimits limits(Order order) {
    String representation = order.span().representations().getFirst();
    long pixels =
        Stream.concat(order.plan().rungs().stream(), order.plan().rung(representation).stream())
            .mapToLong(Rung::pixels)
            .max()
            .orElse(0);
    double end =
        order.plan().startSeconds(representation, order.span().end() - 1)
            - order.plan().startSeconds(representation, order.span().first());
    ToolLimits limits = ToolLimits.encoding(end + 30, pixels, order.urgent());
    return order.plan().isLast(representation) ? limits.patient() : limits;
  }

  private static void drop(InputStream stdout) throws IOException {
    stdout.transferTo(OutputStream.nullOutputStream());
  }

  private static List<OutputPipes.Consumer> consumers(Order order) {
    List<OutputPipes.Consumer> consumers = new ArrayList<>();
    for (String id : order.span().representations()) {
      Optional<Rung> rung = order.plan().rung(id);
      consumers.add(
          rung.isPresent()
              ? in ->
                  new VideoFragments(rung.get(), order.plan().timeline(id), order.span())
                      .read(in, order.sink())
              : in -> new AudioFragments(id, order.plan(), order.span()).read(in, order.sink()));
    }
    return consumers;
  }
}
