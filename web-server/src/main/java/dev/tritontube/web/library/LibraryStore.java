package dev.tritontube.web.library;

import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.WordIndex;
import java.sql.ResultSet;
import java.sql.SQLException;
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

  /// The same of rows whose index has all that puts them in order, which costs a seventh of reading
  /// the table.
  static final int SORTED_IN_INDEX = 12_000;

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
  ///
  /// @param exact whether all its rows are on the list; if not, `fits` says which are
  record Statement(String sql, Map<String, Object> binds, boolean exact) {}

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
    return fewest <= few(statements, smallest)
        ? sorted(query, statements, smallest, few(statements, smallest))
        : stream(query, statements, Source.ALL);
  }

  private static int few(Statements statements, Source source) {
    return statements.isCovered(source) ? SORTED_IN_INDEX : SORTED;
  }

  private static long count(Handle handle, Statements statements, Source source) {
    return bound(handle, statements.count(source), statements.binds())
        .bind("cap", few(statements, source) + 1)
        .mapTo(Long.class)
        .one();
  }

  private static Statement stream(Query query, Statements statements, Source source) {
    Map<String, Object> binds = statements.binds();
    boolean exact = statements.isExact(source);
    binds.put("most", exact ? query.limit() + 1 : EXAMINED + 1);
    return new Statement(statements.stream(source), binds, exact);
  }

  private static Statement sorted(Query query, Statements statements, Source source, int cap) {
    Map<String, Object> binds = statements.binds();
    binds.put("cap", cap);
    binds.put("most", query.limit() + 1);
    return new Statement(statements.sorted(source), binds, true);
  }

  private record Row(Place place, VideoId video) {}

  private static Page read(Handle handle, Query query, Statement statement) {
    List<Row> rows = rows(handle, query, statement);
    List<VideoId> videos = rows.stream().limit(query.limit()).map(Row::video).toList();
    if (rows.size() > query.limit()) {
      return new Page(videos, Optional.of(rows.get(query.limit() - 1).place()));
    }
    return new Page(
        videos, statement.exact() ? Optional.empty() : lookedAt(handle, query, statement));
  }

  /// One more than the page has, if there are so many. What is looked at in vain stays in the
  /// database: handing it over costs more than looking at it.
  private static List<Row> rows(Handle handle, Query query, Statement statement) {
    String sql =
        statement.exact()
            ? statement.sql()
            : "select * from (" + statement.sql() + ") c where fits limit :wanted";
    return bound(handle, sql, statement.binds())
        .bind("wanted", query.limit() + 1)
        .map((row, _) -> new Row(place(row, query.sort()), new VideoId(row.getString("video"))))
        .list();
  }

  /// The last row that a page may look at; empty when there are no more after it.
  private static Optional<Place> lookedAt(Handle handle, Query query, Statement statement) {
    String sql = "select * from (" + statement.sql() + ") c limit 2 offset :skipped";
    List<Place> last =
        bound(handle, sql, statement.binds())
            .bind("skipped", EXAMINED - 1)
            .map((row, _) -> place(row, query.sort()))
            .list();
    return last.size() == 2 ? Optional.of(last.getFirst()) : Optional.empty();
  }

  private static org.jdbi.v3.core.statement.Query bound(
      Handle handle, String sql, Map<String, Object> binds) {
    return handle
        .createQuery(sql)
        .configure(SqlStatements.class, settings -> settings.setUnusedBindingAllowed(true))
        .bindMap(binds);
  }

  private static Place place(ResultSet row, Sort sort) throws SQLException {
    return new Place(key(row, sort), row.getLong("ordinal"));
  }

  /// As text that gives the same number again.
  private static String key(ResultSet row, Sort sort) throws SQLException {
    return sort.key() == Sort.Key.DURATION
        ? Double.toString(row.getDouble("sort_key"))
        : row.getString("sort_key");
  }
}
