package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.web.jobs.JobKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The part of packaging that works: ffmpeg, the loopback address through which it reads, and the
/// dispatcher that gives it its work. Thread-safe.
public final class PackagingWorker implements AutoCloseable {
  private final SourceRelay relay;
  private final EncodingDispatcher dispatcher;
  private final List<JobKind> jobs;

  PackagingWorker(SourceRelay relay, EncodingDispatcher dispatcher, List<JobKind> jobs) {
    this.relay = relay;
    this.dispatcher = dispatcher;
    this.jobs = jobs;
  }

  /// @param workFolder in which only named pipes are made
  /// @param instance names this process in leases
  public record Tools(MediaTools programs, Path workFolder, String instance) {}

  static Workshop.Studio studio(Tools tools) throws IOException, InterruptedException {
    ToolRunner runner = new ToolRunner();
    MediaTools programs = tools.programs();
    Filters filters = filters(programs, runner);
    return new Workshop.Studio(
        new SourceRelay(),
        new Probe(programs.ffprobe(), runner),
        new Encoder(new EncodeCommand(programs, filters), runner, tools.workFolder()),
        new Poster(programs, filters, runner));
  }

  /// Begins to take encoding work.
  public void start() {
    dispatcher.start();
  }

  /// How many jobs to run at once. They are short, and mostly wait for the ring.
  public static int threads() {
    return Math.max(2, Runtime.getRuntime().availableProcessors());
  }

  /// The kinds of jobs to give to the workers.
  public List<JobKind> jobs() {
    return jobs;
  }

  @Override
  public void close() {
    dispatcher.close();
    relay.close();
  }

  private static Filters filters(MediaTools tools, ToolRunner runner)
      throws IOException, InterruptedException {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    ToolRunner.Exit exit =
        runner.run(
            List.of(tools.ffmpeg().toString(), "-v", "error", "-filters"),
            ToolLimits.probing(),
            new Cancellation(),
            stdout -> stdout.transferTo(list));
    if (!exit.ok()) {
      throw new IOException(tools.ffmpeg() + " does not run: " + exit.complaint());
    }
    String filters = list.toString(UTF_8);
    return new Filters(filters.contains(" zscale ") && filters.contains(" tonemap "));
  }
}
