package dev.tritontube.web.catalog;

import static java.util.stream.Collectors.joining;

import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Words in a contentless FTS5 table, whose rowid is the ordinal: the newest come first without
/// being collected, because a posting list is read from its end ([SQLite: FTS5, section
/// 4.4](https://sqlite.org/fts5.html)).
final class Fts5Words implements WordIndex {
  @Override
  public void put(Handle tx, long ordinal, VideoDetails details, String owner) {
    tx.createUpdate(
            """
            insert or replace into library_words (rowid, title, description, tags, owner)
            values (:ordinal, :title, :description, :tags, :owner)""")
        .bind("ordinal", ordinal)
        .bind("title", details.title())
        .bind("description", details.description())
        .bind("tags", String.join(" ", details.tags()))
        .bind("owner", owner)
        .execute();
  }

  @Override
  public void remove(Handle tx, long ordinal) {
    tx.execute("delete from library_words where rowid = ?", ordinal);
  }

  @Override
  public String tables() {
    return "library_words w cross join library l";
  }

  @Override
  public String condition() {
    return "library_words match :words and l.ordinal = w.rowid";
  }

  @Override
  public String ordinal() {
    return "w.rowid";
  }

  /// Each word between quotes, in which nothing has a meaning but the quote.
  @Override
  public String matching(String text) {
    return Stream.of(text.strip().split("\\s+"))
        .map(word -> '"' + word.replace("\"", "\"\"") + '"')
        .collect(joining(" "));
  }
}
