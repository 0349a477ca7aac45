package dev.tritontube.web.catalog;

import org.jdbi.v3.core.Handle;

/// Words in a column of PostgreSQL's `tsvector`, in lower case and without accents.
final class TsvectorWords implements WordIndex {
  @Override
  public void put(Handle tx, long ordinal, VideoDetails details, String owner) {
    String text =
        String.join(
            " ", details.title(), details.description(), String.join(" ", details.tags()), owner);
    tx.createUpdate(
            "update library set words = to_tsvector('simple', :text) where ordinal = :ordinal")
        .bind("text", LibraryKeys.of(text))
        .bind("ordinal", ordinal)
        .execute();
  }

  @Override
  public void remove(Handle tx, long ordinal) {
    // They go with their row.
  }

  @Override
  public String tables() {
    return "library l";
  }

  @Override
  public String condition() {
    return "l.words @@ plainto_tsquery('simple', :words)";
  }

  @Override
  public String ordinal() {
    return "l.ordinal";
  }

  @Override
  public String matching(String text) {
    return LibraryKeys.of(text);
  }
}
