package dev.tritontube.web.http;

import io.javalin.http.Context;
import java.util.Optional;

/// What a request changed that its path does not say, for who writes it down.
public final class Remark {
  private static final String ATTRIBUTE = "remark";

  private Remark() {}

  public static void add(Context ctx, String remark) {
    ctx.attribute(ATTRIBUTE, remark);
  }

  public static Optional<String> of(Context ctx) {
    return Optional.ofNullable(ctx.attribute(ATTRIBUTE));
  }
}
