package dev.tritontube.web.resumable;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.packaging.Container;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// An upload that comes in several requests, as it is on record.
///
/// @param length of the file in bytes; empty: told later
/// @param received how many bytes are acknowledged
/// @param digest of those
/// @param head the first of them, as long as they are too few to tell what kind of file it is
/// @param metadata as the client sent it
/// @param video what became of it
record ResumableUpload(
    String id,
    AssetId asset,
    Owner owner,
    Kind kind,
    State state,
    OptionalLong length,
    long received,
    SavedDigest digest,
    byte[] head,
    Optional<Container> container,
    String metadata,
    Optional<VideoId> video,
    Instant expires) {
  enum Kind {
    WHOLE,
    /// Of a concatenation.
    PART,
    /// To a signed address.
    DIRECT
  }

  enum State {
    OPEN,
    DONE,
    /// Its bytes are deleted.
    GONE
  }

  boolean whole() {
    return length.isPresent() && length.getAsLong() == received;
  }

  /// How many bytes may still come.
  ///
  /// @param most how long a file may be
  long lacking(long most) {
    return length.orElse(most) - received;
  }
}
