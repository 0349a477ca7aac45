package dev.tritontube.web.playback;

import dev.tritontube.manifests.hls.Playlists;
import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TextId;
import dev.tritontube.web.catalog.TrackId;
import dev.tritontube.web.catalog.TrackStore;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.packaging.PackagedAssets;
import dev.tritontube.web.packaging.Published;
import dev.tritontube.web.tracks.Texts;
import dev.tritontube.web.tracks.Texts.Served;
import dev.tritontube.web.videos.VideoAccess;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What can be read with a video, as files that manifests name: whole for DASH, in segments for
/// HLS. An address never means another text; of one that was removed, it is empty.
public final class TextRoutes implements Routes {
  private static final String VIDEO = "/api/v1/videos/{id}";
  private static final String WEBVTT = "text/vtt; charset=utf-8";
  private static final Pattern FILE = Pattern.compile("([a-z2-7]{20})\\.(vtt|m3u8)");
  private static final Pattern SEGMENT = Pattern.compile("(0|[1-9]\\d{0,6})\\.vtt");

  private final VideoAccess access;
  private final PackagedAssets packaged;
  private final TrackStore tracks;
  private final Texts texts;

  public TextRoutes(Database database, VideoAccess access, PackagedAssets packaged, Texts texts) {
    this.access = access;
    this.packaged = packaged;
    this.tracks = new TrackStore(database);
    this.texts = texts;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    addTo(routing, VIDEO);
    addTo(routing, VIDEO + "/t/{" + VideoAccess.TOKEN + "}");
    Routes.readPlain(routing, VIDEO + "/tracks/{track}/content", this::content);
  }

  private void addTo(JavalinDefaultRoutingApi routing, String video) {
    Routes.readPlain(routing, video + "/text/{words}", this::file);
    Routes.readPlain(routing, video + "/text/{text}/{segment}", this::segment);
  }

  private void file(Context ctx) throws IOException {
    Video video = access.readable(ctx);
    Matcher file = FILE.matcher(ctx.pathParam("words"));
    if (!file.matches()) {
      throw missing(ctx);
    }
    TextId text = new TextId(file.group(1));
    if (file.group(2).equals("vtt")) {
      send(ctx, video, texts.whole(video, text).orElseThrow(() -> missing(ctx)));
      return;
    }
    if (!texts.isKnown(video, text)) {
      throw missing(ctx);
    }
    Published published = packaged.published(video.asset()).orElseThrow(() -> missing(ctx));
    String playlist =
        Playlists.text(published.presentation(), new MediaUrls(published.revision()), text.value());
    Manifests.send(ctx, PlaybackRoutes.HLS, playlist, PlaybackRoutes.askAgain(ctx, video));
  }

  private void segment(Context ctx) throws IOException {
    Video video = access.readable(ctx);
    Matcher file = SEGMENT.matcher(ctx.pathParam("segment"));
    Optional<TextId> text = TextId.parse(ctx.pathParam("text"));
    if (!file.matches() || text.isEmpty()) {
      throw missing(ctx);
    }
    long millis = 1000L * Playlists.textSeconds();
    long start = Long.parseLong(file.group(1)) * millis;
    send(
        ctx,
        video,
        texts.segment(video, text.get(), start, start + millis).orElseThrow(() -> missing(ctx)));
  }

  private static void send(Context ctx, Video video, Served served) throws IOException {
    boolean alone = VideoAccess.forOneAlone(ctx, video);
    String forEver = alone ? Content.FOR_EVER_FOR_ONE : Content.FOR_EVER;
    Manifests.send(
        ctx,
        WEBVTT,
        served.webVtt(),
        served.current() ? forEver : PlaybackRoutes.askAgain(ctx, video));
  }

  /// The text that a track has now.
  private void content(Context ctx) throws IOException {
    Video video = access.readable(ctx);
    Served served =
        TrackId.parse(ctx.pathParam("track"))
            .flatMap(track -> tracks.find(video.id(), track))
            .flatMap(track -> texts.whole(video, track.text()))
            .orElseThrow(() -> missing(ctx));
    Manifests.send(ctx, WEBVTT, served.webVtt(), PlaybackRoutes.askAgain(ctx, video));
  }

  private static ProblemException missing(Context ctx) {
    return new ProblemException(
        new Problem.NotFound("There is nothing at " + Printable.of(ctx.path())));
  }
}
