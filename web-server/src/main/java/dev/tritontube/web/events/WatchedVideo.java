package dev.tritontube.web.events;

import dev.tritontube.web.catalog.EventStore;
import dev.tritontube.web.catalog.VideoId;
import java.util.Optional;

/// A video on its way to be whole.
record WatchedVideo(EventStore events, VideoId video, Viewer viewer) implements Watched {
  @Override
  public String subject() {
    return video.value();
  }

  @Override
  public Optional<Look> look() {
    return events
        .standing(video)
        .filter(standing -> viewer.sees(standing.words().visibility()))
        .map(standing -> ProgressDocument.of(video.value(), standing.state()))
        .map(document -> new Look(document, document.ended()));
  }
}
