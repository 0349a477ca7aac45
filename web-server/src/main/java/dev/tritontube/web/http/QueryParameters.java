package dev.tritontube.web.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The query parameters of a request, of which only the named ones may be there, once each.
public final class QueryParameters {
  private static final int MAX_PARAMETERS = 64;
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;

  private final Map<String, List<String>> values;

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /// @throws ProblemException 400 `unknown_parameter`, `bad_parameter`
  public static QueryParameters of(Context ctx, String... known) {
    String query = ctx.queryString();
    if (query != null && query.chars().filter(each -> each == '&').count() >= MAX_PARAMETERS) {
      throw new ProblemException(
          new Problem.BadRequest("bad_parameter", "There are too many parameters"));
    }
    Map<String, List<String>> values =
        QueryString.parse(query)
            .orElseThrow(
                () ->
                    new ProblemException(
                        new Problem.BadRequest(
                            "bad_parameter", "The query is not escaped UTF-8 (RFC 3986)")));
    Set<String> names = Set.of(known);
    for (var parameter : values.entrySet()) {
      String name = parameter.getKey();
      if (!names.contains(name)) {
        throw new ProblemException(
            new Problem.BadRequest(
                "unknown_parameter", "There is no parameter '" + Printable.of(name) + "' here"));
      }
      if (parameter.getValue().size() > 1) {
        throw bad(name, "is there more than once");
      }
    }
    return new QueryParameters(values);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(List::getFirst);
  }

  /// How many things a part of a list has at most.
  public int limit() {
    return number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
  }

  /// Where a list goes on.
  ///
  /// @param reading throws an `IllegalArgumentException` for what is no cursor of this list
  public <T> Optional<T> cursor(Function<String, T> reading) {
    try {
      return text("cursor").map(reading);
    } catch (IllegalArgumentException _) {
      throw badCursor();
    }
  }

  public static ProblemException badCursor() {
    return bad("cursor", "is none that this list gave");
  }

  /// A number within bounds, both included.
  public int number(String name, int absent, int min, int max) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return absent;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Answered below, like a number out of bounds.
    }
    throw bad(name, "is a number from " + min + " to " + max);
  }

  public static ProblemException bad(String name, String rule) {
    return new ProblemException(
        new Problem.BadRequest("bad_parameter", "Parameter '" + name + "' " + rule));
  }
}
