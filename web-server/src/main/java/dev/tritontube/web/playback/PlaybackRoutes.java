package dev.tritontube.web.playback;

import dev.tritontube.manifests.dash.Mpd;
import dev.tritontube.manifests.hls.Playlists;
import dev.tritontube.manifests.presentation.ImageTrack;
import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.webvtt.ThumbnailCues;
import dev.tritontube.web.accounts.Pass;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.http.EntityTag;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.originals.ByteSink;
import dev.tritontube.web.packaging.AssetMedia;
import dev.tritontube.web.packaging.PackagedAssets;
import dev.tritontube.web.packaging.Published;
import dev.tritontube.web.packaging.SegmentAnswer;
import dev.tritontube.web.packaging.StoredSegment;
import dev.tritontube.web.tracks.Tracks;
import dev.tritontube.web.tracks.Tracks.Playing;
import dev.tritontube.web.videos.VideoAccess;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// The manifests of a video and all that they refer to, under `/api/v1/videos/{id}`.
public final class PlaybackRoutes implements Routes {
  private static final String VIDEO = "/api/v1/videos/{id}";
  private static final String DASH = "application/dash+xml";
  static final String HLS = "application/vnd.apple.mpegurl";
  private static final String VTT = "text/vtt";
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private final VideoAccess access;
  private final PackagedAssets packaged;
  private final Blobs blobs;
  private final Tracks tracks;

  /// @param tracks what of each video plays with its media
  public PlaybackRoutes(VideoAccess access, PackagedAssets packaged, Blobs blobs, Tracks tracks) {
    this.access = access;
    this.packaged = packaged;
    this.tracks = tracks;
    this.blobs = blobs;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    addTo(routing, VIDEO);
    addTo(routing, VIDEO + "/t/{" + VideoAccess.TOKEN + "}");
    routing.post(VIDEO + "/playback-token", this::token);
  }

  /// Addresses in manifests are relative: what is asked for with a token goes on with it.
  private void addTo(JavalinDefaultRoutingApi routing, String video) {
    String media = video + "/media/{revision}";
    Routes.readPlain(routing, video + "/manifest.mpd", this::mpd);
    Routes.readPlain(routing, video + "/master.m3u8", this::master);
    Routes.readPlain(routing, media + "/{playlist}", this::playlist);
    Routes.readPlain(routing, media + "/{representation}/{file}", this::segment);
    Routes.read(routing, video + "/poster.jpg", this::poster);
    Routes.readPlain(routing, video + "/thumbnails.vtt", this::thumbnails);
  }

  private record TokenDocument(String token, String expiresAt, Links links) {}

  private record Links(String dash, String hls, String poster, String thumbnails) {}

  private void token(Context ctx) {
    QueryParameters.of(ctx);
    Pass pass = access.playback(ctx);
    String base = "/api/v1/videos/" + ctx.pathParam("id") + "/t/" + pass.text();
    ctx.header("Cache-Control", "no-store");
    Json.answer(
        ctx,
        201,
        new TokenDocument(
            pass.text(),
            pass.expires().toString(),
            new Links(
                base + "/manifest.mpd",
                base + "/master.m3u8",
                base + "/poster.jpg",
                base + "/thumbnails.vtt")));
  }

  private void mpd(Context ctx) throws IOException {
    Video video = access.readable(ctx);
    Published published = published(video.asset());
    Playing playing = tracks.playing(video.id(), published.presentation());
    String mpd = Mpd.render(playing.presentation(), playing.texts(), urls(published));
    Manifests.send(ctx, DASH, mpd, askAgain(ctx, video));
  }

  private void master(Context ctx) throws IOException {
    Video video = access.readable(ctx);
    Published published = published(video.asset());
    Playing playing = tracks.playing(video.id(), published.presentation());
    String master = Playlists.master(playing.presentation(), playing.texts(), urls(published));
    Manifests.send(ctx, HLS, master, askAgain(ctx, video));
  }

  private void playlist(Context ctx) throws IOException {
    Video video = access.readable(ctx);
    String representation = without(ctx, ctx.pathParam("playlist"), ".m3u8");
    Published published =
        packaged
            .published(video.asset(), ctx.pathParam("revision"))
            .orElseThrow(() -> missing(ctx));
    Manifests.send(
        ctx,
        HLS,
        Playlists.media(published.presentation(), urls(published), representation)
            .orElseThrow(() -> missing(ctx)),
        askAgain(ctx, video));
  }

