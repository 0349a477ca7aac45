package dev.tritontube.web.tracks;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.AudioNameStore;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.NewText;
import dev.tritontube.web.catalog.TrackId;
import dev.tritontube.web.catalog.TrackSearchStore;
import dev.tritontube.web.catalog.TrackSearchStore.Standing;
import dev.tritontube.web.catalog.TrackSearchStore.State;
import dev.tritontube.web.catalog.TrackStore;
import dev.tritontube.web.catalog.TrackStore.Outcome;
import dev.tritontube.web.catalog.TrackWords;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoTrack;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.packaging.AssetMedia;
import dev.tritontube.web.packaging.PackagedAssets;
import dev.tritontube.web.packaging.Published;
import dev.tritontube.web.videos.VideoAccess;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/// `/api/v1/videos/{id}/tracks`: what can be heard and read with a video, and what its owner does
/// about it.
public final class TrackRoutes implements Routes {
  private static final String TRACKS = "/api/v1/videos/{id}/tracks";
  private static final String TRACK = TRACKS + "/{track}";

  /// Of a form is what curl calls every file that it sends as it stands.
  private static final String TYPES =
      "(text/(vtt|srt|plain|x-subrip|x-srt)"
          + "|application/(x-subrip|octet-stream|x-www-form-urlencoded))";

  private final VideoAccess access;
  private final PackagedAssets packaged;
  private final Stores stores;
  private final SentText sent;
  private final Environment environment;

  /// @param random must be unpredictable outside of tests
  public record Environment(RandomGenerator random, InstantSource clock) {}

  private record Stores(TrackStore tracks, AudioNameStore names, TrackSearchStore searches) {}

  public TrackRoutes(
      Database database, VideoAccess access, PackagedAssets packaged, Environment environment) {
    this.access = access;
    this.packaged = packaged;
    this.stores =
        new Stores(
            new TrackStore(database), new AudioNameStore(database), new TrackSearchStore(database));
    this.sent = new SentText(environment.random());
    this.environment = environment;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.readPlain(routing, TRACKS, this::list);
    routing.post(TRACKS, this::add);
    Routes.readPlain(routing, TRACK, this::one);
    routing.patch(TRACK, this::edit);
    routing.delete(TRACK, this::delete);
    routing.put(TRACK + "/content", this::replace);
  }

  /// @param search `pending`, `done` or `failed`
  private record ListDocument(
      List<TrackDocument> items, String search, @JsonRawValue String skipped) {}

  private void list(Context ctx) {
    Video video = access.readable(ctx);
    Standing search = search(video.asset());
    ctx.header("Cache-Control", VideoAccess.askAgain(ctx, video));
    Json.answer(
        ctx,
        200,
        new ListDocument(
            documents(video), search.state().name().toLowerCase(Locale.ROOT), search.skipped()));
  }

  /// What is not planned waits to be, or never will.
  private Standing search(AssetId asset) {
    return stores
        .searches
        .of(asset)
        .orElseGet(
            () -> {
              boolean failed = packaged.media(asset).status() == AssetMedia.Status.FAILED;
              return new Standing(failed ? State.FAILED : State.PENDING, "[]");
            });
  }

  private List<TrackDocument> documents(Video video) {
    List<TrackDocument> documents = new ArrayList<>();
    for (AudioTrack audio : audios(video)) {
      documents.add(TrackDocument.of(documents.size() + 1, audio));
    }
    stores.tracks.of(video.id()).stream()
        .map(track -> TrackDocument.of(video.id(), track))
        .forEach(documents::add);
    return documents;
  }

  private List<AudioTrack> audios(Video video) {
    return AudioNames.applied(stores.names.of(video.id()), audios(video.asset()));
  }

  /// As the file calls them; none while nothing is known.
  private List<AudioTrack> audios(AssetId asset) {
    return packaged
        .published(asset)
        .map(Published::presentation)
        .map(presentation -> presentation.periods().getFirst().audios())
        .orElse(List.of());
  }

  private void one(Context ctx) {
    Video video = access.readable(ctx);
    ctx.header("Cache-Control", VideoAccess.askAgain(ctx, video));
    answer(ctx, 200, video);
  }

