package dev.tritontube.web.library;

import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/// What videos of a list have in common.
///
/// @param words all of which are in title, description, tags or owner
/// @param owner by id or, of a user, by name
/// @param tag exactly so
/// @param deletedToo also what is deleted, when `visibility` is not asked for
public record Filters(
    Optional<String> words,
    Optional<Status> status,
    Optional<Visibility> visibility,
    Optional<Owner> owner,
    Optional<String> tag,
    Made made,
    Length length,
    boolean deletedToo) {
  public static final Filters NONE =
      new Filters(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new Made(Optional.empty(), Optional.empty()),
          new Length(OptionalDouble.empty(), OptionalDouble.empty()),
          false);

  Filters of(Owner other) {
    return new Filters(
        words, status, visibility, Optional.of(other), tag, made, length, deletedToo);
  }

  /// When, by the millisecond; neither bound is included.
  public record Made(Optional<Instant> after, Optional<Instant> before) {}

  /// How long, in seconds; both bounds are included. What is not known is not within any bounds.
  public record Length(OptionalDouble min, OptionalDouble max) {
    boolean isAny() {
      return min.isEmpty() && max.isEmpty();
    }
  }
}
