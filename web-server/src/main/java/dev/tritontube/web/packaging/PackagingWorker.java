package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.web.jobs.JobKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// The part of packaging that runs jobs: ffmpeg, and the loopback address through which it reads.
/// Thread-safe.
public final class PackagingWorker implements AutoCloseable {
  private final SourceRelay relay;
  private final List<JobKind> jobs;

  private PackagingWorker(SourceRelay relay, List<JobKind> jobs) {
    this.relay = relay;
    this.jobs = jobs;
  }

  record Tools(MediaTools programs, Path workFolder) {}

  static PackagingWorker open(
      Tools tools, Function<Packager.Studio, Packager> packagers, RunningWork running)
      throws IOException, InterruptedException {
    ToolRunner runner = new ToolRunner();
    MediaTools programs = tools.programs();
    Filters filters = filters(programs, runner);
    SourceRelay relay = new SourceRelay();
    Packager.Studio studio =
        new Packager.Studio(
            relay,
            new Probe(programs.ffprobe(), runner),
            new Encoder(programs, filters, runner, tools.workFolder()),
            new Poster(programs, filters, runner));
    return new PackagingWorker(relay, PackagingJobs.of(packagers.apply(studio), running));
  }

  /// How many jobs to run at once: one core is left for serving.
  public static int threads() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  /// The kinds of jobs to give to the workers.
  public List<JobKind> jobs() {
    return jobs;
  }

  @Override
  public void close() {
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
