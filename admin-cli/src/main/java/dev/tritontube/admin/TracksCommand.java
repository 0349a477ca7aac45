package dev.tritontube.admin;

import dev.tritontube.client.NewTrack;
import dev.tritontube.client.Track;
import dev.tritontube.client.TrackKind;
import dev.tritontube.client.TritonTube;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `videos tracks list | add | delete`.
@Command(
    name = "tracks",
    description = "What can be heard and read with a video.",
    mixinStandardHelpOptions = true)
final class TracksCommand {
  @ParentCommand private @Nullable VideosCommand videos;

  @Command(description = "Lists them, what sounds first.", mixinStandardHelpOptions = true)
  int list(@Parameters(paramLabel = "VIDEO") String video) {
    try (TritonTube site = admin().site()) {
      show(site.tracks().list(video));
      return 0;
    }
  }

  @Command(
      description = "Adds captions, subtitles, descriptions or chapters.",
      mixinStandardHelpOptions = true)
  int add(
      @Parameters(paramLabel = "VIDEO") String video,
      @Parameters(paramLabel = "FILE", description = "WebVTT or SubRip.") Path file,
      @Option(
              names = "--kind",
              paramLabel = "KIND",
              defaultValue = "captions",
              description =
                  "captions, subtitles, descriptions or chapters (default: ${DEFAULT-VALUE}).")
          TrackKind kind,
      @Option(
              names = "--language",
              paramLabel = "TAG",
              defaultValue = "und",
              description = "Such as en or pt-BR.")
          String language,
      @Option(names = "--label", paramLabel = "TEXT", description = "For people.")
          @Nullable String label,
      @Option(names = "--default", description = "Shown unless somebody chooses otherwise.")
          boolean preferred)
      throws IOException {
    NewTrack track = new NewTrack(kind, language, label, preferred);
    try (TritonTube site = admin().site()) {
      show(List.of(site.tracks().add(video, track, Files.readAllBytes(file))));
      return 0;
    }
  }

  @Command(description = "Deletes tracks of words.", mixinStandardHelpOptions = true)
  int delete(
      @Parameters(paramLabel = "VIDEO") String video,
      @Parameters(paramLabel = "TRACK", arity = "1..*") List<String> ids) {
    try (TritonTube site = admin().site()) {
      ids.forEach(id -> site.tracks().delete(video, id));
      admin().answers().show(JobDocuments.ids("deleted", ids), ids.size() + " deleted");
      return 0;
    }
  }

  private void show(List<Track> tracks) {
    admin().answers().show(SiteDocuments.tracks(tracks), SiteTexts.tracks(tracks));
  }

  private AdminCli admin() {
    if (videos == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return videos.admin();
  }
}
