package dev.tritontube.web.events;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.Visibility;
import org.jspecify.annotations.Nullable;

/// Who follows, by what he may see.
///
/// @param byLink whether he named the video: then he knows its link
record Viewer(Caller caller, boolean byLink) {
  /// @param visibility null: there is no video
  boolean sees(@Nullable Visibility visibility, Owner owner) {
    return switch (visibility) {
      case null -> false;
      case PUBLIC -> true;
      case UNLISTED -> byLink || caller.seesPrivate(owner);
      case PRIVATE -> caller.seesPrivate(owner);
    };
  }
}
