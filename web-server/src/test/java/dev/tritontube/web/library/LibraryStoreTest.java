package dev.tritontube.web.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tritontube.web.catalog.Audience;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoDetails;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.library.Filters.Length;
import dev.tritontube.web.library.Filters.Made;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every list against the same videos filtered and sorted in memory.
@Tag("catalog")
class LibraryStoreTest {
  private static final List<Owner> OWNERS = Stream.of("ann", "bob", "cy").map(Owner::new).toList();
  private static final List<String> WORDS =
      List.of("Sea", "séa", "Árbol", "video", "Zebra", "été", "holiday", "wi-fi");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private static Path folder;
  private static Database database;
  private static LibraryStore library;
  private static Shelves shelves;
  private static final List<Known> videos = new ArrayList<>();

  /// A video as the test knows it.
  private record Known(Video video, Status status, double seconds, long size) {
    VideoDetails details() {
      return video.details();
    }

    boolean hasWord(String word) {
      String all =
          " %s %s %s %s "
              .formatted(
                  details().title(),
                  details().description(),
                  String.join(" ", details().tags()),
                  video.owner());
      return bare(all).contains(" " + bare(word) + " ");
    }
  }

  @BeforeAll
  static void fill() throws Exception {
    database = TestCatalog.open(folder);
    library = new LibraryStore(database);
    shelves = new Shelves(database);
    OWNERS.forEach(owner -> shelves.user(owner, owner.value()));
    VideoStore store = new VideoStore(database);
    Random random = new Random(11);
    for (int i = 0; i < 120; i++) {
      // Two of a millisecond now and then.
      Instant at = START.plusMillis(i / 2 * 1000L);
      Owner owner = pick(OWNERS, random);
      long size = 1 + random.nextInt(50);
      Video video = shelves.add(owner, details(random), size, at);
      Status status = pick(List.of(Status.values()), random);
      double seconds = status == Status.PENDING ? -1 : random.nextInt(40) / 3.0;
      shelves.packaged(video.asset(), status, seconds);
      if (random.nextInt(3) == 0) {
        VideoDetails edited = details(random);
        video = store.edit(video.id(), _ -> edited, at).orElseThrow();
      }
      if (random.nextInt(10) == 0) {
        store.delete(video.id(), 1, at);
      } else {
        videos.add(new Known(video, status, seconds, size));
      }
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  static Stream<Filters> filters() {
    Filters none = Filters.NONE;
    Made early = made(Optional.empty(), Optional.of(START.plusSeconds(30)));
    Made between = made(Optional.of(START.plusSeconds(20)), Optional.of(START.plusSeconds(60)));
    return Stream.of(
        none,
        with(none, Status.FAILED),
        with(none, Visibility.UNLISTED),
        with(none, new Owner("bob")),
        with(none, "sea"),
        with(with(with(none, "sea"), new Owner("ann")), Status.COMPLETED),
        with(none, early),
        with(none, between),
        with(with(none, between), Status.FAILED),
        with(none, new Length(OptionalDouble.of(2), OptionalDouble.of(7))),
        with(none, new Length(OptionalDouble.empty(), OptionalDouble.of(4))),
        with(none, new Length(OptionalDouble.of(9.5), OptionalDouble.empty())),
        words(none, "video"),
        words(none, "SEA ann"),
        words(with(none, Status.FAILED), "arbol"),
        words(with(none, between), "sea"),
        words(with(none, "sea"), "cy"),
        words(none, "nowhere"));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void listsWhatPassesInOrderPageByPage(Filters filters) {
    for (Audience audience :
        List.<Audience>of(
            new Audience.PublicAnd(Optional.empty()),
            new Audience.PublicAnd(Optional.of(new Owner("bob"))),
            new Audience.Everything())) {
      for (Sort.Key key : Sort.Key.values()) {
        for (boolean descending : new boolean[] {true, false}) {
          Sort sort = new Sort(key, descending);
          assertEquals(
              expected(audience, filters, sort),
              listed(new Query(audience, filters, sort, Optional.empty(), 7)),
              audience + " " + sort + " " + filters);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"",
        "''",
        "*",
        "sea*",
        "AND",
        "sea OR video",
        "NOT sea",
        "title:sea",
        "(",
        "NEAR(a b)",
        "^sea",
        "{x}:y",
        "-sea",
        "sea\"",
        "+",
        ";--",
        "%",
        "\\",
        "a:b:c",
        ":words",
        "<b>",
        "\ud83d\ude00",
        "sea & !video",
        "'",
        "!!!"
      })
  void whatIsSyntaxElsewhereIsText(String text) {
    Query query =
        new Query(
            new Audience.Everything(),
            words(Filters.NONE, text),
            Sort.NEWEST,
            Optional.empty(),
            100);
    int found = library.page(query).videos().size();
    assertTrue(found < videos.size(), text + " found " + found);
  }

  @Test
  void usersAreFoundByName() {
    Owner owner = new Owner("u".repeat(20));
    shelves.user(owner, "dora");
    VideoDetails details = new VideoDetails("title", "", List.of(), Visibility.PUBLIC);
    Video video = shelves.add(owner, details, 1, START);
    for (Filters filters :
        List.of(
            with(Filters.NONE, new Owner("Dora")),
            with(Filters.NONE, owner),
            words(Filters.NONE, "dora"))) {
      Query query =
          new Query(
              new Audience.PublicAnd(Optional.empty()), filters, Sort.NEWEST, Optional.empty(), 5);
      assertEquals(List.of(video.id()), library.page(query).videos());
    }
    new VideoStore(database).delete(video.id(), 1, START);
  }

  @Test
  void aPageEndsWhenItHasLookedLongEnough() throws Exception {
    Database large = Database.open(folder.resolve("large.db"));
    try (large) {
      // Nobody may see them but the last, which is the oldest.
      large
          .jdbi()
          .useTransaction(
              tx -> {
                tx.execute(
                    """
                    insert into library_tags (tag, ordinal)
                    with recursive n (i) as (select 1 union all select i + 1 from n where i < 25000)
                    select 'all', i from n""");
                tx.execute(
                    """
                    insert into library (ordinal, video, owner, shelf, status, title_key,
                      duration_seconds, size_bytes)
                    select ordinal, substr('aaaaaaaaaaaaaaaaaaaa' || replace(replace(replace(
                      replace(ordinal, '0', 'x'), '1', 'y'), '8', 'z'), '9', 'w'), -20), 'ann',
                      case ordinal when 1 then 'public' else 'private' end, 'FAILED', 'x', 1, 1
                    from library_tags""");
              });
      Query query =
          new Query(
              new Audience.PublicAnd(Optional.empty()),
              with(Filters.NONE, "all"),
              Sort.NEWEST,
              Optional.empty(),
              20);
      LibraryStore store = new LibraryStore(large);
      List<Integer> sizes = new ArrayList<>();
      Page page = store.page(query);
      sizes.add(page.videos().size());
      while (page.next().isPresent()) {
        page = store.page(query.from(page.next().get()));
        sizes.add(page.videos().size());
      }
      assertEquals(List.of(0, 0, 1), sizes);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "createdAt||MERGE (UNION ALL)",
        "title||MERGE (UNION ALL)",
        "-title||library_by_title (shelf=? AND title_key<?",
        "durationSeconds||library_by_duration",
        "-sizeBytes||library_by_size",
        "-createdAt|status|library_by_status (status=? AND shelf=? AND ordinal<?)",
        "-createdAt|owner|library_by_owner (owner=? AND shelf=? AND ordinal<?)",
        "-createdAt|tag|SEARCH g USING COVERING INDEX sqlite_autoindex_library_tags_1 (tag=? AND ordinal<?)",
        "-createdAt|made|library_by_age (shelf=? AND ordinal>? AND ordinal<?)",
        "-createdAt|words|SEARCH l USING INTEGER PRIMARY KEY (rowid=?)"
      })
  void readsFromAnIndexInOrderAndSortsNothing(String sort, String filter, String expected) {
    assumeTrue(database.forUpdate().isEmpty(), "how SQLite does it");
    String plan = plan(sort, filter);
    assertTrue(plan.contains(expected), plan);
    assertTrue(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN l"), plan);
  }

  @ParameterizedTest
  @CsvSource({
    "title,status,library_by_status (status=? AND shelf=?)",
    "title,owner,library_by_owner (owner=? AND shelf=?)",
    "title,tag,sqlite_autoindex_library_tags_1 (tag=?)",
    "-sizeBytes,made,library_by_age (shelf=? AND ordinal>? AND ordinal<?)",
    "-createdAt,length,COVERING INDEX library_by_duration (shelf=? AND duration_seconds>? AND duration_seconds<?)",
    "title,words,VIRTUAL TABLE INDEX"
  })
  void sortsTheFewThatAFilterLeaves(String sort, String filter, String expected) {
    assumeTrue(database.forUpdate().isEmpty(), "how SQLite does it");
    String plan = plan(sort, filter);
    assertTrue(plan.contains(expected), plan);
    // Of what is sorted there is one pass, over the few.
    assertTrue(plan.startsWith("CO-ROUTINE o\nCO-ROUTINE l\n"), plan);
    assertEquals(plan.indexOf("SCAN l\n"), plan.lastIndexOf("SCAN l\n"), plan);
  }

  private static String plan(String sortText, String filter) {
    Filters none = Filters.NONE;
    Filters filters =
        switch (filter == null ? "" : filter) {
          case "status" -> with(none, Status.FAILED);
          case "owner" -> with(none, new Owner("ann"));
          case "tag" -> with(none, "sea");
          case "made" -> with(none, made(Optional.of(START), Optional.of(START.plusSeconds(60))));
          case "length" -> with(none, new Length(OptionalDouble.of(2), OptionalDouble.of(7)));
          case "words" -> words(none, "video");
          default -> none;
        };
    Sort sort = Sort.parse(sortText).orElseThrow();
    Place place = sort.place("7", 7);
    Query query = new Query(new Audience.Everything(), filters, sort, Optional.of(place), 20);
    return database
        .jdbi()
        .withHandle(
            handle -> {
              var statement =
                  library.choose(handle, query, new Statements(query, database.words()));
              return handle
                  .createQuery("explain query plan " + statement.sql())
                  .configure(
                      org.jdbi.v3.core.statement.SqlStatements.class,
                      settings -> settings.setUnusedBindingAllowed(true))
                  .bindMap(statement.binds())
                  .map((row, _) -> row.getString("detail"))
                  .collect(java.util.stream.Collectors.joining("\n", "", "\n"));
            });
  }

  private static List<VideoId> listed(Query query) {
    List<VideoId> all = new ArrayList<>();
    Page page = library.page(query);
    all.addAll(page.videos());
    while (page.next().isPresent()) {
      assertEquals(query.limit(), page.videos().size());
      page = library.page(query.from(page.next().get()));
      all.addAll(page.videos());
    }
    return all;
  }

  private static List<VideoId> expected(Audience audience, Filters filters, Sort sort) {
    // Videos of one millisecond are in the order in which they were added.
    Comparator<Known> order =
        switch (sort.key()) {
          case CREATED_AT -> Comparator.comparing(videos::indexOf);
          case TITLE -> Comparator.comparing(known -> bare(known.details().title()));
          case DURATION -> Comparator.comparing(Known::seconds);
          case SIZE -> Comparator.comparing(Known::size);
        };
    Comparator<Known> whole = order.thenComparing(videos::indexOf);
    return videos.stream()
        .filter(known -> sees(audience, known) && passes(filters, known))
        .sorted(sort.descending() ? whole.reversed() : whole)
        .map(known -> known.video().id())
        .toList();
  }

  private static boolean sees(Audience audience, Known known) {
    boolean isPublic = known.details().visibility() == Visibility.PUBLIC;
    return switch (audience) {
      case Audience.PublicAnd(var own) ->
          isPublic || own.stream().anyMatch(known.video().owner()::equals);
      case Audience.Everything() -> true;
    };
  }

  private static boolean passes(Filters filters, Known known) {
    Length length = filters.length();
    Instant at = known.video().createdAt();
    return filters.status().stream().allMatch(known.status()::equals)
        && filters.visibility().stream().allMatch(known.details().visibility()::equals)
        && filters.owner().stream().allMatch(known.video().owner()::equals)
        && filters.tag().stream().allMatch(known.details().tags()::contains)
        && filters.words().stream()
            .flatMap(words -> Stream.of(words.split(" ")))
            .allMatch(known::hasWord)
        && filters.made().after().stream().allMatch(at::isAfter)
        && filters.made().before().stream().allMatch(at::isBefore)
        && (length.isAny() || known.seconds() >= length.min().orElse(0))
        && known.seconds() <= length.max().orElse(Double.MAX_VALUE);
  }

  private static VideoDetails details(Random random) {
    List<String> tags =
        random.nextBoolean() ? List.of() : List.of(pick(List.of("sea", "sun"), random), "all");
    String title = pick(WORDS, random) + " " + pick(WORDS, random);
    return new VideoDetails(
        title, pick(WORDS, random), tags, pick(List.of(Visibility.values()), random));
  }

  private static String bare(String text) {
    return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }

  private static <T> T pick(List<T> some, Random random) {
    return some.get(random.nextInt(some.size()));
  }

  private static Made made(Optional<Instant> after, Optional<Instant> before) {
    return new Made(after, before);
  }

  private static Filters with(Filters filters, Object one) {
    return new Filters(
        filters.words(),
        one instanceof Status status ? Optional.of(status) : filters.status(),
        one instanceof Visibility visibility ? Optional.of(visibility) : filters.visibility(),
        one instanceof Owner owner ? Optional.of(owner) : filters.owner(),
        one instanceof String tag ? Optional.of(tag) : filters.tag(),
        one instanceof Made made ? made : filters.made(),
        one instanceof Length length ? length : filters.length(),
        false);
  }

  private static Filters words(Filters filters, String words) {
    return new Filters(
        Optional.of(words),
        filters.status(),
        filters.visibility(),
        filters.owner(),
        filters.tag(),
        filters.made(),
        filters.length(),
        false);
  }
}
