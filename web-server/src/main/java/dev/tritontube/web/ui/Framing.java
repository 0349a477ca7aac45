package dev.tritontube.web.ui;

/// Which sites may show a page within theirs.
enum Framing {
  NOBODY("'none'"),
  ANYBODY("*");

  private final String ancestors;

  Framing(String ancestors) {
    this.ancestors = ancestors;
  }

  /// As a Content Security Policy says it.
  String ancestors() {
    return ancestors;
  }
}
