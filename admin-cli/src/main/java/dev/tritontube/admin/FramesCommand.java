package dev.tritontube.admin;

import dev.tritontube.client.FrameSet;
import dev.tritontube.client.FrameWish;
import dev.tritontube.client.TritonTube;
import dev.tritontube.client.Video;
import dev.tritontube.client.Videos;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `videos frames`.
@Command(
    name = "frames",
    description = "Takes frames out of a video, and downloads them as one ZIP archive.",
    mixinStandardHelpOptions = true)
final class FramesCommand implements Callable<Integer> {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /// Which frames.
  static final class Which {
    @Option(
        names = "--every",
        paramLabel = "SECONDS",
        required = true,
        description = "One every so many seconds.")
    private @Nullable Double every;

    @Option(
        names = "--count",
        paramLabel = "N",
        required = true,
        description = "So many, with equal distances.")
    private @Nullable Integer count;

    @Option(
        names = "--at",
        paramLabel = "SECONDS",
        required = true,
        split = ",",
        description = "Those of these times; may be repeated.")
    private @Nullable List<Double> at;

    FrameWish wish() {
      if (every != null) {
        return FrameWish.every(every);
      }
      return count != null ? FrameWish.count(count) : FrameWish.at(at == null ? List.of() : at);
    }
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The video.")
  private String id = "";

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Which which = new Which();

  @Option(names = "--png", description = "Without any further loss, in the place of JPEG.")
  private boolean png;

  @Option(names = "--width", paramLabel = "PIXELS", description = "No wider than this.")
  private @Nullable Integer width;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to (default: frames-ID.zip here).")
  private @Nullable Path output;

  @Option(names = "--force", description = "Replace what is there.")
  private boolean force;

  @Override
  public Integer call() throws Exception {
    AdminCli admin = AdminCli.of(VideosCommand.line(spec));
    Path target = output == null ? Path.of("frames-" + id + ".zip") : output;
    if (!force && Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    try (TritonTube site = admin.patientSite()) {
      FrameSet frames = taken(site);
      if (frames.status() != FrameSet.Status.COMPLETED) {
        Video.Reason error = frames.error();
        String why = error == null ? frames.status().name() : error.code() + ": " + error.detail();
        admin.answers().remark("failed: " + frames.id() + ": " + why);
        return Failures.FAILED;
      }
      Videos.Original archive = download(site, frames, target);
      admin
          .answers()
          .show(SiteDocuments.download(id, target, archive), SiteTexts.download(target, archive));
      return 0;
    }
  }

  private FrameSet taken(TritonTube site) {
    FrameWish wish = png ? which.wish().as(FrameSet.Format.PNG) : which.wish();
    FrameSet asked = site.frames().take(id, width == null ? wish : wish.noWiderThan(width));
    try (TransferBar bar = TransferBar.ofFrames(asked.count())) {
      return site.frames().await(id, asked.id(), LONGEST_WAIT, bar::show);
    }
  }

  private Videos.Original download(TritonTube site, FrameSet frames, Path target)
      throws IOException {
    CopyOption[] options =
        force ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING} : new CopyOption[0];
    try (TransferBar bar = TransferBar.ofBytes(String.valueOf(target.getFileName()))) {
      return site.frames().download(id, frames.id(), target.toAbsolutePath(), bar, options);
    }
  }
}
