package dev.tritontube.web.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/// Answers with a problem. A client that is still sending a body would not see the answer if the
/// connection were closed under it, so after the answer some more of the body is read and dropped;
/// the connection is closed then (of HTTP/2 the stream).
final class Refusal {
  private static final long MAX_DROPPED_BYTES = 16L << 20;
  private static final Duration MAX_DROPPING = Duration.ofSeconds(2);

  /// What a route may have said about content that does not come after all.
  private static final List<String> OF_CONTENT =
      List.of(
          "ETag",
          "Accept-Ranges",
          "Content-Range",
          "Content-Encoding",
          "Content-Disposition",
          "X-Accel-Buffering");

  private Refusal() {}

  static void answer(Context ctx, Problem problem) {
    if (ctx.res().isCommitted()) {
      return; // Too late: the missing rest of the body tells.
    }
    byte[] body = Json.bytes(ProblemDocument.of(problem, RequestId.of(ctx)));
    OF_CONTENT.forEach(ctx::removeHeader);
    problem.headers().forEach(ctx::header);
    ctx.status(problem.status()).contentType(ProblemDocument.CONTENT_TYPE);
    ctx.header("Cache-Control", "no-store");
    ctx.res().setContentLength(body.length);
    boolean streams = !ctx.protocol().startsWith("HTTP/1");
    boolean more = streams || mayHaveBody(ctx);
    if (more && !streams) {
      ctx.header("Connection", "close");
    }
    try {
      ctx.res().getOutputStream().write(body);
      ctx.res().flushBuffer();
      if (more && ctx.header("Expect") == null) {
        drop(ctx, streams ? _ -> {} : connection(ctx)::setIdleTimeout);
      }
    } catch (IOException _) {
      // The client is gone, or does not stop sending: nobody waits for more.
    }
  }

  private static boolean mayHaveBody(Context ctx) {
    return ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
  }

  private static EndPoint connection(Context ctx) {
    return ServletContextRequest.getServletContextRequest(ctx.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint();
  }

  /// @param patience is told how many milliseconds the next bytes may take; a stream waits for as
  ///   long as it may be idle
  private static void drop(Context ctx, LongConsumer patience) throws IOException {
    InputStream body = ctx.req().getInputStream();
    byte[] dropped = new byte[64 * 1024];
    long left = MAX_DROPPED_BYTES;
    long deadlineNanos = System.nanoTime() + MAX_DROPPING.toNanos();
    for (int read = 0; read >= 0 && left > 0; left -= read) {
      long millis = (deadlineNanos - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return;
      }
      patience.accept(millis);
      read = body.read(dropped);
    }
  }
}
