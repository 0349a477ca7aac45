package dev.tritontube.web.playback;

import dev.tritontube.web.http.BundledFile;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.videos.VideoAccess;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.Map;

/// `GET /watch/{id}`: a page that plays a video, with the players it needs. They come from the
/// program itself.
public final class WatchRoutes implements Routes {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'self'";
  private static final Map<String, String> FILES =
      Map.of(
          "watch.js", "/watch/watch.js",
          "watch.css", "/watch/watch.css",
          "dash.all.min.js", "/players/dash.all.min.js",
          "hls.min.js", "/players/hls.min.js",
          "shaka-player.compiled.js", "/players/shaka-player.compiled.js");

  private final VideoAccess access;

  public WatchRoutes(VideoAccess access) {
    this.access = access;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.read(routing, "/watch/{id}", this::page);
    Routes.read(routing, "/players/{file}", WatchRoutes::file);
  }

  private void page(Context ctx) throws IOException {
    access.readable(ctx);
    BundledFile.page(ctx, "/watch/watch.html", POLICY);
  }

  private static void file(Context ctx) throws IOException {
    BundledFile.answer(ctx, FILES.getOrDefault(ctx.pathParam("file"), ""));
  }
}
