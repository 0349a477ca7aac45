package dev.tritontube.web.http;

/// Text from outside, made fit for a message: short, and without what could forge a line or an
/// escape sequence.
public final class Printable {
  private static final int MAX = 80;

  private Printable() {}

  public static String of(String text) {
    String visible = text.replaceAll("\\p{Cntrl}", "?");
    return visible.length() <= MAX ? visible : visible.substring(0, MAX) + "…";
  }
}
