package dev.tritontube.web.videos;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Pass;
import dev.tritontube.web.catalog.Audience;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import io.javalin.http.Context;
import java.util.Optional;

/// Finds the video that a request names in its path, if the one who asks may see it. Thread-safe.
public final class VideoAccess {
  /// What the token is called in paths.
  public static final String TOKEN = "token";

  private final VideoStore videos;
  private final Callers callers;

  public VideoAccess(VideoStore videos, Callers callers) {
    this.videos = videos;
    this.callers = callers;
  }

  /// By the token in the path, if there is a place for one.
  ///
  /// @throws ProblemException 403 `bad_playback_token`, 404, for another's private video too
  public Video readable(Context ctx) {
    String token = ctx.pathParamMap().get(TOKEN);
    if (token != null) {
      callers.ofPlayback(ctx, token, id(ctx));
    }
    return readable(ctx, id(ctx)).orElseThrow(() -> missing(ctx));
  }

  /// Lets the caller play a video, and nothing else, without a header.
  ///
  /// @throws ProblemException 401, 404
  public Pass playback(Context ctx) {
    Caller caller = callers.require(ctx);
    return callers.playback(caller, readable(ctx).id());
  }

  /// Lets the caller download an original, without a header.
  ///
  /// @throws ProblemException 401, 404
  public Pass download(Context ctx) {
    Caller caller = callers.require(ctx);
    return callers.link(caller, download(readable(ctx).id()));
  }

  /// By the download token in the path, if there is a place for one.
  ///
  /// @throws ProblemException 403 `bad_link`, 404
  public Video downloadable(Context ctx) {
    String token = ctx.pathParamMap().get(TOKEN);
    if (token == null) {
      return readable(ctx);
    }
    callers.ofLink(ctx, token, download(id(ctx)));
    return readable(ctx, id(ctx)).orElseThrow(() -> missing(ctx));
  }

  private static String download(VideoId id) {
    return "download/" + id;
  }

  /// Whether an answer is for the one alone who asks, and for no cache that others share.
  public static boolean forOneAlone(Context ctx, Video video) {
    return video.details().visibility() == Visibility.PRIVATE
        || ctx.pathParamMap().containsKey(TOKEN);
  }

  /// What caches are told of what changes: to ask each time, and to keep nothing for others that is
  /// for one alone.
  public static String askAgain(Context ctx, Video video) {
    return forOneAlone(ctx, video) ? "private, no-cache" : "no-cache";
  }

  /// Another one than the path names; empty for another's private video too.
  public Optional<Video> readable(Context ctx, VideoId id) {
    Caller caller = callers.of(ctx);
    return videos.find(id).filter(caller::sees);
  }

  /// The video, for who may change or delete it.
  ///
  /// @throws ProblemException 401, 403 `not_owner`, 404
  public Video changeable(Context ctx) {
    return changeable(callers.require(ctx), readable(ctx));
  }

  /// The same by the token in the path, of an address that opens by itself.
  ///
  /// @param thing what the address is of
  /// @throws ProblemException 403 `bad_link`, `not_owner`, 404
  public Video changeableByLink(Context ctx, String thing) {
    Caller caller = callers.ofLink(ctx, ctx.pathParam(TOKEN), thing);
    return changeable(caller, readable(ctx, id(ctx)).orElseThrow(() -> missing(ctx)));
  }

  private static Video changeable(Caller caller, Video video) {
    if (!caller.mayChange(video)) {
      throw new ProblemException(
          new Problem.Forbidden("not_owner", "This video is not yours to change"));
    }
    return video;
  }

  /// The deleted video that the path names, for who may know of it: its owner and administrators.
  Optional<Video> deleted(Context ctx) {
    Caller caller = callers.of(ctx);
    return videos.findDeleted(id(ctx)).filter(video -> caller.seesPrivate(video.owner()));
  }

  /// The same, for who may restore or purge it; empty also when it is not deleted.
  Optional<Video> deletedChangeable(Context ctx) {
    Caller caller = callers.require(ctx);
    return deleted(ctx).filter(caller::mayChange);
  }

  /// For whom a list is that is asked for.
  Audience audience(Context ctx) {
    Caller caller = callers.of(ctx);
    return caller.isAdministrator()
        ? new Audience.Everything()
        : new Audience.PublicAnd(caller.owner().filter(caller::seesPrivate));
  }

  static VideoId id(Context ctx) {
    return VideoId.parse(ctx.pathParam("id")).orElseThrow(() -> missing(ctx));
  }

  public static ProblemException missing(Context ctx) {
    return new ProblemException(
        new Problem.NotFound("There is no video " + Printable.of(ctx.pathParam("id"))));
  }
}
