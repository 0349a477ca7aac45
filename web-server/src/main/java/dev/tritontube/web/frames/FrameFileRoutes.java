package dev.tritontube.web.frames;

import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Pass;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.frames.FrameSet.Archive;
import dev.tritontube.web.frames.FrameSet.State;
import dev.tritontube.web.frames.Zip.Placed;
import dev.tritontube.web.http.EntityTag;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.playback.Content;
import dev.tritontube.web.playback.ContentAnswer;
import dev.tritontube.web.playback.OriginalRoutes;
import dev.tritontube.web.videos.VideoAccess;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;

/// `/api/v1/videos/{id}/frames/{framesId}/frames.zip`, addresses of it that open by themselves for
/// a while, and each picture by itself. For those who may change the video.
public final class FrameFileRoutes implements Routes {
  private static final String FOLDER = FrameRoutes.SETS + "/{" + FrameRoutes.SET + "}";
  private static final String ZIP = FOLDER + "/frames.zip";
  private static final String PICTURE = "picture";

  private final FrameSetStore sets;
  private final FrameArchives archives;
  private final VideoAccess access;
  private final Callers callers;

  public FrameFileRoutes(Database database, Blobs blobs, VideoAccess access, Callers callers) {
    this.sets = new FrameSetStore(database);
    this.archives = new FrameArchives(new FrameWorkStore(database), blobs);
    this.access = access;
    this.callers = callers;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.readPlain(routing, ZIP, ctx -> zip(ctx, access.changeable(ctx)));
    Routes.readPlain(routing, ZIP + "/t/{" + VideoAccess.TOKEN + "}", this::zipByLink);
    Routes.readPlain(routing, FOLDER + "/download-url", this::link);
    Routes.readPlain(routing, FOLDER + "/{" + PICTURE + "}", this::picture);
  }

  private record LinkDocument(String url, String expiresAt) {}

  private void link(Context ctx) {
    FrameSet set = set(ctx, access.changeable(ctx));
    Pass pass = callers.link(callers.require(ctx), thing(ctx));
    String url = FrameDocument.path(set) + "/frames.zip/t/" + pass.text();
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, 200, new LinkDocument(url, pass.expires().toString()));
  }

  private void zipByLink(Context ctx) throws IOException {
    zip(ctx, access.changeableByLink(ctx, thing(ctx)));
  }

  /// What a link opens.
  private static String thing(Context ctx) {
    return "frames/" + ctx.pathParam("id") + "/" + ctx.pathParam(FrameRoutes.SET);
  }

  private void zip(Context ctx, Video video) throws IOException {
    FrameSet set = set(ctx, video);
    Archive archive = archive(set);
    ctx.header("Content-Disposition", OriginalRoutes.attachment(fileName(video)));
    ContentAnswer.send(
        ctx,
        new Content(
            "application/zip",
            archive.bytes(),
            new EntityTag(set.id()),
            Content.ASK_AGAIN_FOR_ONE,
            (offset, length, sink) -> archives.read(set, offset, length, sink)));
  }

  /// Of the uploaded file, without its extension.
  private static String fileName(Video video) {
    int dot = video.fileName().lastIndexOf('.');
    String name = dot > 0 ? video.fileName().substring(0, dot) : video.fileName();
    return name + "-frames.zip";
  }

  private void picture(Context ctx) throws IOException {
    FrameSet set = set(ctx, access.changeable(ctx));
    String name = ctx.pathParam(PICTURE);
    int index = FrameName.index(name, set.count()).orElseThrow(() -> FrameRoutes.missing(ctx));
    if (!set.name(index).equals(name)) {
      throw FrameRoutes.missing(ctx);
    }
    Placed placed = archives.placed(set, archive(set), index);
    ContentAnswer.send(
        ctx,
        new Content(
            set.order().format().mediaType(),
            placed.entry().bytes(),
            new EntityTag(set.id() + "-" + index),
            Content.ASK_AGAIN_FOR_ONE,
            (offset, length, sink) ->
                archives.read(set, placed.dataOffset() + offset, length, sink)));
  }

  private FrameSet set(Context ctx, Video video) {
    return sets.find(video.id(), ctx.pathParam(FrameRoutes.SET))
        .orElseThrow(() -> FrameRoutes.missing(ctx));
  }

  /// @throws ProblemException 409 `frames_not_ready`, `frames_failed`
  private static Archive archive(FrameSet set) {
    if (set.state() == State.FAILED) {
      throw new ProblemException(
          new Problem.Conflict("frames_failed", "There are no frames: see their error"));
    }
    return set.archive()
        .orElseThrow(
            () ->
                new ProblemException(
                    new Problem.Conflict(
                        "frames_not_ready",
                        "%d of %d frames are there".formatted(set.done(), set.count()))));
  }
}
