package dev.tritontube.web.events;

import dev.tritontube.web.catalog.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The newest events of the log, without gaps. Immutable.
///
/// @param before the id before the first of them
record Tail(long before, List<Event> events) {
  Tail {
    events = List.copyOf(events);
  }

  /// The id of the last event; `before` when there is none.
  long last() {
    return events.isEmpty() ? before : events.getLast().id();
  }

  boolean reaches(long id) {
    return id >= before;
  }

  List<Event> after(long id) {
    int known = (int) Math.min(events.size(), Math.max(0, id - before));
    return events.subList(known, events.size());
  }

  /// Adds what follows, and forgets the oldest. What the newer events say was written about a video
  /// holds for the older ones too, so that nobody is told of a video that was hidden meanwhile.
  ///
  /// @param most how many are kept
  Tail plus(List<Event> newer, int most) {
    Map<String, Event> latest = new HashMap<>();
    newer.forEach(event -> latest.put(event.subject(), event));
    List<Event> all = new ArrayList<>(events.size() + newer.size());
    for (Event event : events) {
      Event later = latest.get(event.subject());
      all.add(later == null ? event : event.with(later.now()));
    }
    all.addAll(newer);
    int dropped = Math.max(0, all.size() - most);
    return new Tail(before + dropped, all.subList(dropped, all.size()));
  }
}
