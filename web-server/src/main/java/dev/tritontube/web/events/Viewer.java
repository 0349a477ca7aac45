package dev.tritontube.web.events;

import dev.tritontube.web.catalog.Visibility;
import org.jspecify.annotations.Nullable;

/// Who follows, by what he may see: with the key, everything; by the id of a video, that one unless
/// it is private; without either, what is public.
enum Viewer {
  OWNER,
  LINK,
  ANYBODY;

  /// @param visibility null: there is no video
  boolean sees(@Nullable Visibility visibility) {
    return switch (visibility) {
      case null -> false;
      case PUBLIC -> true;
      case UNLISTED -> this != ANYBODY;
      case PRIVATE -> this == OWNER;
    };
  }
}
