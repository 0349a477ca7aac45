package dev.tritontube.web.playback;

import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.HttpOutput;

/// Answers a GET or HEAD with content, or the part of it that is asked for. Written straight from
/// the buffers it is read into.
public final class ContentAnswer {
  private ContentAnswer() {}

  /// @throws ProblemException 416
  public static void send(Context ctx, Content content) throws IOException {
    ctx.header("ETag", content.tag().toString())
        .header("Cache-Control", content.caching())
        .header("Accept-Ranges", "bytes")
        // Pages of other sites show it.
        .header("Cross-Origin-Resource-Policy", "cross-origin");
    if (content.tag().noneMatchNames(header(ctx, "If-None-Match"))) {
      // Sent before the server would say that the content has no bytes; of the type, caches take
      // note.
      ctx.status(304).contentType(content.contentType());
      ctx.res().flushBuffer();
      return;
    }
    switch (range(ctx, content)) {
      case ByteRange.Whole() -> send(ctx, content, 200, 0, content.sizeBytes());
      case ByteRange.Part part -> {
        ctx.header(
            "Content-Range",
            "bytes %d-%d/%d".formatted(part.first(), part.last(), content.sizeBytes()));
        send(ctx, content, 206, part.first(), part.length());
      }
      case ByteRange.Unsatisfiable() ->
          throw new ProblemException(
              new Problem.RangeNotSatisfiable(
                  Printable.of(header(ctx, "Range").orElse("")), content.sizeBytes()));
    }
  }

  private static ByteRange range(Context ctx, Content content) {
    return content.tag().ifRangeAllows(header(ctx, "If-Range"))
        ? ByteRange.of(header(ctx, "Range"), content.sizeBytes())
        : new ByteRange.Whole();
  }

  private static void send(Context ctx, Content content, int status, long offset, long length)
      throws IOException {
    ctx.status(status).contentType(content.contentType());
    ctx.res().setContentLengthLong(length);
    if (ctx.method().name().equals("HEAD")) {
      return;
    }
    HttpOutput output = (HttpOutput) ctx.res().getOutputStream();
    content.bytes().read(offset, length, output::write);
  }

  private static Optional<String> header(Context ctx, String name) {
    return Optional.ofNullable(ctx.header(name));
  }
}
