package dev.tritontube.admin;

import dev.tritontube.client.NewVideo;
import dev.tritontube.client.Source;
import dev.tritontube.client.TritonTube;
import dev.tritontube.client.TritonTubeException;
import dev.tritontube.client.Video;
import dev.tritontube.client.VideoStatus;
import dev.tritontube.client.Visibility;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `videos upload`.
@Command(
    name = "upload",
    description =
        "Uploads files. The same command again goes on with what was broken off within a day.",
    mixinStandardHelpOptions = true)
final class UploadCommand implements Callable<Integer> {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /// What is waited for.
  static final class Wait {
    @Option(names = "--wait", description = "Wait until all sizes are there.")
    private boolean whole;

    @Option(names = "--wait-playable", description = "Wait until it plays.")
    private boolean playable;
  }

  /// What is said of the videos.
  static final class About {
    @Option(names = "--title", description = "The title (default: the file's name).")
    private @Nullable String title;

    @Option(names = "--description", paramLabel = "TEXT", description = "The description.")
    private @Nullable String description;

    @Option(names = "--tag", paramLabel = "TAG", description = "A tag; may be repeated.")
    private List<String> tags = List.of();

    @Option(
        names = "--visibility",
        paramLabel = "WHO",
        description = "public, unlisted or private (default: public).")
    private @Nullable Visibility visibility;

    NewVideo video() {
      return new NewVideo(title, description, tags.isEmpty() ? null : tags, visibility);
    }
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "What is uploaded.")
  private List<Path> files = List.of();

  @Mixin private About about = new About();

  @ArgGroup(exclusive = true)
  private Wait wait = new Wait();

  @Option(names = "--checksum", description = "Send a SHA-256 with each piece.")
  private boolean checksum;

  @Override
  public Integer call() throws Exception {
    if (about.title != null && files.size() > 1) {
      throw new UsageException("--title is for one file, not for " + files.size());
    }
    CommandLine line = VideosCommand.line(spec);
    AdminCli admin = AdminCli.of(line);
    List<Video> videos = new ArrayList<>();
    int worst = 0;
    try (TritonTube site = admin.patientSite()) {
      for (Path file : files) {
        int code = upload(site, admin, file, videos);
        worst = Math.max(worst, code);
        if (code == Failures.UNREACHABLE) {
          break; // As the others would be.
        }
      }
    }
    if (!videos.isEmpty()) {
      admin.answers().show(SiteDocuments.videos(videos), SiteTexts.videos(videos));
    }
    return worst;
  }

  /// @param videos get what was made
  /// @return the exit code
  private int upload(TritonTube site, AdminCli admin, Path file, List<Video> videos)
      throws Exception {
    try {
      Video video = upload(site, admin, file);
      videos.add(video);
      return wait.whole || wait.playable ? followed(site, admin, video, videos) : 0;
    } catch (TritonTubeException | UsageException | IOException e) {
      admin.answers().err().print(files.size() > 1 ? file + ": " : "");
      return Failures.report(e, VideosCommand.line(spec));
    }
  }

  private Video upload(TritonTube site, AdminCli admin, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try (KeptUploads.Kept kept = kept(admin, site.address("/"), file);
        TransferBar bar = TransferBar.ofBytes(String.valueOf(file.getFileName()))) {
      FileUpload upload = new FileUpload(site.uploads(), Source.of(file), about.video(), checksum);
      return upload.send(kept, bar, admin.answers());
    }
  }

  /// What cannot be kept does not keep anybody from uploading.
  private static KeptUploads.Kept kept(AdminCli admin, URI server, Path file) throws IOException {
    try {
      return KeptUploads.of(admin.environment()).open(server, file);
    } catch (FileSystemException e) {
      admin.answers().remark("what breaks off will begin anew: cannot keep " + e.getMessage());
      return KeptUploads.Kept.nowhere();
    }
  }

  /// @param videos get the video as it is in the end, in the place of what it was
  private int followed(TritonTube site, AdminCli admin, Video video, List<Video> videos) {
    Video end = awaited(site, video.id());
    videos.set(videos.size() - 1, end);
    if (end.status() != VideoStatus.FAILED) {
      return 0;
    }
    Video.Reason error = end.error();
    String why = error == null ? "for no reason" : error.code() + ": " + error.detail();
    admin.answers().remark("failed: " + end.id() + ": " + why);
    return Failures.FAILED;
  }

  private Video awaited(TritonTube site, String id) {
    try (TransferBar bar = TransferBar.ofPercents()) {
      return site.videos()
          .await(
              id,
              LONGEST_WAIT,
              video -> {
                bar.show(video);
                return video.status().isFinal() || wait.playable && video.playable();
              });
    }
  }
}
