package dev.tritontube.web.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.catalog.Event;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.events.Follower.Step;
import dev.tritontube.web.http.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Server-Sent Events to one client. For one thread.
final class EventStream {
  private static final int COME_BACK_MILLIS = 2000;

  /// For how long who signed out, or was disabled, may still be told something.
  private static final Duration LOOK_UP = Duration.ofSeconds(5);

  private static final Viewer NOBODY = new Viewer(new Caller.Nobody(), false);

  private final Follower follower;
  private final Supplier<Optional<Viewer>> viewers;
  private final Optional<VideoId> video;

  /// Who he was when that was looked up last.
  private Viewer viewer;

  private long lookedUpNanos;

  /// The id that the client has.
  private long told;

  /// @param viewers who follows, as he is now; empty when he may not come in any more
  /// @param video tells of this one alone
  EventStream(Follower follower, Supplier<Optional<Viewer>> viewers, Optional<VideoId> video) {
    this.follower = follower;
    this.viewers = viewers;
    this.viewer = NOBODY;
    this.lookedUpNanos = System.nanoTime();
    this.video = video;
  }

  /// Sends until the client is gone, or has to come back: because it is too slow, or the server
  /// stops.
  void to(OutputStream output) throws InterruptedException {
    try {
      if (!lookUp()) {
        return;
      }
      write(output, "retry: " + COME_BACK_MILLIS + "\n" + place());
      Step step = follower.next();
      while (!(step instanceof Step.TooSlow || step instanceof Step.Closed) && stillWelcome()) {
        write(output, text(step));
        step = follower.next();
      }
    } catch (IOException _) {
      // The client is gone, or took nothing for as long as a connection may be idle.
    }
  }

  private boolean stillWelcome() {
    return System.nanoTime() - lookedUpNanos < LOOK_UP.toNanos() || lookUp();
  }

  private boolean lookUp() {
    lookedUpNanos = System.nanoTime();
    Optional<Viewer> now = viewers.get();
    now.ifPresent(found -> viewer = found);
    return now.isPresent();
  }

  private static void write(OutputStream output, String text) throws IOException {
    output.write(text.getBytes(UTF_8));
    output.flush();
  }

  private String text(Step step) {
    return switch (step) {
      case Step.Events(List<Event> events) -> text(events);
      case Step.Nothing() -> ":\n" + (told == follower.place() ? "\n" : place());
      case Step.Lost() -> text(follower.place(), EventMessage.reset());
      case Step.TooSlow(), Step.Closed() -> "";
    };
  }

  private String text(List<Event> events) {
    StringBuilder text = new StringBuilder();
    for (Event event : events) {
      if (video.isEmpty() || video.get().value().equals(event.subject())) {
        EventMessage.of(event, viewer).ifPresent(message -> text.append(text(event.id(), message)));
      }
    }
    return text.toString();
  }

  private String text(long id, EventMessage message) {
    told = id;
    String data = new String(Json.bytes(message.data()), UTF_8);
    return "event: " + message.type() + "\nid: " + id + "\ndata: " + data + "\n\n";
  }

  /// An id without an event: from there the client goes on when it comes back, though nothing until
  /// there was its business.
  private String place() {
    told = follower.place();
    return "id: " + told + "\n\n";
  }
}
