package dev.tritontube.admin;

import static dev.tritontube.admin.Documents.object;

import dev.tritontube.client.ApiKey;
import dev.tritontube.client.Keys;
import dev.tritontube.client.Track;
import dev.tritontube.client.User;
import dev.tritontube.client.Users;
import dev.tritontube.client.Video;
import dev.tritontube.client.Videos;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON documents of videos, users and keys, with the names that they have over REST.
final class SiteDocuments {
  private SiteDocuments() {}

  static Map<String, Object> videos(List<Video> videos) {
    return object("videos", videos.stream().map(SiteDocuments::video).toList());
  }

  static Map<String, Object> video(Video video) {
    Map<String, Object> document =
        object(
            "id", video.id(),
            "title", video.title(),
            "description", video.description(),
            "tags", video.tags(),
            "visibility", word(video.visibility()),
            "status", video.status().name(),
            "playable", video.playable(),
            "progress", progress(video.progress()),
            "error", reason(video.error()),
            "durationSeconds", video.durationSeconds(),
            "width", video.width(),
            "height", video.height(),
            "frameRate", video.frameRate(),
            "sizeBytes", video.sizeBytes(),
            "container", video.container(),
            "videoCodec", video.videoCodec(),
            "audioCodec", video.audioCodec(),
            "sha256", video.sha256(),
            "renditions", video.renditions().stream().map(SiteDocuments::rendition).toList(),
            "links", links(video.links()),
            "createdAt", video.createdAt().toString(),
            "updatedAt", video.updatedAt().toString());
    putIfThere(document, "expiresAt", video.expiresAt());
    putIfThere(document, "deletedAt", video.deletedAt());
    return document;
  }

  static Map<String, Object> tracks(List<Track> tracks) {
    return object("tracks", tracks.stream().map(SiteDocuments::track).toList());
  }

  private static Map<String, Object> track(Track track) {
    return object(
        "id", track.id(),
        "kind", word(track.kind()),
        "language", track.language(),
        "label", track.label(),
        "default", track.preferred(),
        "origin", track.origin(),
        "forced", track.forced(),
        "cues", track.cues(),
        "sizeBytes", track.sizeBytes());
  }

  private static void putIfThere(
      Map<String, Object> document, String name, @Nullable Instant time) {
    if (time != null) {
      document.put(name, time.toString());
    }
  }

  private static Map<String, Object> progress(Video.Progress progress) {
    Map<String, Object> document =
        object(
            "stage", progress.stage(),
            "percent", progress.percent(),
            "etaSeconds", progress.etaSeconds());
    Map<String, Object> reason = reason(progress.reason());
    if (reason != null) {
      document.put("reason", reason);
    }
    return document;
  }

  private static @Nullable Map<String, Object> reason(Video.@Nullable Reason reason) {
    return reason == null ? null : object("code", reason.code(), "detail", reason.detail());
  }

  private static Map<String, Object> rendition(Video.Rendition rendition) {
    return object(
        "name", rendition.name(),
        "width", rendition.width(),
        "height", rendition.height(),
        "bitrate", rendition.bitrate(),
        "codecs", rendition.codecs());
  }

  private static Map<String, Object> links(Video.Links links) {
    return object(
        "self", links.self(),
        "dash", links.dash(),
        "hls", links.hls(),
        "poster", links.poster(),
        "original", links.original());
  }

  static Map<String, Object> download(String id, Path file, Videos.Original original) {
    return object(
        "id", id,
        "file", file.toString(),
        "bytes", original.sizeBytes(),
        "sha256", original.sha256());
  }

  static Map<String, Object> users(List<User> users) {
    return object("users", users.stream().map(SiteDocuments::user).toList());
  }

  static Map<String, Object> user(User user) {
    return object(
        "id", user.id(),
        "username", user.username(),
        "role", word(user.role()),
        "state", word(user.state()),
        "createdAt", user.createdAt().toString(),
        "updatedAt", user.updatedAt().toString());
  }

  /// @param reset with which he chooses a password; null: he has one
  static Map<String, Object> created(User user, Users.@Nullable Reset reset) {
    return object(
        "user",
        user(user),
        "reset",
        reset == null
            ? null
            : object("token", reset.token(), "expiresAt", reset.expiresAt().toString()));
  }

  static Map<String, Object> keys(List<ApiKey> keys) {
    return object("keys", keys.stream().map(SiteDocuments::key).toList());
  }

  static Map<String, Object> created(Keys.Created created) {
    return object("apiKey", key(created.apiKey()), "key", created.key());
  }

  private static Map<String, Object> key(ApiKey key) {
    return object(
        "id", key.id(),
        "name", key.name(),
        "user", key.user(),
        "scopes", key.scopes().stream().map(SiteDocuments::word).toList(),
        "createdAt", key.createdAt().toString(),
        "expiresAt", text(key.expiresAt()),
        "lastUsedAt", text(key.lastUsedAt()));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  /// As REST writes it.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
