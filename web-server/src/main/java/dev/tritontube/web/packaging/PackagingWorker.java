package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.web.jobs.RetryPolicy;
import dev.tritontube.web.jobs.TaskKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The part of packaging that works: ffmpeg, the loopback address through which it reads, and the
/// dispatcher that gives it its work. Thread-safe.
public final class PackagingWorker implements AutoCloseable {
  private final Workshop.Studio studio;
  private final EncodingDispatcher dispatcher;
  private final List<TaskKind> tasks;
  private final SideWork side;

  PackagingWorker(
      Workshop.Studio studio, EncodingDispatcher dispatcher, List<TaskKind> tasks, SideWork side) {
    this.studio = studio;
    this.dispatcher = dispatcher;
    this.tasks = tasks;
    this.side = side;
  }

  /// What is read of originals beside segments.
  record SideWork(Stills stills, PosterStudio posters, EmbeddedReader tracks) {}

  /// @param workFolder in which only named pipes are made
  /// @param remux whether pictures that can be played as they are stand for the largest size
  /// @param instance names this process in leases
  /// @param retries of what fails and is not the file's fault
  public record Tools(
      MediaTools programs, Path workFolder, boolean remux, String instance, RetryPolicy retries) {}

  /// @throws IOException also when a profile asks for what ffmpeg does not encode in
  static Workshop.Studio studio(Tools tools, Profiles profiles)
      throws IOException, InterruptedException {
    SourceRelay relay = new SourceRelay();
    try {
      Confinement confinement = Confinement.choose(tools.programs(), relay.port());
      checkEncoders(tools.programs(), new ToolRunner(confinement), profiles);
      return studio(tools, relay, confinement);
    } catch (IOException | InterruptedException | RuntimeException e) {
      relay.close();
      throw e;
    }
  }

  private static Workshop.Studio studio(Tools tools, SourceRelay relay, Confinement confinement)
      throws IOException, InterruptedException {
    ToolRunner runner = new ToolRunner(confinement);
    MediaTools programs = tools.programs();
    Filters filters = filters(programs, runner);
    Ffprobe ffprobe = new Ffprobe(programs.ffprobe(), runner);
    return new Workshop.Studio(
        relay,
        new Probe(ffprobe),
        new Encoder(new EncodeCommand(programs, filters), runner, tools.workFolder()),
        new Pictures(
            new ThumbnailSheets(programs, filters, runner), new Poster(programs, filters, runner)),
        new StillCamera(new StillCommand(programs, filters), runner),
        new EmbeddedTexts(ffprobe, programs.ffmpeg(), runner, tools.workFolder()),
        confinement.state());
  }

  /// Begins to take encoding work.
  public void start() {
    dispatcher.start();
  }

  /// How many tasks to run at once. They are short, and mostly wait: for the ring, the catalog and
  /// the start of a program.
  public static int threads() {
    return Math.max(6, Runtime.getRuntime().availableProcessors());
  }

  /// The kinds of tasks to give to the workers.
  public List<TaskKind> tasks() {
    return tasks;
  }

  /// What takes pictures out of originals.
  public Stills stills() {
    return side.stills;
  }

  /// What makes posters that somebody wants.
  public PosterStudio posters() {
    return side.posters;
  }

  /// What the programs are kept from.
  public SandboxState sandbox() {
    return studio.sandbox();
  }

  /// Reads what is to be read in files.
  public EmbeddedReader tracks() {
    return side.tracks;
  }

  @Override
  public void close() {
    dispatcher.close();
    studio.relay().close();
  }

  /// @throws IOException when a profile asks for a codec that the program does not encode in
  static void checkEncoders(MediaTools tools, ToolRunner runner, Profiles profiles)
      throws IOException, InterruptedException {
    String encoders = listed(tools, runner, "-encoders");
    for (Profile profile : profiles.all()) {
      for (Codec codec : profile.codecs().keySet()) {
        if (!encoders.contains(" " + codec.encoder() + " ")) {
          throw new IOException(
              "profile '%s' asks for %s, but %s has no %s"
                  .formatted(profile.name(), codec.word(), tools.ffmpeg(), codec.encoder()));
        }
      }
    }
  }

  private static Filters filters(MediaTools tools, ToolRunner runner)
      throws IOException, InterruptedException {
    String filters = listed(tools, runner, "-filters");
    return new Filters(filters.contains(" zscale ") && filters.contains(" tonemap "));
  }

  private static String listed(MediaTools tools, ToolRunner runner, String what)
      throws IOException, InterruptedException {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    ToolRunner.Exit exit =
        runner.run(
            List.of(tools.ffmpeg().toString(), "-v", "error", what),
            ToolLimits.probing(),
            new Cancellation(),
            stdout -> stdout.transferTo(list));
    if (!exit.ok()) {
      throw new IOException(tools.ffmpeg() + " does not run: " + exit.complaint());
    }
    return list.toString(UTF_8);
  }
}
