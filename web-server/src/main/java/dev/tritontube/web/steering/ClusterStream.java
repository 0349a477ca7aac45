package dev.tritontube.web.steering;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.web.http.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The cluster as Server-Sent Events to one client (WHATWG HTML, section 9.2): how it is, then what
/// changes. There is nothing to come back to: who comes back is told how it is. For one thread.
final class ClusterStream {
  private static final int COME_BACK_MILLIS = 2000;

  /// For how long who signed out, or is no administrator any more, may still be told something.
  private static final Duration LOOK_UP = Duration.ofSeconds(5);

  private final ClusterFeed.Seat seat;
  private final BooleanSupplier welcome;
  private long lookedUpNanos = System.nanoTime();

  /// What the client knows; null at first.
  private @Nullable Moment known;

  /// @param welcome whether the client may still follow
  ClusterStream(ClusterFeed.Seat seat, BooleanSupplier welcome) {
    this.seat = seat;
    this.welcome = welcome;
  }

  /// Sends until the client is gone, or the server stops.
  void to(OutputStream output) throws InterruptedException {
    try {
      write(output, "retry: " + COME_BACK_MILLIS + "\n\n");
      Optional<ClusterFeed.Heard> heard = seat.next(known);
      while (heard.isPresent() && stillWelcome()) {
        write(output, text(heard.get().moment()));
        known = heard.get().moment();
        heard = seat.next(known);
      }
    } catch (IOException _) {
      // The client is gone, or took nothing for as long as a connection may be idle.
    }
  }

  private boolean stillWelcome() {
    if (System.nanoTime() - lookedUpNanos < LOOK_UP.toNanos()) {
      return true;
    }
    lookedUpNanos = System.nanoTime();
    return welcome.getAsBoolean();
  }

  private static void write(OutputStream output, String text) throws IOException {
    output.write(text.getBytes(UTF_8));
    output.flush();
  }

  private record StateDocument(
      long epoch, boolean joint, List<NodeDocument> nodes, @Nullable ChangeDocument change) {}

  private record LayoutDocument(long epoch, boolean joint) {}

  private record NodesDocument(List<NodeDocument> nodes) {}

  private String text(@Nullable Moment now) {
    Moment before = known;
    if (now == null || now.equals(before)) {
      return ":\n\n";
    }
    if (before == null) {
      return event("state", state(now));
    }
    StringBuilder text = new StringBuilder();
    if (!now.sameLayout(before)) {
      text.append(event("layout", new LayoutDocument(now.epoch(), now.joint())));
    }
    if (!now.sameStanding(before) || !now.sameUsage(before)) {
      text.append(event("nodes", new NodesDocument(NodeDocument.of(now.nodes()))));
    }
    if (!now.sameChange(before) && now.change().isPresent()) {
      text.append(event("change", ChangeDocument.of(now.change().get())));
    }
    return text.toString();
  }

  private static StateDocument state(Moment now) {
    return new StateDocument(
        now.epoch(),
        now.joint(),
        NodeDocument.of(now.nodes()),
        now.running().map(ChangeDocument::of).orElse(null));
  }

  private static String event(String type, Object document) {
    return "event: " + type + "\ndata: " + new String(Json.bytes(document), UTF_8) + "\n\n";
  }
}
