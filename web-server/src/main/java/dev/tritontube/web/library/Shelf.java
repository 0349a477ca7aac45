package dev.tritontube.web.library;

import static java.util.stream.Collectors.joining;

import dev.tritontube.web.catalog.Audience;
import dev.tritontube.web.catalog.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A part of the library that is sorted by itself, and whether one sees only one's own of it.
///
/// @param name as in the catalog
record Shelf(String name, boolean own) {
  /// Those on which somebody may find what passes the filters.
  static List<Shelf> of(Query query) {
    List<Shelf> shelves = new ArrayList<>();
    for (Visibility visibility : Visibility.values()) {
      if (query.filters().visibility().filter(only -> only != visibility).isPresent()) {
        continue;
      }
      switch (query.audience()) {
        case Audience.Everything() -> shelves.add(new Shelf(visibility.word(), false));
        case Audience.PublicAnd(var own) -> {
          if (visibility == Visibility.PUBLIC || own.isPresent()) {
            shelves.add(new Shelf(visibility.word(), visibility != Visibility.PUBLIC));
          }
        }
      }
    }
    deleted(query).ifPresent(shelves::add);
    return shelves;
  }

  private static Optional<Shelf> deleted(Query query) {
    if (!query.filters().deletedToo() || query.filters().visibility().isPresent()) {
      return Optional.empty();
    }
    return switch (query.audience()) {
      case Audience.Everything() -> Optional.of(new Shelf("deleted", false));
      case Audience.PublicAnd(var own) -> own.map(_ -> new Shelf("deleted", true));
    };
  }

  /// What is true of what is on it and may be seen.
  String condition() {
    return "l.shelf = '" + name + "'" + (own ? " and l.owner = :self" : "");
  }

  static String anyOf(List<Shelf> shelves) {
    if (shelves.stream().noneMatch(Shelf::own)) {
      return "l.shelf in " + names(shelves);
    }
    return shelves.stream()
        .map(shelf -> "(" + shelf.condition() + ")")
        .collect(joining(" or ", "(", ")"));
  }

  /// Without regard to whose it is.
  static String names(List<Shelf> shelves) {
    return shelves.stream().map(shelf -> "'" + shelf.name + "'").collect(joining(", ", "(", ")"));
  }
}
