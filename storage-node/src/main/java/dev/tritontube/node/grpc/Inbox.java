package dev.tritontube.node.grpc;

import dev.tritontube.proto.wire.PutMessage;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The messages of one put between gRPC's callbacks and the one thread that takes them. Bounded by
/// what was requested. Closing it releases what was not taken and what is still to come.
final class Inbox implements AutoCloseable {
  /// Messages that are requested ahead.
  static final int REQUESTED = 4;

  private sealed interface Event {
    record Arrived(PutMessage message) implements Event {}

    record End() implements Event {}

    record Cancelled() implements Event {}
  }

  private final Duration patience;
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(REQUESTED + 2);

  /// Guards `closed` together with what is put into `events`.
  private final Object lock = new Object();

  private boolean closed;

  /// @param patience how long a caller may send nothing
  Inbox(Duration patience) {
    this.patience = patience;
  }

  void arrived(PutMessage message) {
    offer(new Event.Arrived(message));
  }

  void ended() {
    offer(new Event.End());
  }

  /// The caller is gone.
  void cancelled() {
    offer(new Event.Cancelled());
  }

  private void offer(Event event) {
    boolean taken;
    synchronized (lock) {
      taken = !closed && events.offer(event);
    }
    if (!taken) {
      release(event);
    }
  }

  private static void release(Event event) {
    switch (event) {
      case Event.Arrived(PutMessage message) -> message.close();
      case Event.End _, Event.Cancelled _ -> {}
    }
  }

  /// The next message, which the caller closes, or null at the end.
  ///
  /// @throws CallCancelledException when the caller is gone
  /// @throws io.grpc.StatusRuntimeException DEADLINE_EXCEEDED when it sends nothing for too long
  @Nullable PutMessage next() throws InterruptedException {
    return switch (events.poll(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      case null ->
          throw Status.DEADLINE_EXCEEDED
              .withDescription("the caller sent nothing for " + patience.toSeconds() + " s")
              .asRuntimeException();
      case Event.Arrived(PutMessage message) -> message;
      case Event.End _ -> null;
      case Event.Cancelled _ -> throw new CallCancelledException();
    };
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
    for (Event event = events.poll(); event != null; event = events.poll()) {
      release(event);
    }
  }
}
