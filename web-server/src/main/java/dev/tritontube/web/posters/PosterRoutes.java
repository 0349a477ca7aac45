package dev.tritontube.web.posters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.web.catalog.PosterId;
import dev.tritontube.web.catalog.PosterStore.Outcome;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.http.Fields;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.packaging.AssetMedia.Facts;
import dev.tritontube.web.packaging.PackagedAssets;
import dev.tritontube.web.packaging.StillPicture;
import dev.tritontube.web.uploads.BodyPlaces;
import dev.tritontube.web.uploads.PacedInput;
import dev.tritontube.web.videos.VideoAccess;
import dev.tritontube.web.videos.VideoDocuments;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/// `/api/v1/videos/{id}/poster`: to choose a poster, and to go back to the automatic one.
public final class PosterRoutes implements Routes {
  private static final String POSTER = "/api/v1/videos/{id}/poster";
  private static final String TIME = "timeSeconds";
  static final int MAX_BYTES = 8 << 20;

  /// More than any camera has by one picture, and few enough to be decoded within the limits.
  static final long MAX_PIXELS = 64_000_000;

  private static final int MAX_SIDE = 16_383;

  /// Pictures that are in memory at once.
  private static final int AT_ONCE = 8;

  private static final int AT_ONCE_OF_OWNER = 2;
  private static final Duration COME_AGAIN = Duration.ofSeconds(1);

  private final Posters posters;
  private final VideoAccess access;
  private final VideoDocuments documents;
  private final PackagedAssets packaged;
  private final BodyPlaces places = new BodyPlaces(AT_ONCE, AT_ONCE_OF_OWNER, COME_AGAIN);

  public PosterRoutes(
      Posters posters, VideoAccess access, VideoDocuments documents, PackagedAssets packaged) {
    this.posters = posters;
    this.access = access;
    this.documents = documents;
    this.packaged = packaged;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.put(POSTER, this::choose);
    routing.delete(POSTER, this::drop);
  }

  private void choose(Context ctx) throws IOException {
    Video video = access.changeable(ctx);
    QueryParameters.of(ctx);
    String type = Optional.ofNullable(ctx.contentType()).orElse("");
    PosterId id = isJson(type) ? moment(ctx, video) : picture(ctx, video);
    answer(ctx, video.id(), id);
  }

  private static boolean isJson(String type) {
    return type.matches("(?i)application/json\\s*(;.*)?");
  }

  private PosterId moment(Context ctx, Video video) throws IOException {
    ObjectNode body = Json.object(ctx);
    double seconds =
        Fields.of(body, TIME)
            .decimal(TIME)
            .map(BigDecimal::doubleValue)
            .filter(time -> time >= 0)
            .orElseThrow(() -> Fields.bad("'" + TIME + "' is a number of seconds, 0 or more"));
    Facts facts = packaged.media(video.asset()).facts();
    if (facts == null) {
      throw new ProblemException(
          new Problem.NotPlayableYet("Its pictures are not known yet", COME_AGAIN));
    }
    if (facts.width() == null) {
      throw new ProblemException(
          new Problem.Conflict("no_pictures", "The video has no pictures: upload one"));
    }
    if (seconds > facts.durationSeconds()) {
      throw Fields.bad("The video is " + facts.durationSeconds() + " s long");
    }
    return posters.wish(video.id(), seconds).orElseThrow(() -> VideoAccess.missing(ctx));
  }

  private PosterId picture(Context ctx, Video video) throws IOException {
    try (BodyPlaces.Place _ = places.enter(video.owner())) {
      byte[] picture = body(ctx);
      check(picture);
      return posters.wish(video.id(), picture).orElseThrow(() -> VideoAccess.missing(ctx));
    }
  }

  private static byte[] body(Context ctx) throws IOException {
    if (ctx.req().getContentLengthLong() > MAX_BYTES) {
      throw tooManyBytes();
    }
    try (InputStream in = new PacedInput(ctx.req().getInputStream(), System::nanoTime)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw tooManyBytes();
      }
      if (bytes.length == 0) {
        throw new ProblemException(new Problem.BadRequest("empty_body", "There is no picture"));
      }
      return bytes;
    }
  }

  private static ProblemException tooManyBytes() {
    return new ProblemException(
        new Problem.TooLarge("A poster has at most " + MAX_BYTES + " bytes"));
  }

  /// What can be said without decoding anything.
  private static void check(byte[] picture) {
    StillPicture known =
        StillPicture.read(picture)
            .orElseThrow(
                () ->
                    new ProblemException(
                        new Problem.UnsupportedMedia("A poster is a JPEG, a PNG or a WebP")));
    if (known.pixels() > MAX_PIXELS || Math.max(known.width(), known.height()) > MAX_SIDE) {
      throw new ProblemException(
          new Problem.TooLarge(
              "A poster has at most %d pixels, and %d at a side; this has %d x %d"
                  .formatted(MAX_PIXELS, MAX_SIDE, known.width(), known.height())));
    }
  }

  private void answer(Context ctx, VideoId video, PosterId id) {
    Outcome outcome = awaited(id);
    switch (outcome.state()) {
      case SHOWN -> document(ctx, 200, video);
      case ARRIVING, WAITING -> document(ctx, 202, video);
      case REFUSED ->
          throw new ProblemException(
              "bad_picture".equals(outcome.code())
                  ? new Problem.BadPicture(String.valueOf(outcome.detail()))
                  : new Problem.Internal(String.valueOf(outcome.detail())));
      case GONE ->
          throw new ProblemException(
              new Problem.Conflict("poster_replaced", "Another poster was chosen meanwhile"));
    }
  }

  private Outcome awaited(PosterId id) {
    try {
      return posters.await(id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(new Problem.Unavailable("busy", "The server stops", COME_AGAIN));
    }
  }

  private void document(Context ctx, int status, VideoId id) {
    Video video = access.readable(ctx, id).orElseThrow(() -> VideoAccess.missing(ctx));
    Json.answer(ctx, status, documents.of(video));
  }

  private void drop(Context ctx) {
    Video video = access.changeable(ctx);
    QueryParameters.of(ctx);
    Video now = posters.drop(video.id()).orElseThrow(() -> VideoAccess.missing(ctx));
    Json.answer(ctx, 200, documents.of(now));
  }
}
