package dev.tritontube.web.library;

import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.WordIndex;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/// Pages of the library, each for a bounded amount of work whatever is asked. Thread-safe.
///
/// A list is read from an index that has it in its order, or, when a filter leaves few, collected
/// and sorted. What an index has and a filter leaves out is read in vain; of that a page reads so
/// much at most, and is shorter then.
public final class LibraryStore {
  /// Rows that a page looks at, at most.
  static final int EXAMINED = 10_000;

  /// Rows with some words that are put in another order than that of their making.
  static final int SORTED_WORDS = 10_000;

  /// Rows that are sorted rather than read in order. With n videos of which m pass a filter,
  /// reading in order looks at 21 n / m rows for a page of 20: of a million videos that is as much
  /// at 4,600.
  static final int SORTED = 5_000;

  private final Jdbi jdbi;
  private final WordIndex words;

  public LibraryStore(Database database) {
    this.jdbi = database.jdbi();
    this.words = database.words();
  }

  public Page page(Query query) {
    return jdbi.withHandle(handle -> page(handle, known(handle, query)));
  }

  private Page page(Handle handle, Query query) {
    Statements statements = new Statements(query, words);
    return statements.isEmpty()
        ? new Page(List.of(), Optional.empty())
        : read(handle, query, choose(handle, query, statements));
  }

  /// The same with the owner's id, when it has his name.
  private static Query known(Handle handle, Query query) {
    return query
        .filters()
        .owner()
        .filter(owner -> !owner.equals(Owner.ADMIN))
        .flatMap(
            owner ->
                handle
                    .createQuery("select id from users where username = :name")
                    .bind("name", owner.value().toLowerCase(Locale.ROOT))
                    .mapTo(String.class)
                    .findOne())
        .map(id -> query.of(new Owner(id)))
        .orElse(query);
  }

  /// A statement with what it names.
  record Statement(String sql, Map<String, Object> binds) {}

  /// How a query is answered.
  Statement choose(Handle handle, Query query, Statements statements) {
    if (query.filters().words().isPresent()) {
      Source source = statements.words();
      return query.sort().byAge()
          ? stream(query, statements, source)
          : sorted(query, statements, source, SORTED_WORDS);
    }
    List<Source> narrowing = statements.narrowing();
    if (narrowing.size() == 1 && query.sort().byAge() && narrowing.getFirst().aged()) {
      return stream(query, statements, narrowing.getFirst());
    }
    return chosen(handle, query, statements, narrowing);
  }

  private static Statement chosen(
      Handle handle, Query query, Statements statements, List<Source> narrowing) {
    Source smallest = Source.ALL;
    long fewest = Long.MAX_VALUE;
    for (Source source : narrowing) {
      long rows = count(handle, statements, source);
      if (rows < fewest) {
        smallest = source;
        fewest = rows;
      }
    }
    if (query.sort().byAge() && smallest.aged()) {
      return stream(query, statements, smallest);
    }
    return fewest <= SORTED
        ? sorted(query, statements, smallest, SORTED)
        : stream(query, statements, Source.ALL);
  }

  private static long count(Handle handle, Statements statements, Source source) {
    return handle
        .createQuery(statements.count(source))
        .configure(SqlStatements.class, settings -> settings.setUnusedBindingAllowed(true))
        .bindMap(statements.binds())
        .bind("cap", SORTED + 1)
        .mapTo(Long.class)
        .one();
  }

  private static Statement stream(Query query, Statements statements, Source source) {
    Map<String, Object> binds = statements.binds();
    binds.put("most", statements.isExact(source) ? query.limit() + 1 : EXAMINED + 1);
    return new Statement(statements.stream(source), binds);
  }

  private static Statement sorted(Query query, Statements statements, Source source, int cap) {
    Map<String, Object> binds = statements.binds();
    binds.put("cap", cap);
    binds.put("most", query.limit() + 1);
    return new Statement(statements.sorted(source), binds);
  }

  private record Row(Place place, VideoId video, boolean fits) {}

  private static Page read(Handle handle, Query query, Statement statement) {
    try (var rows =
        handle
            .createQuery(statement.sql())
            .configure(SqlStatements.class, settings -> settings.setUnusedBindingAllowed(true))
            .bindMap(statement.binds())
            .map(
                (row, _) ->
                    new Row(
                        new Place(key(row, query.sort()), row.getLong("ordinal")),
                        new VideoId(row.getString("video")),
                        row.getBoolean("fits")))
            .iterator()) {
      return read(rows, query.limit());
    }
  }

  /// As text that gives the same number again.
  private static String key(ResultSet row, Sort sort) throws SQLException {
    return sort.key() == Sort.Key.DURATION
        ? Double.toString(row.getDouble("sort_key"))
        : row.getString("sort_key");
  }

  private static Page read(Iterator<Row> rows, int limit) {
    List<VideoId> videos = new ArrayList<>();
    Place last = new Place("", 0);
    for (int examined = 0; rows.hasNext(); examined++) {
      Row row = rows.next();
      if (examined == EXAMINED || (row.fits() && videos.size() == limit)) {
        return new Page(videos, Optional.of(last));
      }
      if (row.fits()) {
        videos.add(row.video());
      }
      last = row.place();
    }
    return new Page(videos, Optional.empty());
  }
}
