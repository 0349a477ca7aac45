package dev.tritontube.web.events;

import dev.tritontube.web.catalog.Event;
import java.util.List;
import java.util.Optional;

/// One who follows the log of events, from the place where he is. For one thread, but for `close`.
final class Follower implements AutoCloseable {
  private final EventFeed feed;

  /// The id of the last event that was given.
  private long place;

  /// Whether the log was caught up with, so that from here on only what is new comes.
  private boolean live;

  /// Whether what follows is not in the log (any more).
  private boolean lost;

  private boolean left;

  /// @param last the id of the last event there is
  Follower(EventFeed feed, long place, long last) {
    this.feed = feed;
    this.place = place;
    this.lost = place > last;
  }

  /// What comes next.
  sealed interface Step {
    /// At least one.
    record Events(List<Event> events) implements Step {}

    /// Nothing happened for as long as was to be waited.
    record Nothing() implements Step {}

    /// What follows is not in the log any more: what is known is to be forgotten, and `place` is
    /// the new place.
    record Lost() implements Step {}

    /// So much happened since the last step that it would have to be remembered for this follower
    /// alone.
    record TooSlow() implements Step {}

    /// Nobody can follow any more.
    record Closed() implements Step {}
  }

  long place() {
    return place;
  }

  /// Waits for the next events.
  Step next() throws InterruptedException {
    if (lost) {
      return startAnew();
    }
    Optional<Tail> tail = feed.await(place);
    if (tail.isEmpty()) {
      return new Step.Closed();
    }
    if (tail.get().reaches(place)) {
      List<Event> events = tail.get().after(place);
      live |= !events.isEmpty();
      return step(events);
    }
    return live ? new Step.TooSlow() : replay();
  }

  private Step replay() {
    Optional<List<Event>> page = feed.log(place);
    return page.isPresent() ? step(page.get()) : startAnew();
  }

  private Step startAnew() {
    lost = false;
    place = feed.last();
    return new Step.Lost();
  }

  private Step step(List<Event> events) {
    if (events.isEmpty()) {
      return new Step.Nothing();
    }
    place = events.getLast().id();
    return new Step.Events(events);
  }

  @Override
  public synchronized void close() {
    if (!left) {
      left = true;
      feed.leave();
    }
  }
}
