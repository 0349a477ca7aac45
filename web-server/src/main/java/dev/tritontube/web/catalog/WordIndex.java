package dev.tritontube.web.catalog;

import org.jdbi.v3.core.Handle;

/// Which words are in which video: the one thing that SQLite and PostgreSQL do each in their own
/// way. Thread-safe.
public sealed interface WordIndex permits Fts5Words, TsvectorWords {
  /// Puts the words of a video in the place of those it had.
  ///
  /// @param owner what the owner is called
  void put(Handle tx, long ordinal, VideoDetails details, String owner);

  void remove(Handle tx, long ordinal);

  /// The tables in which videos with some words are found; one of them is `library l`.
  String tables();

  /// What is true of the rows of `tables()` that have the words that are bound as `:words`.
  String condition();

  /// The column to order and to bound those rows by, which needs no sorting.
  String ordinal();

  /// What to bind as `:words` to find all words of a text, whatever characters are in it.
  String matching(String text);
}
