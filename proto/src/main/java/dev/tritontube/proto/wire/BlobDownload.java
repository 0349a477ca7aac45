package dev.tritontube.proto.wire;

import dev.tritontube.proto.storage.v1.GetRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One `Get` call, read by one blocking thread; best a virtual one.
///
/// At most `PREFETCH` messages wait in memory: the server sends no more until they are taken. A
/// server that makes no progress is given up by the patience of `next`, not by a deadline on the
/// whole call.
public final class BlobDownload implements AutoCloseable {
  /// Messages that may be on their way or waiting.
  private static final int PREFETCH = 4;

  private sealed interface Event {
    record Arrived(GetMessage message) implements Event {}

    record Ended(Status status, Metadata trailers) implements Event {}
  }

  private final ClientCall<GetRequest, GetMessage> call;

  /// Holds PREFETCH messages and the end at most.
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(PREFETCH + 2);

  /// Guards `closed` together with what is put into `events`.
  private final Object lock = new Object();

  private boolean closed;
  private Event.@Nullable Ended ended;

  private BlobDownload(ClientCall<GetRequest, GetMessage> call) {
    this.call = call;
  }

  public static BlobDownload start(Channel channel, CallOptions options, GetRequest request) {
    BlobDownload download =
        new BlobDownload(channel.newCall(DataPlane.GET, options.withExecutor(Runnable::run)));
    download.start(request);
    return download;
  }

  private void start(GetRequest request) {
    call.start(new Listener(), new Metadata());
    call.request(PREFETCH);
    call.sendMessage(request);
    call.halfClose();
  }

  /// The next message, or null at the end. The caller closes it.
  ///
  /// @param patience how long to wait for a message; the call is cancelled when it runs out
  /// @throws StatusRuntimeException when the call failed; DEADLINE_EXCEEDED when patience ran out
  public @Nullable GetMessage next(Duration patience) throws InterruptedException {
    Event event = ended != null ? ended : events.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    return switch (event) {
      case null -> throw outOfPatience(patience);
      case Event.Arrived(GetMessage message) -> {
        call.request(1);
        yield message;
      }
      case Event.Ended end -> {
        ended = end;
        if (!end.status().isOk()) {
          throw end.status().asRuntimeException(end.trailers());
        }
        yield null;
      }
    };
  }

  private StatusRuntimeException outOfPatience(Duration patience) {
    close();
    return Status.DEADLINE_EXCEEDED
        .withDescription("no message for " + patience.toMillis() + " ms")
        .asRuntimeException();
  }

  /// Cancels the call unless it is over and releases what was not taken.
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
    call.cancel("closed by the reader", null);
    for (Event event = events.poll(); event != null; event = events.poll()) {
      release(event);
    }
  }

  private static void release(Event event) {
    switch (event) {
      case Event.Arrived(GetMessage message) -> message.close();
      case Event.Ended _ -> {}
    }
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

  private final class Listener extends ClientCall.Listener<GetMessage> {
    @Override
    public void onMessage(GetMessage message) {
      offer(new Event.Arrived(message));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      offer(new Event.Ended(status, trailers));
    }
  }
}
