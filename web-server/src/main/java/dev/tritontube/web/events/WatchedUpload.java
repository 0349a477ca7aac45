package dev.tritontube.web.events;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.catalog.FollowedUploadStore;
import dev.tritontube.web.catalog.UploadToken;
import java.util.Optional;
import java.util.function.Supplier;

/// An upload, which may begin later than somebody watches it. For its owner, and administrators.
///
/// @param caller as he is now; empty when he may not come in any more
record WatchedUpload(
    FollowedUploadStore uploads, UploadToken token, Supplier<Optional<Caller>> caller)
    implements Watched {
  @Override
  public String subject() {
    return token.value();
  }

  @Override
  public Optional<Look> look() {
    Optional<Caller> now = caller.get();
    if (now.isEmpty()
        || uploads.owner(token).filter(owner -> !now.get().seesPrivate(owner)).isPresent()) {
      return Optional.empty();
    }
    UploadDocument document =
        uploads
            .find(token)
            .map(state -> UploadDocument.of(token.value(), state))
            .orElseGet(() -> UploadDocument.waiting(token.value()));
    return Optional.of(new Look(document, document.ended()));
  }
}
