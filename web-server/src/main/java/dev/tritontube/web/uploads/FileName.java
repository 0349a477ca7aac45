package dev.tritontube.web.uploads;

/// What an uploaded file was called, without folders and whatever else does not belong into a name.
record FileName(String value) {
  static final FileName NONE = new FileName("video");

  private static final int MAX = 200;

  static FileName of(String given) {
    String base = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String clean = base.replaceAll("[\\p{Cntrl}\"]", "").strip();
    String bounded = clean.codePointCount(0, clean.length()) <= MAX ? clean : tail(clean);
    return bounded.isBlank() || bounded.replace(".", "").isBlank() ? NONE : new FileName(bounded);
  }

  /// The end of a name says more than its start: it has the extension.
  private static String tail(String name) {
    return name.substring(name.offsetByCodePoints(name.length(), -MAX));
  }

  /// A title to begin with: the name without its extension.
  String title() {
    int dot = value.lastIndexOf('.');
    return dot > 0 ? value.substring(0, dot) : value;
  }
}
