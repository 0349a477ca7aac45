package dev.tritontube.web.library;

import static java.util.stream.Collectors.joining;

import dev.tritontube.web.catalog.Audience;
import dev.tritontube.web.catalog.LibraryOrdinals;
import dev.tritontube.web.catalog.WordIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The SQL of one query. Every statement gives `ordinal`, `video`, `sort_key` and `fits`; of what
/// does not fit a filter is asked in `fits`, so that rows that are looked at in vain are counted.
final class Statements {
  private static final Pattern COLUMN = Pattern.compile("\\bl\\.\\w+");

  private final Query query;
  private final WordIndex words;
  private final List<Shelf> shelves;

  Statements(Query query, WordIndex words) {
    this.query = query;
    this.words = words;
    this.shelves = Shelf.of(query);
  }

  /// Whether nobody could find anything.
  boolean isEmpty() {
    return shelves.isEmpty();
  }

  /// Everything that a statement names.
  Map<String, Object> binds() {
    Map<String, Object> binds = new HashMap<>();
    Filters filters = query.filters();
    filters.words().ifPresent(text -> binds.put("words", words.matching(text)));
    filters.status().ifPresent(status -> binds.put("status", status.name()));
    filters.owner().ifPresent(owner -> binds.put("owner", owner.value()));
    filters.tag().ifPresent(tag -> binds.put("tag", tag));
    filters
        .made()
        .after()
        .ifPresent(at -> binds.put("first", LibraryOrdinals.first(at.plusMillis(1))));
    filters.made().before().ifPresent(at -> binds.put("end", LibraryOrdinals.first(at)));
    filters.length().min().ifPresent(seconds -> binds.put("minSeconds", seconds));
    filters.length().max().ifPresent(seconds -> binds.put("maxSeconds", seconds));
    if (query.audience() instanceof Audience.PublicAnd(var own)) {
      own.ifPresent(self -> binds.put("self", self.value()));
    }
    query
        .after()
        .ifPresent(
            place -> {
              binds.put("placeOrdinal", place.ordinal());
              binds.put("placeKey", query.sort().key(place));
            });
    return binds;
  }

  /// The sources that leave something out, of which each is an index.
  List<Source> narrowing() {
    Filters filters = query.filters();
    List<Source> sources = new ArrayList<>();
    if (filters.tag().isPresent()) {
      sources.add(Source.TAG);
    }
    if (filters.owner().isPresent()) {
      sources.add(Source.column("l.owner = :owner"));
    }
    if (filters.status().isPresent()) {
      sources.add(Source.column("l.status = :status"));
    }
    if (!filters.length().isAny() && !isByLength()) {
      sources.add(Source.length(length()));
    }
    if (!made("l.ordinal").isEmpty() && !query.sort().byAge()) {
      sources.add(Source.ALL);
    }
    return sources;
  }

  Source words() {
    return new Source(words.tables(), words.condition(), words.ordinal(), false, true);
  }

  /// How many rows a source has, as far as that is below `cap`.
  String count(Source source) {
    return "select count(*) from (select 1 from %s where %s%s%s limit :cap) c"
        .formatted(
            source.tables(),
            source.condition(),
            source.byShelf() ? " and l.shelf in " + Shelf.names(shelves) : "",
            made(source.ordinal()));
  }

  /// What comes from an index in the wanted order, so that nothing is read that comes after the
  /// page. `source` is `aged` when the order is by age, and all of the library when it is not.
  String stream(Source source) {
    String order = order();
    if (!source.byShelf()) {
      String place = place(source.ordinal(), source.ordinal());
      return select(source, Shelf.anyOf(shelves), source.condition() + place)
          + " order by %s %s limit :most".formatted(source.ordinal(), direction());
    }
    return shelves.stream()
            .map(shelf -> select(source, "true", onShelf(source, shelf)))
            .collect(joining(" union all "))
        + " order by "
        + order
        + " limit :most";
  }

  private String onShelf(Source source, Shelf shelf) {
    String bounds = isByLength() ? " and " + length() : "";
    return shelf.condition()
        + " and "
        + source.condition()
        + bounds
        + place("l." + query.sort().key().column(), "l.ordinal");
  }

