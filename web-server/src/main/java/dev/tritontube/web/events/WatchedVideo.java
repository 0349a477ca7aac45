package dev.tritontube.web.events;

import dev.tritontube.web.catalog.EventStore;
import dev.tritontube.web.catalog.VideoId;
import java.util.Optional;
import java.util.function.Supplier;

/// A video on its way to be whole.
///
/// @param viewer as he is now; empty when he may not come in any more
record WatchedVideo(EventStore events, VideoId video, Supplier<Optional<Viewer>> viewer)
    implements Watched {
  @Override
  public String subject() {
    return video.value();
  }

  @Override
  public Optional<Look> look() {
    Optional<Viewer> now = viewer.get();
    return events
        .standing(video)
        .filter(
            standing ->
                now.isPresent() && now.get().sees(standing.words().visibility(), standing.owner()))
        .map(standing -> ProgressDocument.of(video.value(), standing.state()))
        .map(document -> new Look(document, document.ended()));
  }
}
