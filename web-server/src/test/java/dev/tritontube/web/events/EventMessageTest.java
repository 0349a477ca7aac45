package dev.tritontube.web.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Role;
import dev.tritontube.web.accounts.User;
import dev.tritontube.web.accounts.UserId;
import dev.tritontube.web.accounts.Username;
import dev.tritontube.web.catalog.Event;
import dev.tritontube.web.catalog.Event.UploadState;
import dev.tritontube.web.catalog.Event.VideoState;
import dev.tritontube.web.catalog.Event.Words;
import dev.tritontube.web.catalog.EventType;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.Visibility;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is told what.
class EventMessageTest {
  private static final Owner HIS = new Owner("aaaaaaaaaaaaaaaaaaaa");
  private static final Map<String, Viewer> VIEWERS = viewers();
  private static final VideoState STATE =
      new VideoState("PROCESSING", true, "encoding", 3, null, null, null);

  @ParameterizedTest
  @CsvSource({
    "PUBLIC,OWNER ADMIN LINK OTHER ANYBODY",
    "UNLISTED,OWNER ADMIN LINK",
    "PRIVATE,OWNER ADMIN"
  })
  void tellsWhoMaySeeTheVideoNow(Visibility now, String viewers) {
    for (EventType type : List.of(EventType.CREATED, EventType.PROGRESS, EventType.COMPLETED)) {
      Event event = event(type, null, Visibility.PUBLIC, now);
      assertEquals(List.of(viewers.split(" ")), told(event, type.word()));
      assertEquals(List.of(), told(event, "deleted"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUBLIC,PRIVATE,OWNER ADMIN,LINK OTHER ANYBODY",
    "PUBLIC,UNLISTED,OWNER ADMIN LINK,OTHER ANYBODY",
    "UNLISTED,PRIVATE,OWNER ADMIN,LINK",
    "PRIVATE,PUBLIC,OWNER ADMIN LINK OTHER ANYBODY,''",
    "PRIVATE,PRIVATE,OWNER ADMIN,''"
  })
  void whatIsHiddenIsAsGoodAsDeleted(
      Visibility before, Visibility after, String edited, String deleted) {
    Event event = event(EventType.EDITED, before, after, after);
    assertEquals(names(edited), told(event, "edited"));
    assertEquals(names(deleted), told(event, "deleted"));
  }

  @ParameterizedTest
  @CsvSource({
    "PUBLIC,OWNER ADMIN LINK OTHER ANYBODY",
    "UNLISTED,OWNER ADMIN LINK",
    "PRIVATE,OWNER ADMIN"
  })
  void tellsOfTheEndWhoCouldSeeIt(Visibility before, String viewers) {
    assertEquals(names(viewers), told(event(EventType.DELETED, before, null, null), "deleted"));
  }

  @Test
  void saysNothingElseOfWhatIsGone() {
    Event created = event(EventType.CREATED, null, Visibility.PUBLIC, null);
    Event edited = event(EventType.EDITED, Visibility.PUBLIC, Visibility.PUBLIC, null);
    for (Viewer viewer : VIEWERS.values()) {
      assertFalse(EventMessage.of(created, viewer).isPresent());
      assertFalse(EventMessage.of(edited, viewer).isPresent());
    }
  }

  @Test
  void tellsOfUploadsWhoHoldsTheKey() {
    UploadState state = new UploadState("UPLOADING", 3, null, 30, 1000L, null, null);
    Event event =
        new Event(1, Instant.EPOCH, EventType.UPLOAD, "token", HIS, null, null, state, null);
    assertEquals(List.of("OWNER", "ADMIN"), told(event, "upload"));
  }

  private static List<String> told(Event event, String type) {
    return VIEWERS.entrySet().stream()
        .filter(
            named ->
                EventMessage.of(event, named.getValue())
                    .filter(message -> message.type().equals(type))
                    .isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, Viewer> viewers() {
    Map<String, Viewer> viewers = new LinkedHashMap<>();
    viewers.put("OWNER", new Viewer(person(HIS, Role.VIEWER), false));
    viewers.put("ADMIN", new Viewer(person(new Owner("b".repeat(20)), Role.ADMIN), false));
    viewers.put("LINK", new Viewer(new Caller.Nobody(), true));
    viewers.put("OTHER", new Viewer(person(new Owner("c".repeat(20)), Role.UPLOADER), false));
    viewers.put("ANYBODY", new Viewer(new Caller.Nobody(), false));
    return viewers;
  }

  private static Caller person(Owner owner, Role role) {
    UserId id = new UserId(owner.value());
    User user =
        new User(
            id, new Username("somebody"), role, User.State.ACTIVE, Instant.EPOCH, Instant.EPOCH);
    return new Caller.Person(user, "session");
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
        HIS,
        before,
        after,
        type == EventType.DELETED ? null : STATE,
        now == null ? null : new Words("title", Objects.requireNonNull(now)));
  }
}
