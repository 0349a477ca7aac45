package dev.tritontube.web.tracks;

import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.TextTrack;
import dev.tritontube.manifests.presentation.TextTrack.Purpose;
import dev.tritontube.web.catalog.AudioName;
import dev.tritontube.web.catalog.AudioNameStore;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TrackKind;
import dev.tritontube.web.catalog.TrackStore;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoTrack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What of a video is its own plays with what was encoded of its file. Thread-safe.
public final class Tracks {
  private final TrackStore tracks;
  private final AudioNameStore names;

  public Tracks(Database database) {
    this.tracks = new TrackStore(database);
    this.names = new AudioNameStore(database);
  }

  /// What plays.
  public record Playing(Presentation presentation, List<TextTrack> texts) {}

  /// @param presentation of the video's file
  public Playing playing(VideoId video, Presentation presentation) {
    double seconds = presentation.duration().approximately();
    List<TextTrack> texts = new ArrayList<>();
    for (VideoTrack track : tracks.of(video)) {
      text(track, seconds).ifPresent(texts::add);
    }
    return new Playing(called(video, presentation), List.copyOf(texts));
  }

  /// A presentation whose sounds are called as the owner of the video calls them.
  public Presentation called(VideoId video, Presentation presentation) {
    List<AudioName> called = names.of(video);
    return presentation.renamed(audios -> AudioNames.applied(called, audios));
  }

  /// Empty for chapters, which players are told of by themselves.
  private static Optional<TextTrack> text(VideoTrack track, double seconds) {
    return purpose(track.words().kind())
        .map(
            purpose ->
                new TextTrack(
                    track.text().value(),
                    purpose,
                    track.words().language(),
                    track.words().label(),
                    track.words().preferred(),
                    track.words().forced(),
                    (long) Math.max(1, Math.ceil(track.bytes() * 8 / seconds))));
  }

  private static Optional<Purpose> purpose(TrackKind kind) {
    return switch (kind) {
      case CAPTIONS -> Optional.of(Purpose.CAPTIONS);
      case SUBTITLES -> Optional.of(Purpose.SUBTITLES);
      case DESCRIPTIONS -> Optional.of(Purpose.DESCRIPTIONS);
      case CHAPTERS -> Optional.empty();
    };
  }
}
