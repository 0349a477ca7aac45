package dev.tritontube.web.blobs;

import dev.tritontube.proto.reach.HostPort;
import dev.tritontube.proto.wire.DataPlane;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The connections to storage nodes, by address: two for blobs that somebody waits for, one for
/// background copying and one for control, so that a full pipe of data never delays a health check.
/// Connects on first use. Thread-safe.
///
/// gRPC's own retries are off: they would keep messages, and with them the caller's buffers, after
/// a call returned.
public final class NodeChannels implements AutoCloseable {
  private static final int CONTROL_MESSAGE_BYTES = 8 * 1024 * 1024;
  private static final int KEEP_ALIVE_SECONDS = 20;
  private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 5;
  private static final int CLOSE_SECONDS = 5;

  private static final ThreadFactory CALLBACKS = Thread.ofVirtual().name("node-call-", 0).factory();

  private final Map<String, NodeConnections> byAddress = new ConcurrentHashMap<>();

  /// Set before the last connections are closed: what is connected later is closed at once.
  private volatile boolean closed;

  /// The addresses of the last layout seen: what leaves it is closed. Written by `retain` alone.
  private volatile Set<String> retained = Set.of();

  /// For health checks, layouts and other small calls.
  ///
  /// @param address `host:port`
  public ManagedChannel control(String address) {
    return connections(address).control();
  }

  /// For blobs that a person waits for; takes the two connections in turn.
  public ManagedChannel foreground(String address) {
    return connections(address).nextForeground();
  }

  /// For listings and long streams that nobody waits for.
  public ManagedChannel background(String address) {
    return connections(address).background();
  }

  /// Closes the connections to nodes that were in the last set given here and are not in this one.
  /// Others, such as those to a node that is about to be added, stay.
  void retain(Set<String> addresses) {
    retained.stream().filter(address -> !addresses.contains(address)).forEach(this::disconnect);
    retained = Set.copyOf(addresses);
  }

  /// Connects again at once instead of waiting for gRPC's back-off, which grows to minutes.
  void resume(String address) {
    connections(address).all().forEach(ManagedChannel::resetConnectBackoff);
  }

  /// False while a blob call would fail at once because the last attempt to connect failed.
  boolean canCarryBlobs(String address) {
    return connections(address).foreground().stream()
        .noneMatch(channel -> channel.getState(true) == ConnectivityState.TRANSIENT_FAILURE);
  }

  /// Closes the connections to one node, for example to one that was not added after all.
  public void disconnect(String address) {
    NodeConnections connections = byAddress.remove(address);
    if (connections != null) {
      connections.all().forEach(ManagedChannel::shutdown);
    }
  }

  /// Breaks off what is under way. Calls that begin later fail like those to a node that is down.
  @Override
  public void close() {
    closed = true;
    List<NodeConnections> open = List.copyOf(byAddress.values());
    byAddress.clear();
    open.stream().flatMap(NodeConnections::all).forEach(ManagedChannel::shutdownNow);
    open.stream().flatMap(NodeConnections::all).forEach(NodeChannels::awaitEnd);
  }

  private static void awaitEnd(ManagedChannel channel) {
    try {
      boolean ended = channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      assert ended || channel.isShutdown();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private NodeConnections connections(String address) {
    NodeConnections connections = byAddress.computeIfAbsent(address, NodeChannels::connect);
    if (closed) {
      connections.all().forEach(ManagedChannel::shutdownNow);
    }
    return connections;
  }

  private static NodeConnections connect(String address) {
    List<ManagedChannel> foreground =
        Stream.generate(() -> channel(address, DataPlane.MAX_MESSAGE_BYTES)).limit(2).toList();
    return new NodeConnections(
        foreground,
        channel(address, CONTROL_MESSAGE_BYTES),
        channel(address, CONTROL_MESSAGE_BYTES),
        new AtomicInteger());
  }

  private static ManagedChannel channel(String address, int maxMessageBytes) {
    return NettyChannelBuilder.forTarget(HostPort.target(address))
        .usePlaintext()
        .disableRetry()
        .disableServiceConfigLookUp()
        // Never closed: a call that ends late is told so all the same.
        .executor(task -> CALLBACKS.newThread(task).start())
        .maxInboundMessageSize(maxMessageBytes)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .build();
  }

  private record NodeConnections(
      List<ManagedChannel> foreground,
      ManagedChannel background,
      ManagedChannel control,
      AtomicInteger turns) {

    ManagedChannel nextForeground() {
      return foreground.get(Math.floorMod(turns.getAndIncrement(), foreground.size()));
    }

    Stream<ManagedChannel> all() {
      return Stream.concat(foreground.stream(), Stream.of(background, control));
    }
  }
}
