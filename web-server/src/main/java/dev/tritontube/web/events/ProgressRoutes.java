package dev.tritontube.web.events;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.EventStore;
import dev.tritontube.web.catalog.FollowedUploadStore;
import dev.tritontube.web.catalog.UploadToken;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.videos.VideoAccess;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.util.Objects;

/// How far a video or an upload is: `GET /api/v1/videos/{id}/progress` and `GET
/// /api/v1/uploads/{id}/progress`, as JSON and as WebSockets.
public final class ProgressRoutes implements Routes {
  private static final String VIDEO = "/api/v1/videos/{id}/progress";
  private static final String UPLOAD = "/api/v1/uploads/{id}/progress";
  private static final String WATCHED = "watched";
  private static final String SOCKET = "socket";

  private final EventStore events;
  private final FollowedUploadStore uploads;
  private final EventFeed feed;
  private final VideoAccess access;
  private final Callers callers;

  public ProgressRoutes(Database database, EventFeed feed, VideoAccess access, Callers callers) {
    this.events = database.events();
    this.uploads = new FollowedUploadStore(database);
    this.feed = feed;
    this.access = access;
    this.callers = callers;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.read(routing, VIDEO, ctx -> answer(ctx, video(ctx)));
    routing.wsBeforeUpgrade(VIDEO, ctx -> admit(ctx, video(ctx)));
    routing.ws(VIDEO, this::sockets);
    Routes.read(routing, UPLOAD, ctx -> answer(ctx, begun(upload(ctx))));
    routing.wsBeforeUpgrade(UPLOAD, ctx -> admit(ctx, upload(ctx)));
    routing.ws(UPLOAD, this::sockets);
  }

  private Watched video(Context ctx) {
    Caller caller = callers.ofStream(ctx, QueryParameters.of(ctx, "ticket").text("ticket"));
    Video video = access.readable(ctx);
    return new WatchedVideo(
        events, video.id(), () -> callers.again(caller).map(now -> new Viewer(now, true)));
  }

  private WatchedUpload upload(Context ctx) {
    callers.ofStream(ctx, QueryParameters.of(ctx, "ticket").text("ticket"));
    Caller caller = callers.require(ctx);
    return UploadToken.parse(ctx.pathParam("id"))
        .map(token -> new WatchedUpload(uploads, token, () -> callers.again(caller)))
        .orElseThrow(() -> missing("upload " + Printable.of(ctx.pathParam("id"))));
  }

  private Watched begun(WatchedUpload upload) {
    if (uploads.find(upload.token()).isEmpty()) {
      throw missing("upload " + upload.token());
    }
    return upload;
  }

  private static ProblemException missing(String what) {
    return new ProblemException(new Problem.NotFound("There is no " + what));
  }

  private static void answer(Context ctx, Watched watched) {
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, 200, watched.look().orElseThrow(() -> missing(watched.subject())).document());
  }

  /// What is refused before the upgrade is refused with a status and a problem.
  private void admit(Context ctx, Watched watched) {
    if (feed.full()) {
      throw EventRoutes.full();
    }
    ctx.attribute(WATCHED, watched);
  }

  private void sockets(WsConfig ws) {
    ws.onConnect(this::begin);
    ws.onClose(ProgressRoutes::end);
    ws.onError(ProgressRoutes::end);
  }

  private void begin(WsConnectContext ctx) {
    Watched watched = Objects.requireNonNull(ctx.attribute(WATCHED));
    ProgressSocket socket = new ProgressSocket(ctx.session, watched, feed);
    ctx.attribute(SOCKET, socket);
    socket.start();
  }

  private static void end(WsContext ctx) {
    ProgressSocket socket = ctx.attribute(SOCKET);
    if (socket != null) {
      socket.gone();
    }
  }
}
