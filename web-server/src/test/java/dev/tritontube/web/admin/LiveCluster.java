package dev.tritontube.web.admin;

import dev.tritontube.node.NodeConfig;
import dev.tritontube.node.RunningNode;
import dev.tritontube.proto.admin.v1.AdminServiceGrpc;
import dev.tritontube.proto.admin.v1.BackupServiceGrpc;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.backups.Backups;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.blobs.NodeChannels;
import dev.tritontube.web.blobs.NodeHealth;
import dev.tritontube.web.blobs.RingBlobs;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.cluster.Cluster;
import dev.tritontube.web.jobs.FakeJobWork;
import dev.tritontube.web.jobs.Jobs;
import dev.tritontube.web.packaging.SandboxState;
import dev.tritontube.web.sandbox.Protection;
import dev.tritontube.web.steering.Steering;
import dev.tritontube.web.workers.Worker;
import dev.tritontube.web.workers.Workers;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Real storage nodes and a web server's cluster, blobs and admin service, in this process, on free
/// ports.
public final class LiveCluster implements AutoCloseable {
  static final String KEY = "the-key";
  private static final long MIB = 1 << 20;

  private final Path folder;
  private final Map<Integer, RunningNode> nodes = new TreeMap<>();
  private final Map<Integer, Integer> ports = new HashMap<>();
  private final RandomGenerator random = new SecureRandom();
  private @Nullable Web web;

  /// What a web server process has of it.
  private record Web(
      Database database,
      NodeChannels channels,
      Cluster cluster,
      NodeHealth health,
      Blobs blobs,
      Steering steering,
      Backups copies,
      AdminServer admin,
      ManagedChannel channel)
      implements AutoCloseable {
    @Override
    public void close() {
      channel.shutdownNow();
      admin.close();
      copies.close();
      health.close();
      cluster.close();
      channels.close();
      database.close();
    }
  }

  public LiveCluster(Path folder, int count) throws Exception {
    this.folder = folder;
    for (int i = 1; i <= count; i++) {
      startNode(i);
    }
    startWeb();
  }

  public void startNode(int number) throws IOException {
    RunningNode node =
        RunningNode.start(
            new NodeConfig(
                "127.0.0.1",
                ports.getOrDefault(number, 0),
                folder.resolve("node-" + number),
                "default",
                512 * MIB,
                64 * MIB,
                64 * MIB,
                0,
                Optional.empty()));
    nodes.put(number, node);
    ports.put(number, node.port());
  }

  void stopNode(int number) {
    RunningNode node = nodes.remove(number);
    if (node != null) {
      node.close();
    }
  }

  public String address(int number) {
    return "127.0.0.1:" + ports.get(number);
  }

  /// What was written down.
  final List<String> acts = new CopyOnWriteArrayList<>();

  /// On a machine whose kernel confines files alone.
  static final Worker WORKER =
      new Worker(
          "w1",
          "encoder",
          new SandboxState(new Protection(true, false, false, false), 3, true, ""));

  void startWeb() throws Exception {
    InstantSource clock = InstantSource.system();
    Database database = TestCatalog.open(folder);
    NodeChannels channels = new NodeChannels();
    Cluster cluster = new Cluster(database.jdbi(), channels::control, clock, random);
    List<String> first = IntStream.rangeClosed(1, nodes.size()).mapToObj(this::address).toList();
    cluster.start(first);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    NodeHealth health = new NodeHealth(channels, cluster.layouts(), meters, clock);
    health.start(Duration.ofMillis(500));
    Blobs blobs = new RingBlobs(cluster.layouts(), channels, health, meters, random);
    Jobs jobs = new Jobs(database, new FakeJobWork());
    Workers workers = new Workers(database, clock);
    workers.beat(WORKER);
    Steering steering = new Steering(cluster, health::snapshot, jobs::counts, workers::all, clock);
    Backups copies =
        new Backups(
            new Backups.Ground(database, blobs, cluster.layouts(), random, clock), Duration.ZERO);
    AdminServer admin =
        AdminServer.start(
            new InetSocketAddress("127.0.0.1", 0),
            new Door(new AdminKey(KEY), (action, target) -> acts.add(action + " " + target)),
            steering,
            jobs,
            copies);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", admin.port()).usePlaintext().build();
    web = new Web(database, channels, cluster, health, blobs, steering, copies, admin, channel);
  }

  void stopWeb() {
    if (web != null) {
      web.close();
      web = null;
    }
  }

  private Web web() {
    if (web == null) {
      throw new IllegalStateException("the web server is not running");
    }
    return web;
  }

  public Database database() {
    return web().database();
  }

  public Cluster cluster() {
    return web().cluster();
  }

  public Steering steering() {
    return web().steering();
  }

  public int adminPort() {
    return web().admin().port();
  }

  AdminServiceGrpc.AdminServiceBlockingStub admin(String key) {
    return AdminServiceGrpc.newBlockingStub(web().channel())
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .withInterceptors(bearer(key));
  }

  private static ClientInterceptor bearer(String key) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  AdminServiceGrpc.AdminServiceBlockingStub admin() {
    return admin(KEY);
  }

  public Backups copies() {
    return web().copies();
  }

  BackupServiceGrpc.BackupServiceBlockingStub backups() {
    return BackupServiceGrpc.newBlockingStub(web().channel())
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .withInterceptors(bearer(KEY));
  }

  public void put(int number) throws IOException {
    web().blobs().put(key(number), ByteBuffer.wrap(bytes(number)));
  }

  public static BlobKey key(int number) {
    return new BlobKey("a/blob-" + number);
  }

  byte[] read(int number) throws IOException {
    try (BlobStream stream = web().blobs().open(key(number), 0, -1)) {
      ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(stream.blobLength()));
      for (ByteBuffer next = stream.next(); next != null; next = stream.next()) {
        all.put(next);
      }
      return all.array();
    }
  }

  static byte[] bytes(int number) {
    byte[] bytes = new byte[3000 + number];
    new Random(number).nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    stopWeb();
    List.copyOf(nodes.keySet()).forEach(this::stopNode);
  }
}