  private String select(Source source, String scope, String condition) {
    return "select l.ordinal as ordinal, l.video as video, l.%s as sort_key, %s and %s as fits from %s where %s%s"
        .formatted(
            query.sort().key().column(),
            scope,
            fits(source),
            source.tables(),
            condition,
            made(source.ordinal()));
  }

  /// The newest rows of a source, `cap` at most, put in order. Only what puts them there is read of
  /// all of them: where that is in the source's index, the table is read for the page alone.
  String sorted(Source source) {
    String newest = source.byShelf() ? "" : " order by " + source.ordinal() + " desc";
    String condition =
        source.condition()
            + (source.byShelf() ? " and l.shelf in " + Shelf.names(shelves) : "")
            + made(source.ordinal());
    String key = "l." + query.sort().key().column();
    String wanted = Shelf.anyOf(shelves) + " and " + fits(source) + place(key, "l.ordinal");
    return """
        select o.ordinal as ordinal, o.sort_key as sort_key, true as fits,
          (select v.video from library v where v.ordinal = o.ordinal) as video
        from (select l.ordinal as ordinal, %s as sort_key
          from (select %s from %s where %s%s limit :cap) l
          where %s order by %s limit :most) o
        order by %s"""
        .formatted(
            key,
            columns(wanted + " " + key),
            source.tables(),
            condition,
            newest,
            wanted,
            order(),
            order());
  }

  /// Those of the library that an expression names, and the ordinal.
  private static String columns(String expression) {
    Set<String> named = new TreeSet<>(Set.of("l.ordinal"));
    COLUMN.matcher(expression).results().map(MatchResult::group).forEach(named::add);
    return String.join(", ", named);
  }

  /// Whether a source has few rows even though they are more than `LibraryStore.SORTED`: it is an
  /// index that has all that puts them in order.
  boolean isCovered(Source source) {
    return query.sort().byAge()
        && source.byShelf()
        && fits(source).equals("true")
        && shelves.stream().noneMatch(Shelf::own);
  }

  private boolean isByLength() {
    return query.sort().key() == Sort.Key.DURATION;
  }

  private String order() {
    return query.sort().byAge()
        ? "ordinal " + direction()
        : "sort_key " + direction() + ", ordinal " + direction();
  }

  private String direction() {
    return query.sort().descending() ? "desc" : "asc";
  }

  /// What is after the place where the page begins.
  private String place(String key, String ordinal) {
    if (query.after().isEmpty()) {
      return "";
    }
    String beyond = query.sort().descending() ? "<" : ">";
    return query.sort().byAge()
        ? " and %s %s :placeOrdinal".formatted(ordinal, beyond)
        : " and (%s, %s) %s (:placeKey, :placeOrdinal)".formatted(key, ordinal, beyond);
  }

  private String made(String ordinal) {
    Filters.Made made = query.filters().made();
    return (made.after().isPresent() ? " and " + ordinal + " >= :first" : "")
        + (made.before().isPresent() ? " and " + ordinal + " < :end" : "");
  }

  private String length() {
    Filters.Length length = query.filters().length();
    return (length.isAny() ? "true" : "l.duration_seconds >= " + minimum(length))
        + (length.max().isPresent() ? " and l.duration_seconds <= :maxSeconds" : "");
  }

  private static String minimum(Filters.Length length) {
    return length.min().isPresent() ? ":minSeconds" : "0";
  }

  /// Whether every row of a source that streams is on the list.
  boolean isExact(Source source) {
    return source.byShelf() && fits(source).equals("true");
  }

  /// Whether a row of a source passes the filters that are not the source's own.
  private String fits(Source source) {
    Filters filters = query.filters();
    List<String> all = new ArrayList<>();
    filters.tag().ifPresent(_ -> all.add(tagged()));
    filters.owner().ifPresent(_ -> all.add("l.owner = :owner"));
    filters.status().ifPresent(_ -> all.add("l.status = :status"));
    if (!filters.length().isAny() && !(source.byShelf() && isByLength())) {
      all.add(length());
    }
    all.removeIf(
        condition ->
            condition.equals(source.condition())
                || (source == Source.TAG && condition.equals(tagged())));
    return all.isEmpty() ? "true" : String.join(" and ", all);
  }

  private static String tagged() {
    return "exists (select 1 from library_tags x where x.tag = :tag and x.ordinal = l.ordinal)";
  }
}
