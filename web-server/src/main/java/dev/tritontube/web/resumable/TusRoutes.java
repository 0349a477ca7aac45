package dev.tritontube.web.resumable;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.packaging.Profiles;
import dev.tritontube.web.resumable.ResumableUpload.Kind;
import dev.tritontube.web.uploads.PacedInput;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// tus 1.0 at `/api/v1/uploads` (https://tus.io/protocols/resumable-upload), with creation (with
/// bytes, with the length told later), expiration, checksum, termination and concatenation.
public final class TusRoutes implements Routes {
  static final String UPLOADS = "/api/v1/uploads";

  private static final String VERSION = "1.0.0";
  private static final String VERSION_HEADER = "Tus-Resumable";
  private static final String EXTENSIONS =
      "creation,creation-with-upload,creation-defer-length,expiration,checksum,termination,concatenation";
  private static final String BYTES = "application/offset+octet-stream";
  private static final String LENGTH = "Upload-Length";
  private static final String OFFSET = "Upload-Offset";
  private static final String LATER = "Upload-Defer-Length";
  private static final String METADATA = "Upload-Metadata";
  private static final String CONCAT = "Upload-Concat";
  private static final Pattern PARTS = Pattern.compile("final;(\\S+( \\S+)*)");
  private static final int MAX_PARTS = 1000;

  private final ResumableUploads uploads;
  private final Profiles profiles;
  private final Callers callers;

  public TusRoutes(ResumableUploads uploads, Profiles profiles, Callers callers) {
    this.uploads = uploads;
    this.profiles = profiles;
    this.callers = callers;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.options(UPLOADS, this::options);
    routing.post(UPLOADS, this::create);
    routing.head(UPLOADS + "/{id}", this::head);
    routing.patch(UPLOADS + "/{id}", this::patch);
    routing.delete(UPLOADS + "/{id}", this::delete);
    routing.post(UPLOADS + "/{id}", this::overridden);
  }

  private void options(Context ctx) {
    QueryParameters.of(ctx);
    ctx.header(VERSION_HEADER, VERSION)
        .header("Tus-Version", VERSION)
        .header("Tus-Extension", EXTENSIONS)
        .header("Tus-Max-Size", Long.toString(uploads.maxBytes()))
        .header("Tus-Checksum-Algorithm", Checksum.NAMES)
        .status(204);
  }

  private void create(Context ctx) throws IOException {
    Caller caller = begin(ctx);
    Owner owner = caller.owner().orElseThrow();
    QueryParameters.of(ctx);
    Metadata metadata = metadata(ctx);
    metadata.check(profiles.forUploads(caller.isAdministrator()));
    String concat = ctx.header(CONCAT);
    if (concat != null && !concat.equals("partial")) {
      created(ctx, uploads.concatenate(owner, parts(concat), metadata));
      return;
    }
    OptionalLong length = number(ctx, LENGTH);
    boolean later = "1".equals(ctx.header(LATER));
    if (length.isPresent() == later || ctx.header(LATER) != null && !later) {
      throw bad("one of " + LENGTH + " and " + LATER + ": 1 is needed");
    }
    if (length.orElse(1) == 0) {
      throw new ProblemException(new Problem.BadRequest("empty_body", "The file is empty"));
    }
    boolean withBytes = ctx.contentType() != null && ctx.req().getContentLengthLong() != 0;
    if (withBytes) {
      requireBytes(ctx);
    }
    Kind kind = concat == null ? Kind.WHOLE : Kind.PART;
    ResumableUpload upload = uploads.create(owner, kind, length, metadata);
    // Known from here on: if the rest breaks off, the client asks how far it came.
    ctx.header("Location", UPLOADS + "/" + upload.id());
    created(ctx, withBytes ? uploads.append(upload, body(ctx, 0)) : upload);
  }

  private static void created(Context ctx, ResumableUpload upload) {
    ctx.header("Location", UPLOADS + "/" + upload.id());
    progress(ctx, upload).status(201);
  }

  private void head(Context ctx) {
    ResumableUpload upload = uploads.settled(find(ctx, begin(ctx)));
    progress(ctx, upload).header("Cache-Control", "no-store");
    if (upload.length().isPresent()) {
      ctx.header(LENGTH, Long.toString(upload.length().getAsLong()));
    } else {
      ctx.header(LATER, "1");
    }
    if (!upload.metadata().isEmpty()) {
      ctx.header(METADATA, upload.metadata());
    }
    if (upload.kind() == Kind.PART) {
      ctx.header(CONCAT, "partial");
    }
    ctx.status(200);
  }

