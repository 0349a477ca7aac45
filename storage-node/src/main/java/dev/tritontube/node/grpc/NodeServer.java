package dev.tritontube.node.grpc;

import dev.tritontube.node.membership.Membership;
import dev.tritontube.node.peers.Peers;
import dev.tritontube.node.replication.ArcSync;
import dev.tritontube.node.replication.MissingRecords;
import dev.tritontube.node.replication.NodeBlobs;
import dev.tritontube.node.replication.Purge;
import dev.tritontube.node.replication.ReadRepair;
import dev.tritontube.proto.storage.v1.BlobServiceGrpc;
import dev.tritontube.proto.wire.DataPlane;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The node's gRPC server: blobs, control, health and reflection on one port.
public final class NodeServer {
  private static final int MAX_CALLS_PER_CONNECTION = 1024;
  private static final int READ_CHUNKS = 128;
  private static final Duration SHORTEST_KEEP_ALIVE = Duration.ofSeconds(5);

  /// What the adapters adapt.
  ///
  /// @param zone as it was configured
  public record Parts(
      Membership membership, NodeBlobs blobs, Peers peers, ReadRepair repair, String zone) {}

  private final Server server;
  private final HealthStatusManager health;
  private final Calls calls;
  private final ExecutorService callbacks;

  private NodeServer(
      Server server, HealthStatusManager health, Calls calls, ExecutorService callbacks) {
    this.server = server;
    this.health = health;
    this.calls = calls;
    this.callbacks = callbacks;
  }

  /// Listens. NOT_SERVING until `serving` is called.
  ///
  /// @throws IOException when the address cannot be bound
  public static NodeServer start(InetSocketAddress address, Parts parts, MeterRegistry metrics)
      throws IOException {
    Calls calls = new Calls();
    HealthStatusManager health = new HealthStatusManager();
    ExecutorService callbacks =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("grpc-", 0).factory());
    Server server =
        NettyServerBuilder.forAddress(address)
            .executor(callbacks)
            .maxInboundMessageSize(DataPlane.MAX_MESSAGE_BYTES)
            .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
            .permitKeepAliveTime(SHORTEST_KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(intercepted(blobService(parts, calls), metrics))
            .addService(intercepted(nodeService(parts, calls), metrics))
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .build();
    NodeServer node = new NodeServer(server, health, calls, callbacks);
    node.setHealth(ServingStatus.NOT_SERVING);
    try {
      server.start();
    } catch (IOException taken) {
      node.stop(Duration.ZERO);
      throw new IOException(
          "port %d of %s cannot be used: %s"
              .formatted(address.getPort(), address.getHostString(), rootMessage(taken)),
          taken);
    }
    return node;
  }

  private static String rootMessage(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? String.valueOf(failure.getMessage()) : rootMessage(cause);
  }

  private static ServerServiceDefinition intercepted(
      ServerServiceDefinition service, MeterRegistry metrics) {
    return ServerInterceptors.intercept(
        service, new FailureInterceptor(), new CallMetrics(metrics));
  }

  private static ServerServiceDefinition blobService(Parts parts, Calls calls) {
    NodeBlobs blobs = parts.blobs();
    EpochGate gate = new EpochGate(parts.membership());
    return new BlobEndpoint(
            blobs,
            gate,
            new PutCalls(blobs, gate, calls),
            new GetCalls(blobs.store(), gate, parts.repair(), new ChunkPool(READ_CHUNKS), calls),
            new ListCalls(blobs.store(), gate, calls))
        .definition();
  }

  private static ServerServiceDefinition nodeService(Parts parts, Calls calls) {
    Membership membership = parts.membership();
    EpochGate gate = new EpochGate(membership);
    ArcSync arcSync = new ArcSync(membership.nodeId(), parts.blobs(), parts.peers());
    String instance = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return new NodeEndpoint(
            membership,
            new Description(membership, parts.blobs(), parts.zone(), instance),
            gate,
            new MissingRecords(membership, parts.blobs()),
            new Purge(membership, parts.blobs()),
            new SyncCalls(arcSync, gate, calls),
            calls)
        .bindService();
  }

  /// The port that was bound.
  public int port() {
    return server.getPort();
  }

  /// From now on health says SERVING.
  public void serving() {
    setHealth(ServingStatus.SERVING);
  }

  private void setHealth(ServingStatus status) {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(BlobServiceGrpc.SERVICE_NAME, status);
  }

  /// Says NOT_SERVING, takes no new calls, waits for those under way, then breaks them off.
  public void stop(Duration patience) {
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        server.shutdownNow();
        server.awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException _) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    calls.stop(Duration.ofSeconds(2));
    callbacks.shutdown();
  }
}
