package dev.tritontube.web.http;

import io.javalin.http.Context;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/// The name of a request in logs and answers: the client's own when it is sane, or a new one.
public final class RequestId {
  static final String HEADER = "X-Request-Id";
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestId() {}

  /// The same for one request, however often it is asked for.
  static String of(Request request) {
    if (request.getAttribute(HEADER) instanceof String known) {
      return known;
    }
    String given = request.getHeaders().get(HEADER);
    String id = given != null && SANE.matcher(given).matches() ? given : next();
    request.setAttribute(HEADER, id);
    return id;
  }

  public static String of(Context ctx) {
    String id = ctx.attribute(HEADER);
    return id == null ? "-" : id;
  }

  private static String next() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
