package dev.tritontube.web.resumable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Pass;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.packaging.Profiles;
import dev.tritontube.web.resumable.ResumableUpload.Kind;
import dev.tritontube.web.resumable.ResumableUpload.State;
import dev.tritontube.web.uploads.FormFields;
import dev.tritontube.web.uploads.PacedInput;
import dev.tritontube.web.videos.VideoDocuments;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Addresses to which a file can be sent by who has no key, such as a browser that a program trusts
/// with one file: asked for, `PUT`, completed. And what is on record of any resumable upload.
public final class DirectRoutes implements Routes {
  private static final String UPLOAD = TusRoutes.UPLOADS + "/{id}";
  private static final String TYPE = "filetype";

  private final ResumableUploads uploads;
  private final VideoStore videos;
  private final VideoDocuments documents;
  private final Profiles profiles;
  private final Callers callers;

  public DirectRoutes(
      ResumableUploads uploads,
      VideoStore videos,
      VideoDocuments documents,
      Profiles profiles,
      Callers callers) {
    this.uploads = uploads;
    this.videos = videos;
    this.documents = documents;
    this.profiles = profiles;
    this.callers = callers;
  }

  /// To be added before the routes of tus, which take `presign` for an id.
  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.post(TusRoutes.UPLOADS + "/presign", this::presign);
    routing.put(UPLOAD + "/t/{token}", this::put);
    routing.post(UPLOAD + "/complete", this::complete);
    routing.get(UPLOAD, this::show);
  }

  private record PresignedDocument(
      String uploadId, String method, String url, Map<String, String> headers, String expiresAt) {}

  private void presign(Context ctx) throws IOException {
    Caller caller = callers.require(ctx, Scope.UPLOAD);
    QueryParameters.of(ctx);
    ObjectNode asked = Json.object(ctx);
    OptionalLong length = OptionalLong.of(size(asked));
    Map<String, String> values = values(asked);
    Metadata metadata = new Metadata(values);
    metadata.check(profiles.forUploads(caller.isAdministrator()));
    ResumableUpload upload =
        uploads.create(caller.owner().orElseThrow(), Kind.DIRECT, length, metadata);
    Pass pass = callers.link(caller, thing(upload.id()));
    ctx.header("Cache-Control", "no-store").header("Location", path(upload));
    Json.answer(
        ctx,
        201,
        new PresignedDocument(
            upload.id(),
            "PUT",
            path(upload) + "/t/" + pass.text(),
            Map.of("Content-Type", Objects.requireNonNull(values.get(TYPE))),
            pass.expires().toString()));
  }

  private static String thing(String id) {
    return "upload/" + id;
  }

  private static String path(ResumableUpload upload) {
    return TusRoutes.UPLOADS + "/" + upload.id();
  }

  private static long size(ObjectNode asked) {
    JsonNode size = asked.remove("sizeBytes");
    if (size == null || !size.canConvertToLong() || !size.isIntegralNumber() || size.asLong() < 1) {
      throw bad("'sizeBytes' is how many bytes the file has");
    }
    return size.asLong();
  }

  private static Map<String, String> values(ObjectNode asked) {
    Map<String, String> values = new LinkedHashMap<>();
    JsonNode type = asked.remove("contentType");
    if (type == null || !type.asText().matches("[\\w!#$&^.+-]{1,60}/[\\w!#$&^.+-]{1,60}")) {
      throw bad("'contentType' is the type with which the file will be sent");
    }
    values.put(TYPE, type.asText());
    asked
        .properties()
        .forEach(
            field -> {
              requireKnown(field.getKey());
              values.put(field.getKey(), text(field.getKey(), field.getValue()));
            });
    return values;
  }

  private static void requireKnown(String name) {
    if (!name.equals("filename") && !FormFields.NAMES.contains(name)) {
      throw new ProblemException(
          new Problem.BadRequest(
              "unknown_field", "There is no field '" + Printable.of(name) + "' here"));
    }
  }

  private static String text(String name, JsonNode value) {
    if (name.equals("tags") && value.isArray()) {
      List<String> tags = new ArrayList<>();
      value.forEach(tag -> tags.add(text("tag", tag)));
      return String.join(",", tags);
    }
    if (!value.isTextual()) {
      throw bad("'" + name + "' is text");
    }
    return value.asText();
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(new Problem.BadRequest("bad_field", detail));
  }

  private void put(Context ctx) throws IOException {
    String id = ctx.pathParam("id");
    callers.ofLink(ctx, ctx.pathParam("token"), thing(id));
    Caller caller = callers.require(ctx, Scope.UPLOAD); // As he is by now.
    ResumableUpload upload = TusRoutes.of(uploads, ctx, caller);
    requireAsAsked(ctx, upload);
    uploads.put(upload, new PacedInput(ctx.req().getInputStream(), System::nanoTime));
    ctx.status(204);
  }

  private static void requireAsAsked(Context ctx, ResumableUpload upload) {
    String type = String.valueOf(ctx.contentType()).toLowerCase(Locale.ROOT);
    String asked = Metadata.parse(upload.metadata()).values().getOrDefault(TYPE, "");
    if (!type.equals(asked.toLowerCase(Locale.ROOT))) {
      throw new ProblemException(
          new Problem.UnsupportedMedia("The address is for a file of " + asked));
    }
    if (ctx.req().getContentLengthLong() != upload.length().orElse(-1)) {
      throw new ProblemException(
          new Problem.BadRequest(
              "bad_header",
              "The address is for a file of %d bytes, and Content-Length has to say so"
                  .formatted(upload.length().orElse(-1))));
    }
  }

  private void complete(Context ctx) {
    Caller caller = callers.require(ctx, Scope.UPLOAD);
    ResumableUpload upload = uploads.settled(TusRoutes.of(uploads, ctx, caller));
    if (upload.state() == State.OPEN && (!upload.whole() || upload.kind() != Kind.DIRECT)) {
      throw new ProblemException(
          new Problem.Conflict(
              "upload_open", upload.received() + " bytes of the file have come, not all"));
    }
    boolean first = upload.state() == State.OPEN;
    Video video = video(first ? uploads.complete(upload) : upload);
    ctx.header("Location", VideoDocuments.path(video.id()));
    Json.answer(ctx, first ? 201 : 200, documents.of(video));
  }

  private Video video(ResumableUpload upload) {
    return upload
        .video()
        .flatMap(videos::find)
        .orElseThrow(
            () -> new ProblemException(new Problem.NotFound("The video is not there any more")));
  }

  /// @param video what became of it; null before
  private record UploadDocument(
      String id,
      String state,
      long offset,
      @Nullable Long length,
      String expiresAt,
      @Nullable VideoLink video) {}

  private record VideoLink(String id, String self) {}

  private void show(Context ctx) {
    Caller caller = callers.require(ctx, Scope.UPLOAD);
    ResumableUpload upload = uploads.alive(TusRoutes.of(uploads, ctx, caller));
    ctx.header("Cache-Control", "no-store");
    Json.answer(
        ctx,
        200,
        new UploadDocument(
            upload.id(),
            upload.state().name(),
            upload.received(),
            upload.length().isPresent() ? upload.length().getAsLong() : null,
            upload.expires().toString(),
            upload
                .video()
                .map(id -> new VideoLink(id.value(), VideoDocuments.path(id)))
                .orElse(null)));
  }
}
