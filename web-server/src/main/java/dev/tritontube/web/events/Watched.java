package dev.tritontube.web.events;

import java.util.Optional;

/// Something whose end somebody waits for.
interface Watched {
  /// What events call it.
  String subject();

  /// How far it is now; empty when it is not there (any more) for this viewer.
  Optional<Look> look();

  /// @param document in the API's JSON
  /// @param ended whether nothing more is to be expected
  record Look(Record document, boolean ended) {}
}
