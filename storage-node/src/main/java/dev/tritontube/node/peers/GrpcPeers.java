package dev.tritontube.node.peers;

import dev.tritontube.proto.reach.HostPort;
import dev.tritontube.proto.wire.DataPlane;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/// Other nodes over gRPC: one connection a node, made when it is first used and given up by gRPC
/// when it was idle for long.
public final class GrpcPeers implements Peers, AutoCloseable {
  private static final int IDLE_MINUTES = 5;
  private static final int KEEP_ALIVE_SECONDS = 20;
  private static final int CLOSE_SECONDS = 5;

  private final ConcurrentMap<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  /// Under which others find a program that listens there.
  public static String address(String host, int port) {
    return new HostPort(host, port).toString();
  }

  @Override
  public Peer at(String address) {
    return new GrpcPeer(address, channels.computeIfAbsent(address, GrpcPeers::connect));
  }

  private static ManagedChannel connect(String address) {
    return NettyChannelBuilder.forTarget(HostPort.target(address))
        .usePlaintext()
        .maxInboundMessageSize(DataPlane.MAX_MESSAGE_BYTES)
        .idleTimeout(IDLE_MINUTES, TimeUnit.MINUTES)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .disableRetry()
        .build();
  }

  /// Breaks off what is under way.
  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    try {
      for (ManagedChannel channel : channels.values()) {
        channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
