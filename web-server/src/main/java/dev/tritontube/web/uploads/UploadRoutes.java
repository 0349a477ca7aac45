package dev.tritontube.web.uploads;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.UploadToken;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.packaging.Profiles;
import dev.tritontube.web.videos.VideoDocuments;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.jetty.http.MultiPart;
import org.jspecify.annotations.Nullable;

/// `POST /api/v1/videos`, by its other name too.
public final class UploadRoutes implements Routes {
  private static final String TOKEN = "uploadId";

  private final Uploads uploads;
  private final FollowedUploads follows;
  private final VideoDocuments documents;
  private final Profiles profiles;
  private final Callers callers;

  public UploadRoutes(
      Uploads uploads,
      FollowedUploads follows,
      VideoDocuments documents,
      Profiles profiles,
      Callers callers) {
    this.uploads = uploads;
    this.follows = follows;
    this.documents = documents;
    this.profiles = profiles;
    this.callers = callers;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.post("/api/v1/videos", this::upload);
    routing.post("/api/v1/videos/upload", this::upload);
  }

  private void upload(Context ctx) throws IOException {
    Caller caller = callers.require(ctx, Scope.UPLOAD);
    Video video = receive(ctx, caller);
    ctx.header("Location", VideoDocuments.path(video.id()));
    Json.answer(ctx, 201, documents.of(video));
  }

  private Video receive(Context ctx, Caller caller) throws IOException {
    Owner owner = caller.owner().orElseThrow();
    Predicate<String> offered = profiles.forUploads(caller.isAdministrator());
    String token = ctx.queryParam(TOKEN);
    if (token == null) {
      return uploads.receive(body(ctx, offered, input -> input), owner, null);
    }
    FollowedUpload upload = new FollowedUpload(token(token), length(ctx), System::nanoTime);
    UploadBody body = body(ctx, offered, upload::counting);
    return follows.during(upload, owner, () -> uploads.receive(body, owner, upload.token()));
  }

  private static UploadToken token(String text) {
    return UploadToken.parse(text)
        .orElseThrow(() -> QueryParameters.bad(TOKEN, "is 16 to 64 letters, digits, '-' and '_'"));
  }

  private static OptionalLong length(Context ctx) {
    long length = ctx.req().getContentLengthLong();
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  /// @param offered the profiles that may be chosen
  /// @param counting wraps what is read
  private UploadBody body(
      Context ctx, Predicate<String> offered, UnaryOperator<InputStream> counting)
      throws IOException {
    String type = contentType(ctx);
    if (type.equals("multipart/form-data")) {
      QueryParameters.of(ctx, TOKEN);
      refuseTooLarge(ctx, uploads.maxBytes() + MultipartBody.MAX_OVERHEAD_BYTES);
      String boundary = boundary(ctx);
      long least = Math.max(0, length(ctx).orElse(0) - MultipartBody.MAX_OVERHEAD_BYTES);
      return new MultipartBody(counting.apply(input(ctx)), boundary, offered, least);
    }
    if (type.matches("(video|audio)/.+|application/octet-stream")) {
      FormFields fields = fields(ctx, offered);
      refuseTooLarge(ctx, uploads.maxBytes());
      return new RawBody(counting.apply(input(ctx)), fields, length(ctx).orElse(0));
    }
    throw new ProblemException(
        new Problem.UnsupportedMedia(
            "A file is sent as multipart/form-data, video/*, audio/* or application/octet-stream,"
                + " not as "
                + Printable.of(type)));
  }

  /// To be asked for last: it tells the client to send.
  private static InputStream input(Context ctx) throws IOException {
    return new PacedInput(ctx.req().getInputStream(), System::nanoTime);
  }

  /// Without its parameters.
  private static String contentType(Context ctx) {
    String type = ctx.contentType();
    return type == null
        ? "application/octet-stream"
        : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static String boundary(Context ctx) {
    String boundary = extractBoundary(String.valueOf(ctx.contentType()));
    if (boundary == null || boundary.isEmpty()) {
      throw new ProblemException(
          new Problem.BadRequest("bad_multipart", "The content type names no boundary"));
    }
    return boundary;
  }

  private static @Nullable String extractBoundary(String contentType) {
    try {
      return MultiPart.extractBoundary(contentType);
    } catch (IllegalArgumentException _) {
      return null; // Such as a quote that does not end.
    }
  }

  private static FormFields fields(Context ctx, Predicate<String> offered) {
    Stream<String> known = Stream.concat(FormFields.NAMES.stream(), Stream.of(TOKEN));
    QueryParameters query = QueryParameters.of(ctx, known.toArray(String[]::new));
    FormFields fields = new FormFields(offered);
    FormFields.NAMES.forEach(name -> query.text(name).ifPresent(value -> fields.add(name, value)));
    fields.details();
    return fields;
  }

  private void refuseTooLarge(Context ctx, long limit) {
    if (ctx.req().getContentLengthLong() > limit) {
      throw Reception.tooLarge(uploads.maxBytes());
    }
  }
}
