package dev.tritontube.web.blobs;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.Solver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Some fake nodes under a real layout, and the client that a test examines.
final class FakeRing implements AutoCloseable, Layouts {
  private static final int ARC_BITS = 6;

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final NodeChannels channels = new NodeChannels();
  final NodeHealth health = new NodeHealth(channels, this, meters, InstantSource.system());
  final RingBlobs blobs = new RingBlobs(this, channels, health, meters, new Random(1));
  private final Map<NodeId, FakeNode> nodes = new HashMap<>();
  private volatile Layout layout;
  private volatile @Nullable Layout newer;

  FakeRing(int count) {
    List<FakeNode> started = IntStream.rangeClosed(1, count).mapToObj(FakeNode::new).toList();
    started.forEach(node -> nodes.put(node.id, node));
    layout = Solver.first("cluster", ARC_BITS, 3, layoutNodes());
  }

  private List<LayoutNode> layoutNodes() {
    return nodes.values().stream()
        .map(FakeNode::layoutNode)
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .toList();
  }

  /// Adds a node, and makes the joint layout of that change the current one.
  FakeNode beginToAddNode() {
    FakeNode added = new FakeNode(nodes.size() + 1);
    nodes.put(added.id, added);
    layout = Solver.plan(layout, layoutNodes()).steps().getFirst().joint();
    return added;
  }

  /// The authority has this layout, and the client learns of it when it asks.
  void publish(Layout next) {
    newer = next;
  }

  @Override
  public Layout current() {
    return layout;
  }

  @Override
  public Layout refresh(long atLeastEpoch) throws IOException {
    Layout known = newer;
    if (known == null || known.epoch() < atLeastEpoch) {
      throw new IOException("no such epoch");
    }
    layout = known;
    return known;
  }

  List<FakeNode> all() {
    return List.copyOf(nodes.values());
  }

  List<FakeNode> owners(BlobKey key) {
    return fakes(layout.owners(layout.arcOf(key)));
  }

  List<FakeNode> nextOwners(BlobKey key) {
    return fakes(layout.nextOwners(layout.arcOf(key)));
  }

  List<FakeNode> fallbacks(BlobKey key) {
    return fakes(layout.fallbacks(layout.arcOf(key)));
  }

  private List<FakeNode> fakes(List<LayoutNode> members) {
    List<FakeNode> fakes = new ArrayList<>();
    for (LayoutNode member : members) {
      FakeNode fake = nodes.get(member.id());
      if (fake == null) {
        throw new IllegalStateException("no node " + member.id());
      }
      fakes.add(fake);
    }
    return fakes;
  }

  /// A key in an arc that is moving.
  BlobKey movingKey() {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> new BlobKey("a/moving/" + i))
        .filter(key -> layout.isMoving(layout.arcOf(key)))
        .findFirst()
        .orElseThrow();
  }

  /// Puts a blob on every owner without the client.
  void place(BlobKey key, byte[] bytes) {
    owners(key).forEach(node -> node.blobs.put(key.value(), bytes));
  }

  /// All that a stream gives.
  static byte[] readAll(BlobStream stream) throws BlobException {
    ByteBuffer all = ByteBuffer.allocate((int) stream.blobLength());
    for (ByteBuffer chunk = stream.next(); chunk != null; chunk = stream.next()) {
      all.put(chunk);
    }
    byte[] bytes = new byte[all.flip().remaining()];
    all.get(bytes);
    return bytes;
  }

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  double count(String counter) {
    return meters.counter("tritontube.ring." + counter).count();
  }

  @Override
  public void close() throws InterruptedException {
    health.close();
    for (FakeNode node : nodes.values()) {
      node.close();
    }
    channels.close();
  }
}
