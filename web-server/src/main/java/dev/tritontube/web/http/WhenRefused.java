package dev.tritontube.web.http;

import io.javalin.http.Context;

/// What is to be undone before a client is told that its request is refused: it may send the next
/// one at once.
public final class WhenRefused {
  private static final String UNDO = "when-refused";

  private WhenRefused() {}

  public static void first(Context ctx, Runnable undo) {
    ctx.attribute(UNDO, undo);
  }

  static void undo(Context ctx) {
    Runnable undo = ctx.attribute(UNDO);
    if (undo != null) {
      ctx.attribute(UNDO, null);
      undo.run();
    }
  }
}