  static String askAgain(Context ctx, Video video) {
    return VideoAccess.forOneAlone(ctx, video) ? Content.ASK_AGAIN_FOR_ONE : Content.ASK_AGAIN;
  }

  private void segment(Context ctx) throws IOException {
    Video video = access.readable(ctx);
    String representation = ctx.pathParam("representation");
    String file = ctx.pathParam("file");
    String number = file.equals("init.mp4") ? "init" : number(ctx, representation, file);
    String caching =
        VideoAccess.forOneAlone(ctx, video) ? Content.FOR_EVER_FOR_ONE : Content.FOR_EVER;
    switch (await(video.asset(), ctx.pathParam("revision"), representation, number)) {
      case SegmentAnswer.Stored(StoredSegment segment) -> send(ctx, caching, segment);
      case SegmentAnswer.NotYet() -> throw new ProblemException(notMadeYet());
      case SegmentAnswer.Gone() ->
          throw new ProblemException(
              new Problem.Gone("This part could not be made, and will not be"));
      case SegmentAnswer.Unknown() -> throw missing(ctx);
    }
  }

  private static String number(Context ctx, String representation, String file) {
    boolean sheet = representation.equals(PackagedAssets.THUMBNAILS);
    return without(ctx, file, sheet ? ".jpg" : ".m4s");
  }

  private SegmentAnswer await(AssetId asset, String revision, String representation, String number)
      throws IOException {
    try {
      return packaged.segment(asset, revision, representation, number);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(notMadeYet());
    }
  }

  private static Problem notMadeYet() {
    return new Problem.Unavailable("segment_not_ready", "This part is still being made", ASK_AGAIN);
  }

  private void poster(Context ctx) throws IOException {
    QueryParameters.of(ctx, "v");
    Video video = access.readable(ctx);
    StoredSegment poster =
        ownPoster(video).or(() -> packaged.poster(video.asset())).orElseThrow(() -> missing(ctx));
    send(ctx, askAgain(ctx, video), poster);
  }

  private static Optional<StoredSegment> ownPoster(Video video) {
    return Optional.ofNullable(video.poster())
        .map(own -> new StoredSegment(own.key(video.id()), own.bytes(), "image/jpeg"));
  }

  private void thumbnails(Context ctx) throws IOException {
    Video video = access.readable(ctx);
    Published published = packaged.published(video.asset()).orElseThrow(() -> missing(ctx));
    Presentation presentation = published.presentation();
    ImageTrack images = presentation.images().orElseThrow(() -> missing(ctx));
    String cues = ThumbnailCues.render(images, presentation.duration(), urls(published));
    Manifests.send(ctx, VTT, cues, askAgain(ctx, video));
  }

  private void send(Context ctx, String caching, StoredSegment segment) throws IOException {
    ContentAnswer.send(
        ctx,
        new Content(
            segment.mediaType(),
            segment.length(),
            new EntityTag(Long.toHexString(segment.key().hash64())),
            caching,
            (offset, length, sink) -> read(segment, offset, length, sink)));
  }

  private void read(StoredSegment segment, long offset, long length, ByteSink sink)
      throws IOException {
    try (BlobStream stream = blobs.open(segment.key(), offset, length)) {
      for (ByteBuffer data = stream.next(); data != null; data = stream.next()) {
        sink.accept(data);
      }
    }
  }

  private Published published(AssetId asset) {
    try {
      return packaged.awaitPublished(asset).orElseThrow(() -> notPlayable(packaged.media(asset)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notPlayable(packaged.media(asset));
    }
  }

  private static ProblemException notPlayable(AssetMedia media) {
    AssetMedia.Failure failure = media.error();
    return new ProblemException(
        failure == null
            ? new Problem.NotPlayableYet("It is still being prepared", ASK_AGAIN)
            : new Problem.NotPlayable("It cannot be played: " + failure.detail()));
  }

  private static MediaUrls urls(Published published) {
    return new MediaUrls(published.revision());
  }

  private static String without(Context ctx, String file, String extension) {
    if (!file.endsWith(extension)) {
      throw missing(ctx);
    }
    return file.substring(0, file.length() - extension.length());
  }

  private static ProblemException missing(Context ctx) {
    return new ProblemException(
        new Problem.NotFound("There is nothing at " + Printable.of(ctx.path())));
  }
}
