package dev.tritontube.web.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Closes the connections of those who use up the server's patience. The idle timeout alone does
/// not: each byte, however late, begins it anew. Thread-safe.
///
/// A connection has the idle time, and a quarter of it, for each request to come completely (its
/// TLS handshake and headers; a body is for who reads it to judge), and each write the idle time
/// and what its bytes take at the least pace. One network has only so many connections.
final class Connections extends AbstractLifeCycle implements Connection.Listener {
  private final Patience patience;
  private final Predicate<SocketAddress> uncounted;
  private final Scheduler scheduler;
  private final ConcurrentMap<Connection, Guest> guests = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> networks = new ConcurrentHashMap<>();
  private final Set<PendingWrite> writes = ConcurrentHashMap.newKeySet();

  /// @param uncounted through whom many come: proxies
  Connections(Patience patience, Predicate<SocketAddress> uncounted, Scheduler scheduler) {
    this.patience = patience;
    this.uncounted = uncounted;
    this.scheduler = scheduler;
  }

  private static final class Guest {
    final String network;
    final AtomicInteger requests = new AtomicInteger();
    volatile long freeSinceNanos = System.nanoTime();

    Guest(String network) {
      this.network = network;
    }

    void leave() {
      freeSinceNanos = System.nanoTime();
      requests.decrementAndGet();
    }
  }

  @Override
  protected void doStart() {
    lookLater();
  }

  private void lookLater() {
    scheduler.schedule(this::look, Math.min(1000, patience.idle().toMillis() / 4), MILLISECONDS);
  }

  private void look() {
    if (!isRunning() && !isStarting()) {
      return;
    }
    try {
      long now = System.nanoTime();
      long longest = patience.idle().toNanos() * 5 / 4;
      guests.forEach(
          (connection, guest) -> {
            if (guest.requests.get() == 0 && now - guest.freeSinceNanos > longest) {
              close(connection, "No request came completely");
            }
          });
      for (PendingWrite write : writes) {
        if (now - write.deadlineNanos > 0) {
          close(write.connection, "The answer is taken too slowly");
        }
      }
    } finally {
      lookLater();
    }
  }

  private static void close(Connection connection, String why) {
    EndPoint network = connection.getEndPoint();
    while (network instanceof EndPoint.Wrapper wrapper) {
      network = wrapper.unwrap();
    }
    network.close(new TimeoutException(why));
  }

  @Override
  public void onOpened(Connection connection) {
    if (!carriesRequests(connection)) {
      return;
    }
    SocketAddress client = connection.getEndPoint().getRemoteSocketAddress();
    Guest guest = new Guest(ClientNetwork.of(client).name());
    guests.put(connection, guest);
    int count = networks.merge(guest.network, 1, Integer::sum);
    if (count > patience.connectionsPerAddress() && !uncounted.test(client)) {
      close(connection, "Too many connections of one address");
    }
  }

  @Override
  public void onClosed(Connection connection) {
    Guest guest = guests.remove(connection);
    if (guest != null) {
      networks.computeIfPresent(guest.network, (_, count) -> count > 1 ? count - 1 : null);
    }
  }

  /// HTTP/1.1 and HTTP/2, and what agrees on one of them; not TLS below, nor what a WebSocket is.
  private static boolean carriesRequests(Connection connection) {
    return connection instanceof ConnectionMetaData
        || connection instanceof NegotiatingServerConnection;
  }

  /// The answer of a request that begins now.
  Response watched(Request request, Response response) {
    Connection connection = request.getConnectionMetaData().getConnection();
    Guest guest = guests.get(connection);
    if (guest != null) {
      guest.requests.incrementAndGet();
      Request.addCompletionListener(request, _ -> guest.leave());
    }
    return new WatchedAnswer(request, response, connection);
  }

  private final class WatchedAnswer extends Response.Wrapper {
    private final Connection connection;

    WatchedAnswer(Request request, Response response, Connection connection) {
      super(request, response);
      this.connection = connection;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer bytes, Callback callback) {
      int length = bytes == null ? 0 : bytes.remaining();
      PendingWrite write = new PendingWrite(callback, connection, deadline(length));
      writes.add(write);
      super.write(last, bytes, write);
    }

    private long deadline(int length) {
      return System.nanoTime()
          + patience.idle().toNanos()
          + TimeUnit.SECONDS.toNanos(length) / patience.leastBytesASecond();
    }
  }

  private final class PendingWrite extends Callback.Nested {
    final Connection connection;
    final long deadlineNanos;

    PendingWrite(Callback callback, Connection connection, long deadlineNanos) {
      super(callback);
      this.connection = connection;
      this.deadlineNanos = deadlineNanos;
    }

    @Override
    public void completed() {
      writes.remove(this);
    }
  }
}
