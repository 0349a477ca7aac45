package dev.tritontube.web.cluster;

import dev.tritontube.ring.ArcSet;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Storage nodes in memory, with their promises: durable layouts, arc-sync, records of what others
/// miss. Thread-safe.
final class FakeNodes implements NodeControl {
  private final Map<String, FakeNode> byAddress = new LinkedHashMap<>();
  private int callsUntilDeath = Integer.MAX_VALUE;

  /// Told the address of a node that is to synchronise; may keep it waiting.
  volatile Consumer<String> beforeSync = _ -> {};

  /// The caller's process was killed: the call may have happened.
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  static final class FakeNode {
    final NodeId id;
    String address;
    @Nullable Layout layout;
    boolean up = true;
    boolean serving;
    int instance;
    NodeDescription.Disk disk = NodeDescription.Disk.OK;
    Optional<String> cluster = Optional.empty();
    final Set<BlobKey> blobs = new HashSet<>();
    final Set<MissingReplica> notes = new LinkedHashSet<>();
    final List<NodeDescription.Announcement> announced = new ArrayList<>();

    FakeNode(NodeId id, String address) {
      this.id = id;
      this.address = address;
    }

    long epoch() {
      return layout == null ? 0 : layout.epoch();
    }
  }

  synchronized FakeNode node(int number) {
    String address = "127.0.0.1:" + (9100 + number);
    return byAddress.computeIfAbsent(
        address, _ -> new FakeNode(new NodeId("%016x".formatted(number)), address));
  }

  synchronized void restart(FakeNode node, String address) {
    byAddress.remove(node.address);
    byAddress.put(address, node);
    node.address = address;
    node.up = true;
    node.serving = false;
    node.instance++;
  }

  /// Somebody starts a copy of a node's data folder elsewhere.
  synchronized void copy(FakeNode node, String address) {
    FakeNode twin = new FakeNode(node.id, address);
    twin.cluster = node.cluster;
    twin.instance = node.instance + 1;
    byAddress.put(address, twin);
  }

  synchronized FakeNode at(String address) {
    return Objects.requireNonNull(byAddress.get(address));
  }

  /// From now on the caller is killed at its n-th call.
  synchronized void killCallerAfter(int calls) {
    callsUntilDeath = calls;
  }

  /// A write as the web tier does it.
  ///
  /// @return whether it was acknowledged
  synchronized boolean put(Layout layout, BlobKey key) {
    int arc = layout.arcOf(key);
    List<FakeNode> took = new ArrayList<>();
    List<FakeNode> missed = new ArrayList<>();
    Set<LayoutNode> owners = new HashSet<>(layout.owners(arc));
    owners.addAll(layout.nextOwners(arc));
    for (LayoutNode owner : owners) {
      FakeNode node = byAddress.get(owner.address());
      boolean takes = node != null && node.up && node.serving && node.epoch() == layout.epoch();
      if (node != null) {
        (takes ? took : missed).add(node);
      }
    }
    took.forEach(node -> node.blobs.add(key));
    for (FakeNode node : took) {
      missed.forEach(other -> node.notes.add(new MissingReplica(key, other.id, false, 0)));
    }
    return enough(layout, layout.owners(arc), took) && enough(layout, layout.nextOwners(arc), took);
  }

  private static boolean enough(Layout layout, List<LayoutNode> owners, List<FakeNode> took) {
    return owners.stream()
            .filter(owner -> took.stream().anyMatch(n -> n.id.equals(owner.id())))
            .count()
        >= WriteQuorum.of(layout);
  }

  @Override
  public synchronized NodeDescription describe(String address) throws NodeCallException {
    FakeNode node = called(address);
    long hints = node.notes.stream().filter(MissingReplica::hint).count();
    return new NodeDescription(
        node.id,
        node.cluster,
        "default",
        node.id + "-" + node.instance,
        node.epoch(),
        node.serving,
        new NodeDescription.Contents(
            node.disk,
            1L << 30,
            node.blobs.size(),
            node.blobs.size() * 10L,
            node.notes.size() - hints,
            hints),
        node.announced);
  }

  @Override
  public synchronized void install(String address, Layout layout) throws NodeCallException {
    FakeNode node = called(address);
    if (node.cluster.isPresent() && !node.cluster.get().equals(layout.clusterId())) {
      throw failure("WRONG_CLUSTER", address);
    }
    Layout known = node.layout;
    if (known != null && known.epoch() == layout.epoch() && !layout.equals(known)) {
      throw failure("LAYOUT_CONFLICT", address);
    }
    node.cluster = Optional.of(layout.clusterId());
    node.serving = true;
    if (node.epoch() < layout.epoch()) {
      node.layout = layout;
    }
  }

  @Override
  public synchronized Optional<Layout> layout(String address) throws NodeCallException {
    return Optional.ofNullable(called(address).layout);
  }

  @Override
  public SyncProgress sync(String address, ArcSet arcs, long epoch, Consumer<SyncProgress> progress)
      throws NodeCallException {
    beforeSync.accept(address);
    SyncProgress end = syncNow(address, arcs, epoch);
    progress.accept(end);
    return end;
  }

  private synchronized SyncProgress syncNow(String address, ArcSet arcs, long epoch)
      throws NodeCallException {
    FakeNode node = called(address);
    Layout layout = node.layout;
    if (layout == null || layout.epoch() != epoch) {
      throw failure("STALE_RING", address);
    }
    Set<NodeId> unreachable = new HashSet<>();
    long copied = 0;
    for (LayoutNode other : layout.nodes()) {
      FakeNode source = byAddress.get(other.address());
      if (source == null || !source.up) {
        unreachable.add(other.id());
      } else if (source != node) {
        for (BlobKey key : source.blobs) {
          if (arcs.contains(layout.arcOf(key)) && node.blobs.add(key)) {
            copied++;
          }
        }
      }
    }
    return new SyncProgress(arcs.size(), arcs.size(), copied, copied * 10, 0, 0, unreachable);
  }

  @Override
  public synchronized void purgeUnowned(String address, long epoch) throws NodeCallException {
    FakeNode node = called(address);
    Layout layout = node.layout;
    if (layout == null || layout.epoch() != epoch) {
      throw failure("STALE_RING", address);
    }
    if (node.disk == NodeDescription.Disk.FAILED) {
      throw failure("DISK_FAILED", address);
    }
    node.blobs.removeIf(
        key ->
            !layout.owns(node.id, layout.arcOf(key))
                && node.notes.stream().noneMatch(note -> note.hint() && note.key().equals(key)));
  }

  @Override
  public synchronized List<MissingReplica> missing(
      String address, Optional<NodeId> other, int atMost) throws NodeCallException {
    return called(address).notes.stream()
        .filter(note -> other.isEmpty() || other.get().equals(note.node()))
        .limit(atMost)
        .toList();
  }

  @Override
  public synchronized void clearMissing(String address, Collection<MissingReplica> replicas)
      throws NodeCallException {
    FakeNode node = called(address);
    node.notes.removeAll(Set.copyOf(replicas));
  }

  @Override
  public synchronized boolean holds(String address, BlobKey key, long epoch)
      throws NodeCallException {
    return called(address).blobs.contains(key);
  }

  private FakeNode called(String address) throws NodeCallException {
    if (callsUntilDeath-- <= 0) {
      throw new Killed();
    }
    FakeNode node = byAddress.get(address);
    if (node == null || !node.up) {
      throw failure(GrpcNodeControl.UNREACHABLE, address);
    }
    return node;
  }

  private static NodeCallException failure(String code, String address) {
    return new NodeCallException(code, "node " + address + ": " + code, new RuntimeException(code));
  }
}