  private void answer(Context ctx, int status, Video video) {
    OptionalInt number = audio(ctx, video);
    Json.answer(
        ctx,
        status,
        number.isPresent()
            ? TrackDocument.of(number.getAsInt(), audios(video).get(number.getAsInt() - 1))
            : TrackDocument.of(video.id(), text(ctx, video)));
  }

  /// The number of a sound that the video has; empty where the path names something else.
  private OptionalInt audio(Context ctx, Video video) {
    OptionalInt number = AudioId.parse(ctx.pathParam("track"));
    if (number.isPresent() && number.getAsInt() > audios(video.asset()).size()) {
      throw missing(ctx);
    }
    return number;
  }

  private VideoTrack text(Context ctx, Video video) {
    return stores.tracks.find(video.id(), id(ctx)).orElseThrow(() -> missing(ctx));
  }

  private static TrackId id(Context ctx) {
    return TrackId.parse(ctx.pathParam("track")).orElseThrow(() -> missing(ctx));
  }

  private void add(Context ctx) throws IOException {
    Video video = access.changeable(ctx);
    TrackWords words =
        NewTrack.of(QueryParameters.of(ctx, "kind", "language", "label", "default", "forced"));
    NewText text = body(ctx, video, words);
    TrackId id = TrackId.random(environment.random());
    require(ctx, stores.tracks.add(video.id(), id, words, text, environment.clock().instant()));
    VideoTrack track = stores.tracks.find(video.id(), id).orElseThrow(() -> missing(ctx));
    ctx.header("Location", TrackDocument.path(video.id(), track));
    Json.answer(ctx, 201, TrackDocument.of(video.id(), track));
  }

  private NewText body(Context ctx, Video video, TrackWords words) throws IOException {
    String type = ctx.contentType();
    if (type != null && !type.matches("(?i)" + TYPES + "\\s*(;.*)?")) {
      throw new ProblemException(
          new Problem.UnsupportedMedia(
              "Words over time are text/vtt or application/x-subrip, not " + Printable.of(type)));
    }
    return sent.read(ctx.req().getInputStream(), video.owner(), words);
  }

  private static void require(Context ctx, Outcome outcome) {
    switch (outcome) {
      case KEPT -> {}
      case GONE -> throw missing(ctx);
      case TOO_MANY ->
          throw new ProblemException(
              new Problem.Conflict(
                  "too_many_tracks",
                  "A video has at most %d of them".formatted(TrackStore.MAX_TRACKS)));
      case TOO_LARGE ->
          throw new ProblemException(
              new Problem.TooLarge(
                  "The texts of a video have at most %d bytes together"
                      .formatted(TrackStore.MAX_BYTES)));
    }
  }

  private void replace(Context ctx) throws IOException {
    Video video = access.changeable(ctx);
    QueryParameters.of(ctx);
    VideoTrack track = text(ctx, video);
    NewText text = body(ctx, video, track.words());
    require(
        ctx, stores.tracks.replace(video.id(), track.id(), text, environment.clock().instant()));
    answer(ctx, 200, video);
  }

  private void edit(Context ctx) throws IOException {
    Video video = access.changeable(ctx);
    QueryParameters.of(ctx);
    OptionalInt number = audio(ctx, video);
    ObjectNode body = Json.object(ctx);
    boolean known =
        number.isPresent() ? edited(video, number.getAsInt(), body) : edited(video, id(ctx), body);
    if (!known) {
      throw missing(ctx);
    }
    answer(ctx, 200, video);
  }

  private boolean edited(Video video, int number, ObjectNode body) {
    TrackEdit edit = TrackEdit.ofAudio(body);
    return stores.names.change(video.id(), number, edit::applyTo, environment.clock().instant());
  }

  private boolean edited(Video video, TrackId track, ObjectNode body) {
    TrackEdit edit = TrackEdit.ofText(body);
    return stores
        .tracks
        .change(video.id(), track, edit::applyTo, environment.clock().instant())
        .isPresent();
  }

  private void delete(Context ctx) {
    Video video = access.changeable(ctx);
    QueryParameters.of(ctx);
    if (!stores.tracks.remove(video.id(), id(ctx), environment.clock().instant())) {
      throw missing(ctx);
    }
    ctx.status(204);
  }

  private static ProblemException missing(Context ctx) {
    return new ProblemException(
        new Problem.NotFound("There is no track " + Printable.of(ctx.pathParam("track"))));
  }
}
