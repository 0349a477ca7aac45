package dev.tritontube.web.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tritontube.web.catalog.Event;
import dev.tritontube.web.catalog.Event.UploadState;
import dev.tritontube.web.catalog.Event.VideoState;
import dev.tritontube.web.catalog.Event.Words;
import dev.tritontube.web.catalog.EventType;
import dev.tritontube.web.catalog.Visibility;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is told what.
class EventMessageTest {
  private static final VideoState STATE =
      new VideoState("PROCESSING", true, "encoding", 3, null, null, null);

  @ParameterizedTest
  @CsvSource({"PUBLIC,OWNER LINK ANYBODY", "UNLISTED,OWNER LINK", "PRIVATE,OWNER"})
  void tellsWhoMaySeeTheVideoNow(Visibility now, String viewers) {
    for (EventType type : List.of(EventType.CREATED, EventType.PROGRESS, EventType.COMPLETED)) {
      Event event = event(type, null, Visibility.PUBLIC, now);
      assertEquals(List.of(viewers.split(" ")), told(event, type.word()));
      assertEquals(List.of(), told(event, "deleted"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUBLIC,PRIVATE,OWNER,LINK ANYBODY",
    "PUBLIC,UNLISTED,OWNER LINK,ANYBODY",
    "UNLISTED,PRIVATE,OWNER,LINK",
    "PRIVATE,PUBLIC,OWNER LINK ANYBODY,''",
    "PRIVATE,PRIVATE,OWNER,''"
  })
  void whatIsHiddenIsAsGoodAsDeleted(
      Visibility before, Visibility after, String edited, String deleted) {
    Event event = event(EventType.EDITED, before, after, after);
    assertEquals(names(edited), told(event, "edited"));
    assertEquals(names(deleted), told(event, "deleted"));
  }

  @ParameterizedTest
  @CsvSource({"PUBLIC,OWNER LINK ANYBODY", "UNLISTED,OWNER LINK", "PRIVATE,OWNER"})
  void tellsOfTheEndWhoCouldSeeIt(Visibility before, String viewers) {
    assertEquals(names(viewers), told(event(EventType.DELETED, before, null, null), "deleted"));
  }

  @Test
  void saysNothingElseOfWhatIsGone() {
    Event created = event(EventType.CREATED, null, Visibility.PUBLIC, null);
    Event edited = event(EventType.EDITED, Visibility.PUBLIC, Visibility.PUBLIC, null);
    for (Viewer viewer : Viewer.values()) {
      assertFalse(EventMessage.of(created, viewer).isPresent());
      assertFalse(EventMessage.of(edited, viewer).isPresent());
    }
  }

  @Test
  void tellsOfUploadsWhoHoldsTheKey() {
    UploadState state = new UploadState("UPLOADING", 3, null, 30, 1000L, null, null);
    Event event = new Event(1, Instant.EPOCH, EventType.UPLOAD, "token", null, null, state, null);
    assertEquals(List.of("OWNER"), told(event, "upload"));
  }

  private static List<String> told(Event event, String type) {
    return Arrays.stream(Viewer.values())
        .filter(
            viewer -> EventMessage.of(event, viewer).filter(m -> m.type().equals(type)).isPresent())
        .map(Viewer::name)
        .toList();
  }

  private static List<String> names(String viewers) {
    return viewers.isEmpty() ? List.of() : List.of(viewers.split(" "));
  }

  private static Event event(
      EventType type,
      @Nullable Visibility before,
      @Nullable Visibility after,
      @Nullable Visibility now) {
    return new Event(
        1,
        Instant.EPOCH,
        type,
        "video",
        before,
        after,
        type == EventType.DELETED ? null : STATE,
        now == null ? null : new Words("title", Objects.requireNonNull(now)));
  }
}
