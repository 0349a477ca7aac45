package dev.tritontube.web.events;

import dev.tritontube.web.catalog.Event;
import dev.tritontube.web.catalog.Event.UploadState;
import dev.tritontube.web.catalog.Event.VideoState;
import dev.tritontube.web.catalog.Event.Words;
import dev.tritontube.web.catalog.EventType;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.packaging.AssetMedia;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event as one viewer is told of it.
///
/// @param type as in Server-Sent Events
/// @param data a document
record EventMessage(String type, Object data) {
  private static final String DELETED = EventType.DELETED.word();

  /// A video, as far as events tell of it: fields of its document, how far it was at the event, and
  /// its words as they are now.
  private record VideoData(
      String id,
      String title,
      String visibility,
      String status,
      boolean playable,
      AssetMedia.Progress progress,
      AssetMedia.@Nullable Failure error,
      String at) {}

  /// A video that is not there (any more), at least for this viewer.
  private record GoneData(String id, String at) {}

  private record ResetData(String code, String detail) {}

  /// What is said to who asks for more than the log has.
  static EventMessage reset() {
    return new EventMessage(
        "reset",
        new ResetData("events_lost", "Some events are not kept any more: list the videos again"));
  }

  /// Empty when it is none of his business. Who could see a video and cannot any more is told that
  /// it is deleted, and nothing else of it.
  static Optional<EventMessage> of(Event event, Viewer viewer) {
    if (event.before() != null
        && sees(viewer, event, event.before())
        && !sees(viewer, event, event.after())) {
      return Optional.of(
          new EventMessage(DELETED, new GoneData(event.subject(), event.at().toString())));
    }
    return switch (event.state()) {
      case null -> Optional.empty();
      case VideoState video -> ofVideo(event, video, viewer);
      case UploadState upload -> ofUpload(event, upload, viewer);
    };
  }

  private static boolean sees(Viewer viewer, Event event, @Nullable Visibility visibility) {
    return viewer.sees(visibility, event.owner());
  }

  private static Optional<EventMessage> ofUpload(Event event, UploadState state, Viewer viewer) {
    return viewer.caller().seesPrivate(event.owner())
        ? Optional.of(
            new EventMessage(event.type().word(), UploadDocument.of(event.subject(), state)))
        : Optional.empty();
  }

  private static Optional<EventMessage> ofVideo(Event event, VideoState state, Viewer viewer) {
    Words words = event.now();
    return words != null && sees(viewer, event, words.visibility())
        ? Optional.of(new EventMessage(event.type().word(), data(event, words, state)))
        : Optional.empty();
  }

  private static VideoData data(Event event, Words words, VideoState state) {
    ProgressDocument document = ProgressDocument.of(event.subject(), state);
    return new VideoData(
        document.id(),
        words.title(),
        words.visibility().word(),
        document.status(),
        document.playable(),
        document.progress(),
        document.error(),
        event.at().toString());
  }
}
