package dev.tritontube.web.events;

import dev.tritontube.web.catalog.FollowedUploadStore;
import dev.tritontube.web.catalog.UploadToken;
import java.util.Optional;

/// An upload, which may begin later than somebody watches it. For the holder of the key.
record WatchedUpload(FollowedUploadStore uploads, UploadToken token) implements Watched {
  @Override
  public String subject() {
    return token.value();
  }

  @Override
  public Optional<Look> look() {
    UploadDocument document =
        uploads
            .find(token)
            .map(state -> UploadDocument.of(token.value(), state))
            .orElseGet(() -> UploadDocument.waiting(token.value()));
    return Optional.of(new Look(document, document.ended()));
  }
}
