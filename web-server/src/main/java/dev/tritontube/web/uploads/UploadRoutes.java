package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.http.AccessKey;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.videos.VideoDocuments;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.eclipse.jetty.http.MultiPart;

/// `POST /api/v1/videos`.
public final class UploadRoutes implements Routes {
  private final Uploads uploads;
  private final VideoDocuments documents;
  private final AccessKey key;

  public UploadRoutes(Uploads uploads, VideoDocuments documents, AccessKey key) {
    this.uploads = uploads;
    this.documents = documents;
    this.key = key;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.post("/api/v1/videos", this::upload);
  }

  private void upload(Context ctx) throws IOException {
    key.require(ctx);
    UploadBody body = body(ctx);
    Video video = uploads.receive(body);
    ctx.header("Location", VideoDocuments.path(video.id()));
    Json.answer(ctx, 201, documents.of(video));
  }

  private UploadBody body(Context ctx) throws IOException {
    String type = contentType(ctx);
    if (type.startsWith("multipart/form-data")) {
      QueryParameters.of(ctx);
      refuseTooLarge(ctx, uploads.maxBytes() + MultipartBody.MAX_OVERHEAD_BYTES);
      return new MultipartBody(input(ctx), boundary(ctx));
    }
    if (type.startsWith("video/")
        || type.startsWith("audio/")
        || type.startsWith("application/octet-stream")) {
      FormFields fields = fields(ctx);
      refuseTooLarge(ctx, uploads.maxBytes());
      return new RawBody(input(ctx), fields);
    }
    throw new ProblemException(
        new Problem.UnsupportedMedia(
            "A file is sent as multipart/form-data, video/*, audio/* or application/octet-stream, not as "
                + Printable.of(type)));
  }

  private static InputStream input(Context ctx) throws IOException {
    return new PacedInput(ctx.req().getInputStream(), System::nanoTime);
  }

  private static String contentType(Context ctx) {
    String type = ctx.contentType();
    return type == null ? "application/octet-stream" : type.strip().toLowerCase(Locale.ROOT);
  }

  private static String boundary(Context ctx) {
    String boundary = MultiPart.extractBoundary(String.valueOf(ctx.contentType()));
    if (boundary == null || boundary.isEmpty()) {
      throw new ProblemException(
          new Problem.BadRequest("bad_multipart", "The content type names no boundary"));
    }
    return boundary;
  }

  private static FormFields fields(Context ctx) {
    QueryParameters query = QueryParameters.of(ctx, FormFields.NAMES.toArray(String[]::new));
    FormFields fields = new FormFields();
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
