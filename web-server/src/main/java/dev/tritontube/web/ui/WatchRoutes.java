package dev.tritontube.web.ui;

import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.http.BundledFile;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.videos.VideoAccess;
import dev.tritontube.web.videos.VideoDocuments;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// `GET /watch/{id}`: the app's page of a video, or with `?player=`, and where there is no app, a
/// plain one that plays in one of three players. They come from the program itself.
public final class WatchRoutes implements Routes {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "media-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'self'";
  private static final Map<String, String> FILES =
      Map.of(
          "watch.js", "/watch/watch.js",
          "watch.css", "/watch/watch.css",
          "dash.all.min.js", "/players/dash.all.min.js",
          "hls.min.js", "/players/hls.min.js",
          "shaka-player.compiled.js", "/players/shaka-player.compiled.js");

  private final VideoAccess access;
  private final VideoDocuments documents;
  private final WebApp app;

  public WatchRoutes(VideoAccess access, VideoDocuments documents, WebApp app) {
    this.access = access;
    this.documents = documents;
    this.app = app;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.read(routing, "/watch/{id}", this::page);
    Routes.readPlain(routing, "/players/{file}", WatchRoutes::file);
  }

  /// A browser sends no key for a page: a person is told 404 of a private video like of none, by
  /// the page that then finds out with the key that it has.
  private void page(Context ctx) throws IOException {
    Video video;
    try {
      video = access.readable(ctx);
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.NotFound && AppRoutes.answerNotFound(ctx, app)) {
        return;
      }
      throw e;
    }
    if (ctx.queryParam("player") != null || !AppRoutes.answer(ctx, page(ctx, video), 200)) {
      BundledFile.page(ctx, "/watch/watch.html", POLICY);
    }
  }

  /// Says what the video is, unless it is private: then also to its owner by the API alone.
  private Optional<WebApp.Page> page(Context ctx, Video video) {
    if (video.details().visibility() == Visibility.PRIVATE) {
      return app.page(Framing.NOBODY);
    }
    return app.page(Framing.NOBODY, VideoHead.html(documents.of(video), origin(ctx)));
  }

  /// As the one who asks calls this site.
  private static String origin(Context ctx) {
    return (ctx.req().isSecure() ? "https://" : "http://") + ctx.host();
  }

  private static void file(Context ctx) throws IOException {
    BundledFile.answer(ctx, FILES.getOrDefault(ctx.pathParam("file"), ""));
  }
}
