package dev.tritontube.admin;

import static dev.tritontube.admin.JobTexts.line;
import static dev.tritontube.admin.JobTexts.printable;

import dev.tritontube.client.ApiKey;
import dev.tritontube.client.Track;
import dev.tritontube.client.User;
import dev.tritontube.client.Users;
import dev.tritontube.client.Video;
import dev.tritontube.client.Videos;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Videos, users and keys as people read them.
final class SiteTexts {
  private SiteTexts() {}

  static String videos(List<Video> videos) {
    Table table =
        new Table("ID", "TITLE", "STATUS", "VISIBILITY", "LENGTH", "SIZE", "ADDED", "REMARK");
    videos.forEach(
        video ->
            table.row(
                video.id(),
                JobTexts.shortened(printable(video.title())),
                video.status(),
                SiteDocuments.word(video.visibility()),
                length(video),
                Sizes.text(video.sizeBytes()),
                video.createdAt(),
                remark(video)));
    return table.toString();
  }

  static String tracks(List<Track> tracks) {
    Table table = new Table("ID", "KIND", "LANGUAGE", "LABEL", "DEFAULT", "FROM", "CUES");
    tracks.forEach(
        track ->
            table.row(
                track.id(),
                SiteDocuments.word(track.kind()),
                track.language(),
                printable(track.label()),
                track.preferred() ? "yes" : "",
                track.origin(),
                track.cues() == null ? "" : track.cues()));
    return table.toString();
  }

  private static String length(Video video) {
    Double seconds = video.durationSeconds();
    if (seconds == null) {
      return "-";
    }
    Duration length = Duration.ofSeconds(Math.round(seconds));
    return "%d:%02d:%02d"
        .formatted(length.toHours(), length.toMinutesPart(), length.toSecondsPart());
  }

  private static String remark(Video video) {
    Video.Reason error = video.error();
    if (video.deletedAt() != null) {
      return "deleted";
    }
    if (error != null) {
      return error.code();
    }
    return switch (video.status()) {
      case PROCESSING, UPLOADING ->
          video.progress().percent() + " %" + (video.playable() ? ", plays" : "");
      case PENDING, COMPLETED, FAILED, OTHER -> "";
    };
  }

  static String video(Video video) {
    StringBuilder text = new StringBuilder();
    line(text, "id", video.id());
    line(text, "title", printable(video.title()));
    if (!video.description().isEmpty()) {
      line(text, "description", printable(video.description()));
    }
    if (!video.tags().isEmpty()) {
      line(text, "tags", printable(String.join(", ", video.tags())));
    }
    line(text, "visibility", SiteDocuments.word(video.visibility()));
    state(text, video);
    file(text, video);
    line(text, "added", video.createdAt().toString());
    time(text, "expires", video.expiresAt());
    time(text, "deleted", video.deletedAt());
    return text.toString().stripTrailing();
  }

  private static void state(StringBuilder text, Video video) {
    line(text, "status", video.status() + (video.playable() ? ", plays" : ""));
    line(text, "progress", video.progress().stage() + ", " + video.progress().percent() + " %");
    reason(text, "because", video.progress().reason());
    reason(text, "error", video.error());
    if (!video.renditions().isEmpty()) {
      line(
          text,
          "sizes",
          video.renditions().stream().map(Video.Rendition::name).collect(Collectors.joining(", ")));
    }
  }

  private static void reason(StringBuilder text, String name, Video.@Nullable Reason reason) {
    if (reason != null) {
      line(text, name, reason.code() + ": " + printable(reason.detail()));
    }
  }

  private static void file(StringBuilder text, Video video) {
    line(text, "length", length(video));
    line(text, "size", Sizes.text(video.sizeBytes()));
    if (video.width() != null) {
      line(text, "pictures", video.width() + " x " + video.height() + ", " + video.videoCodec());
    }
    line(text, "sha-256", video.sha256());
    line(text, "hls", video.links().hls());
    line(text, "dash", video.links().dash());
  }

  private static void time(StringBuilder text, String name, @Nullable Instant time) {
    if (time != null) {
      line(text, name, time.toString());
    }
  }

  static String download(Path file, Videos.Original original) {
    return "%s: %s, SHA-256 %s"
        .formatted(file, Sizes.text(original.sizeBytes()), original.sha256());
  }

  static String users(List<User> users) {
    Table table = new Table("ID", "NAME", "ROLE", "STATE", "ADDED");
    users.forEach(
        user ->
            table.row(
                user.id(),
                printable(user.username()),
                SiteDocuments.word(user.role()),
                SiteDocuments.word(user.state()),
                user.createdAt()));
    return table.toString();
  }

  /// @param page where one chooses a password with the token that its fragment is
  static String created(User user, Users.@Nullable Reset reset, URI page) {
    String made = users(List.of(user));
    return reset == null
        ? made
        : made
            + "\nto choose a password, until "
            + reset.expiresAt()
            + ": "
            + page
            + "#"
            + reset.token();
  }

  static String keys(List<ApiKey> keys) {
    Table table = new Table("ID", "NAME", "SCOPES", "ADDED", "EXPIRES", "USED");
    keys.forEach(
        key ->
            table.row(
                key.id(),
                printable(key.name()),
                key.scopes().stream().map(SiteDocuments::word).collect(Collectors.joining(",")),
                key.createdAt(),
                orDash(key.expiresAt()),
                orDash(key.lastUsedAt())));
    return table.toString();
  }

  private static String orDash(@Nullable Instant time) {
    return time == null ? "-" : time.toString();
  }
}
