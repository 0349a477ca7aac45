package dev.tritontube.web.videos;

import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.http.AccessKey;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import io.javalin.http.Context;
import java.util.Optional;

/// Finds the video that a request names in its path, if the one who asks may see it. Thread-safe.
public final class VideoAccess {
  private final VideoStore videos;
  private final AccessKey key;

  public VideoAccess(VideoStore videos, AccessKey key) {
    this.videos = videos;
    this.key = key;
  }

  /// @throws ProblemException 404, for a private video too
  public Video readable(Context ctx) {
    return readable(ctx, id(ctx)).orElseThrow(() -> missing(ctx));
  }

  /// Another one than the path names; empty for a private video too.
  public Optional<Video> readable(Context ctx, VideoId id) {
    return videos
        .find(id)
        .filter(video -> video.details().visibility() != Visibility.PRIVATE || key.presented(ctx));
  }

  static VideoId id(Context ctx) {
    return VideoId.parse(ctx.pathParam("id")).orElseThrow(() -> missing(ctx));
  }

  static ProblemException missing(Context ctx) {
    return new ProblemException(
        new Problem.NotFound("There is no video " + Printable.of(ctx.pathParam("id"))));
  }
}
