package dev.tritontube.web.library;

import dev.tritontube.web.catalog.Audience;
import dev.tritontube.web.catalog.Owner;
import java.util.Optional;

/// A page that somebody wants.
///
/// @param after where it begins; empty: at the start
/// @param limit how many videos at most
public record Query(
    Audience audience, Filters filters, Sort sort, Optional<Place> after, int limit) {

  /// The same list from another place on.
  public Query from(Place place) {
    return new Query(audience, filters, sort, Optional.of(place), limit);
  }

  Query of(Owner owner) {
    return new Query(audience, filters.of(owner), sort, after, limit);
  }

  /// Tells lists apart: a place in one is none in another. Who asks does not matter.
  public String list() {
    return sort + " " + filters;
  }
}