  private void patch(Context ctx) throws IOException {
    ResumableUpload upload = find(ctx, begin(ctx));
    requireBytes(ctx);
    long offset = number(ctx, OFFSET).orElseThrow(() -> bad(OFFSET + " is needed"));
    progress(ctx, uploads.append(upload, body(ctx, offset))).status(204);
  }

  private void delete(Context ctx) {
    uploads.terminate(find(ctx, begin(ctx)));
    ctx.status(204);
  }

  /// For clients that can send nothing but POST.
  private void overridden(Context ctx) throws IOException {
    switch (String.valueOf(ctx.header("X-HTTP-Method-Override"))) {
      case "PATCH" -> patch(ctx);
      case "DELETE" -> delete(ctx);
      default -> throw new ProblemException(new Problem.MethodNotAllowed("HEAD, PATCH, DELETE"));
    }
  }

  /// @throws ProblemException 401, 403, 412
  private Caller begin(Context ctx) {
    ctx.header(VERSION_HEADER, VERSION);
    Caller caller = callers.require(ctx, Scope.UPLOAD);
    if (!VERSION.equals(ctx.header(VERSION_HEADER))) {
      throw new ProblemException(
          new Problem.UnknownVersion(
              "This speaks tus " + VERSION + ": '" + VERSION_HEADER + ": " + VERSION + "'",
              "Tus-Version",
              VERSION));
    }
    return caller;
  }

  private ResumableUpload find(Context ctx, Caller caller) {
    return of(uploads, ctx, caller);
  }

  /// @throws ProblemException 404: there is none, or it is not his
  static ResumableUpload of(ResumableUploads uploads, Context ctx, Caller caller) {
    QueryParameters.of(ctx);
    return uploads
        .find(ctx.pathParam("id"))
        .filter(upload -> caller.owns(upload.owner()) || caller.isAdministrator())
        .orElseThrow(() -> new ProblemException(new Problem.NotFound("There is no such upload")));
  }

  private static Context progress(Context ctx, ResumableUpload upload) {
    return ctx.header(OFFSET, Long.toString(upload.received()))
        .header(
            "Upload-Expires",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(upload.expires().atOffset(ZoneOffset.UTC)));
  }

  private static ResumableUploads.Body body(Context ctx, long offset) throws IOException {
    long size = ctx.req().getContentLengthLong();
    return new ResumableUploads.Body(
        new PacedInput(ctx.req().getInputStream(), System::nanoTime),
        offset,
        number(ctx, LENGTH),
        size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
        checksum(ctx));
  }

  private static @Nullable Checksum checksum(Context ctx) {
    String header = ctx.header("Upload-Checksum");
    try {
      return header == null ? null : Checksum.parse(header);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          new Problem.BadRequest("bad_checksum", String.valueOf(e.getMessage())));
    }
  }

  private static void requireBytes(Context ctx) {
    String type = String.valueOf(ctx.contentType()).toLowerCase(Locale.ROOT);
    if (!type.equals(BYTES)) {
      throw new ProblemException(
          new Problem.UnsupportedMedia(
              "Bytes are sent as " + BYTES + ", not " + Printable.of(type)));
    }
  }

  private static Metadata metadata(Context ctx) {
    try {
      return Metadata.parse(Optional.ofNullable(ctx.header(METADATA)).orElse(""));
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  /// The ids of addresses, absolute or not.
  private static List<String> parts(String concat) {
    if (!PARTS.matcher(concat).matches()) {
      throw bad(CONCAT + " is 'partial', or 'final;' and addresses");
    }
    List<String> ids =
        Stream.of(concat.substring("final;".length()).split(" "))
            .map(address -> address.substring(address.lastIndexOf('/') + 1))
            .toList();
    if (ids.size() > MAX_PARTS) {
      throw bad("at most " + MAX_PARTS + " parts are put together");
    }
    return ids;
  }

  private static OptionalLong number(Context ctx, String header) {
    String text = ctx.header(header);
    if (text == null) {
      return OptionalLong.empty();
    }
    if (!text.matches("\\d{1,18}")) {
      throw bad(header + " is a number of bytes");
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(new Problem.BadRequest("bad_header", detail));
  }
}
