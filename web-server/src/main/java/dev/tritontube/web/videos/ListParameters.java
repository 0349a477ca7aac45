package dev.tritontube.web.videos;

import dev.tritontube.web.catalog.Audience;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.PlainText;
import dev.tritontube.web.catalog.VideoDetails;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.http.ListCursor;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Times;
import dev.tritontube.web.library.Filters;
import dev.tritontube.web.library.Filters.Length;
import dev.tritontube.web.library.Filters.Made;
import dev.tritontube.web.library.Place;
import dev.tritontube.web.library.Query;
import dev.tritontube.web.library.Sort;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The parameters of a list of videos.
final class ListParameters {
  /// All there are.
  static final String[] NAMES = {
    "limit",
    "cursor",
    "sort",
    "q",
    "status",
    "visibility",
    "owner",
    "tag",
    "createdAfter",
    "createdBefore",
    "minDuration",
    "maxDuration",
    "include"
  };

  private static final int MAX_WORDS_CHARACTERS = 200;
  private static final int MAX_OWNER_CHARACTERS = 64;

  private final QueryParameters parameters;

  private ListParameters(QueryParameters parameters) {
    this.parameters = parameters;
  }

  /// @throws dev.tritontube.web.http.ProblemException 400 `bad_parameter`
  static Query query(QueryParameters parameters, Audience audience) {
    return new ListParameters(parameters).query(audience);
  }

  private Query query(Audience audience) {
    Query first = new Query(audience, filters(), sort(), Optional.empty(), parameters.limit());
    return parameters.cursor(cursor -> first.from(place(cursor, first))).orElse(first);
  }

  /// A place in a list: the video's ordinal, and its key in the list's order.
  static String cursor(Place place, Query query) {
    return ListCursor.of(query.list(), Long.toString(place.ordinal()), place.key());
  }

  private static Place place(String cursor, Query query) {
    List<String> place = ListCursor.place(cursor, query.list(), 2);
    return query.sort().place(place.getLast(), Long.parseLong(place.getFirst()));
  }

  private Sort sort() {
    return parameters
        .text("sort")
        .map(
            text ->
                Sort.parse(text)
                    .orElseThrow(
                        () ->
                            QueryParameters.bad(
                                "sort",
                                "is createdAt, title, durationSeconds or sizeBytes, with - before"
                                    + " it for descending")))
        .orElse(Sort.NEWEST);
  }

  private Filters filters() {
    return new Filters(
        text("q", MAX_WORDS_CHARACTERS),
        status(),
        visibility(),
        text("owner", MAX_OWNER_CHARACTERS).map(ListParameters::owner),
        text("tag", VideoDetails.TAG_CHARACTERS),
        new Made(time("createdAfter"), time("createdBefore")),
        new Length(seconds("minDuration"), seconds("maxDuration")),
        deletedToo(parameters));
  }

  /// Something that can be seen and has no control characters.
  private Optional<String> text(String name, int most) {
    Optional<String> text = parameters.text(name).map(String::strip);
    text.ifPresent(
        value -> {
          if (!PlainText.isVisible(value)
              || !value.codePoints().allMatch(PlainText::isPlain)
              || value.codePointCount(0, value.length()) > most) {
            throw QueryParameters.bad(
                name, "has 1 to " + most + " characters, one of them to be seen, and no others");
          }
        });
    return text;
  }

  private static Owner owner(String text) {
    try {
      return new Owner(text);
    } catch (IllegalArgumentException _) {
      throw QueryParameters.bad("owner", "is no owner's id");
    }
  }

  private Optional<Status> status() {
    return parameters
        .text("status")
        .map(
            word ->
                Arrays.stream(Status.values())
                    .filter(status -> status.name().equals(word))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            QueryParameters.bad(
                                "status", "is PENDING, PROCESSING, COMPLETED or FAILED")));
  }

  private Optional<Visibility> visibility() {
    return parameters
        .text("visibility")
        .map(
            word ->
                Visibility.parse(word)
                    .orElseThrow(
                        () -> QueryParameters.bad("visibility", "is public, unlisted or private")));
  }

  private Optional<Instant> time(String name) {
    return parameters.text(name).map(text -> time(name, text));
  }

  private static Instant time(String name, String text) {
    return Times.parse(text)
        .orElseThrow(() -> QueryParameters.bad(name, "is a time like 2026-01-31T12:00:00Z"));
  }

  /// `include=deleted`, and nothing else.
  static boolean deletedToo(QueryParameters parameters) {
    Optional<String> include = parameters.text("include");
    if (include.filter(word -> !word.equals("deleted")).isPresent()) {
      throw QueryParameters.bad("include", "is deleted");
    }
    return include.isPresent();
  }

  private OptionalDouble seconds(String name) {
    Optional<String> text = parameters.text(name);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (!text.get().matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      throw QueryParameters.bad(name, "is a number of seconds");
    }
    return OptionalDouble.of(Double.parseDouble(text.get()));
  }
}
