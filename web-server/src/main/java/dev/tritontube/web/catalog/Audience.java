package dev.tritontube.web.catalog;

import java.util.Optional;

/// For whom videos are listed.
public sealed interface Audience {
  record Everything() implements Audience {}

  /// What is public, and what is one's own.
  ///
  /// @param own empty: nothing is
  record PublicAnd(Optional<Owner> own) implements Audience {}
}
