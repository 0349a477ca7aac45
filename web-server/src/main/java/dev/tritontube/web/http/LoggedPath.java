package dev.tritontube.web.http;

import io.javalin.http.Context;
import java.util.regex.Pattern;

/// The path of a request as it may be written down: without the token that may be in it.
public final class LoggedPath {
  private static final Pattern TOKEN = Pattern.compile("(?i)(/(?:t|%[57]4)/)[^/]+");

  private LoggedPath() {}

  static String of(Context ctx) {
    return of(ctx.path());
  }

  public static String of(String path) {
    return Printable.of(TOKEN.matcher(path).replaceAll("$1-"));
  }
}
