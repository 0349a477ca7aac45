package dev.tritontube.web.library;

/// An index by which rows of the library are found.
///
/// @param tables one of which is `library l`
/// @param condition what is true of its rows, beside shelf and age
/// @param ordinal the column that orders and bounds them by age without sorting
/// @param byShelf whether it is ordered within one shelf at a time
/// @param aged whether it has them in the order of their making
record Source(String tables, String condition, String ordinal, boolean byShelf, boolean aged) {
  static final Source ALL = new Source("library l", "true", "l.ordinal", true, true);

  static Source column(String condition) {
    return new Source("library l", condition, "l.ordinal", true, true);
  }

  static Source length(String condition) {
    return new Source("library l", condition, "l.ordinal", true, false);
  }

  static final Source TAG =
      new Source(
          "library_tags g cross join library l",
          "g.tag = :tag and l.ordinal = g.ordinal",
          "g.ordinal",
          false,
          true);
}
