package dev.tritontube.admin;

import dev.tritontube.client.BatchResult;
import dev.tritontube.client.Progress;
import dev.tritontube.client.TritonTube;
import dev.tritontube.client.Video;
import dev.tritontube.client.VideoQuery;
import dev.tritontube.client.VideoStatus;
import dev.tritontube.client.Videos;
import dev.tritontube.client.Visibility;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `videos upload | list | show | delete | restore | download | tracks | frames`.
@Command(
    name = "videos",
    description = "Uploads, finds, deletes, restores and downloads videos.",
    subcommands = {UploadCommand.class, TracksCommand.class, FramesCommand.class},
    mixinStandardHelpOptions = true)
final class VideosCommand {
  private static final int PAGE = 100;

  @ParentCommand private @Nullable AdminCli admin;

  /// Which videos are listed.
  static final class Which {
    @Option(names = "--query", paramLabel = "WORDS", description = "With all these words.")
    private @Nullable String words;

    @Option(
        names = "--status",
        paramLabel = "STATUS",
        description = "PENDING, PROCESSING, COMPLETED or FAILED.")
    private @Nullable VideoStatus status;

    @Option(
        names = "--visibility",
        paramLabel = "WHO",
        description = "public, unlisted or private.")
    private @Nullable Visibility visibility;

    @Option(names = "--owner", paramLabel = "USER", description = "An id, a name, or admin.")
    private @Nullable String owner;

    @Option(names = "--tag", paramLabel = "TAG", description = "With this tag.")
    private @Nullable String tag;

    @Option(
        names = "--sort",
        paramLabel = "ORDER",
        defaultValue = "NEWEST",
        description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private VideoQuery.Sort sort = VideoQuery.Sort.NEWEST;

    @Option(names = "--deleted", description = "Also what is deleted and can be restored.")
    private boolean deleted;

    VideoQuery query() {
      VideoQuery query = VideoQuery.all().sortedBy(sort);
      query = words == null ? query : query.matching(words);
      query = status == null ? query : query.inStatus(status);
      query = visibility == null ? query : query.shownTo(visibility);
      query = owner == null ? query : query.ownedBy(owner);
      query = tag == null ? query : query.taggedWith(tag);
      return deleted ? query.deletedToo() : query;
    }
  }

  @Command(description = "Lists videos, the newest first.", mixinStandardHelpOptions = true)
  int list(
      @Mixin Which which,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "50",
              description = "No more than these (default: ${DEFAULT-VALUE}).")
          int limit) {
    if (limit < 1) {
      throw new UsageException("--limit is at least 1, not " + limit);
    }
    VideoQuery query = which.query().pagesOf(Math.min(PAGE, limit));
    try (TritonTube site = admin().site();
        Stream<Video> all = site.videos().list(query)) {
      List<Video> videos = all.limit(limit).toList();
      admin().answers().show(SiteDocuments.videos(videos), SiteTexts.videos(videos));
      return 0;
    }
  }

  @Command(
      description = "Shows a video, also one that is deleted.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "ID") String id) {
    try (TritonTube site = admin().site()) {
      Video video = site.videos().oneOrDeleted(id);
      admin().answers().show(SiteDocuments.video(video), SiteTexts.video(video));
      return 0;
    }
  }

  @Command(
      description = "Deletes videos; they can be restored for a while.",
      mixinStandardHelpOptions = true)
  int delete(
      @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids,
      @Option(names = "--purge", description = "For good, also what was deleted before.")
          boolean purge) {
    try (TritonTube site = admin().site()) {
      Videos videos = site.videos();
      return done("deleted", purge ? videos.purge(ids) : videos.delete(ids));
    }
  }

  @Command(description = "Brings back what was deleted.", mixinStandardHelpOptions = true)
  int restore(@Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
    try (TritonTube site = admin().site()) {
      return done("restored", site.videos().restore(ids));
    }
  }

  /// @param done what was done to them
  private int done(String done, List<BatchResult> results) {
    List<String> ids = results.stream().filter(BatchResult::isDone).map(BatchResult::id).toList();
    for (BatchResult result : results) {
      Video.Reason error = result.error();
      if (error != null) {
        admin().answers().remark("refused: " + result.id() + ": " + error.detail());
      }
    }
    admin().answers().show(JobDocuments.ids(done, ids), ids.size() + " " + done);
    return ids.size() == results.size() ? 0 : Failures.REFUSED;
  }

  @Command(
      description =
          "Downloads the file that was uploaded, or a rendition of it. The same command again goes on with what was broken off.",
      mixinStandardHelpOptions = true)
  int download(
      @Parameters(paramLabel = "ID") String id,
      @Option(
              names = "--representation",
              paramLabel = "NAME",
              description =
                  "A rendition as one MP4 file, such as 720p, in the place of the uploaded one.")
          @Nullable String representation,
      @Option(
              names = {"-o", "--output"},
              paramLabel = "FILE",
              description = "Where to (default: a file of the same name here), or a folder.")
          @Nullable Path output,
      @Option(names = "--force", description = "Replace what is there.") boolean force)
      throws IOException {
    try (TritonTube site = admin().patientSite()) {
      File file = new File(site.videos(), id, representation);
      Path target = target(file, output);
      if (!force && Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Videos.Original original = download(file, target, force);
      admin()
          .answers()
          .show(SiteDocuments.download(id, target, original), SiteTexts.download(target, original));
      return 0;
    }
  }

  /// What is downloaded.
  ///
  /// @param representation null: the uploaded file
  private record File(Videos videos, String id, @Nullable String representation) {
    String name() {
      return representation == null
          ? videos.original(id).fileName()
          : videos.renditionFileName(id, representation);
    }

    Videos.Original to(Path target, Progress progress, CopyOption... options) throws IOException {
      return representation == null
          ? videos.download(id, target, progress, options)
          : videos.downloadRendition(id, representation, target, progress, options);
    }
  }

  private static Path target(File file, @Nullable Path output) {
    if (output != null && !Files.isDirectory(output)) {
      return output;
    }
    String name = file.name();
    return output == null ? Path.of(name) : output.resolve(name);
  }

  private static Videos.Original download(File file, Path target, boolean force)
      throws IOException {
    CopyOption[] options =
        force ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING} : new CopyOption[0];
    try (TransferBar bar = TransferBar.ofBytes(String.valueOf(target.getFileName()))) {
      return file.to(target.toAbsolutePath(), bar, options);
    }
  }

  static CommandLine line(@Nullable CommandSpec spec) {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return spec.commandLine();
  }

  AdminCli admin() {
    if (admin == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return admin;
  }
}
