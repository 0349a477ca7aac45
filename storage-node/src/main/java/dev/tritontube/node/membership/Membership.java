package dev.tritontube.node.membership;

import dev.tritontube.node.peers.Announcement;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/// The node's place in its cluster: identity, known layouts, and whether it serves. Thread-safe.
public final class Membership {
  /// One state of knowledge.
  ///
  /// @param layouts oldest first
  private record Known(List<Layout> layouts, boolean serving) {
    Optional<Layout> newest() {
      return layouts.isEmpty() ? Optional.empty() : Optional.of(layouts.getLast());
    }

    long epoch() {
      return newest().map(Layout::epoch).orElse(0L);
    }

    Optional<Layout> of(long epoch) {
      return layouts.stream().filter(layout -> layout.epoch() == epoch).findFirst();
    }
  }

  private final NodeIdentity identity;
  private final LayoutFolder folder;
  private final Runnable onServing;
  private final Map<NodeId, Announcement> announced = new ConcurrentHashMap<>();

  /// Shared by writes of blobs while they are made durable; exclusive for `install`, which writes
  /// `known`. Fair, so that a stream of writes does not keep a layout out.
  private final ReadWriteLock epochLock = new ReentrantReadWriteLock(true);

  private volatile Known known;

  private Membership(NodeIdentity identity, LayoutFolder folder, Known known, Runnable onServing) {
    this.identity = identity;
    this.folder = folder;
    this.known = known;
    this.onServing = onServing;
  }

  /// @param folder where the layouts are kept
  /// @param onServing runs once, when this process has been given its first layout
  public static Membership load(NodeIdentity identity, Path folder, Runnable onServing)
      throws IOException {
    LayoutFolder layouts = new LayoutFolder(folder);
    return new Membership(identity, layouts, new Known(layouts.load(), false), onServing);
  }

  public NodeId nodeId() {
    return identity.nodeId();
  }

  public Optional<String> clusterId() {
    return identity.clusterId();
  }

  /// The newest layout known.
  public Optional<Layout> layout() {
    return known.newest();
  }

  /// The newest epoch known; 0 before the first.
  public long epoch() {
    return known.epoch();
  }

  /// True once an authority has given this process a layout that is not older than what it knew.
  public boolean serving() {
    return known.serving();
  }

  /// Compares the epoch of a call on the data plane with this node's.
  public EpochCheck check(long callerEpoch) {
    Known now = known;
    if (callerEpoch < now.epoch()) {
      return new EpochCheck.CallerStale(now.epoch());
    }
    if (callerEpoch > now.epoch()) {
      return new EpochCheck.NodeUnready(
          "the call has epoch " + callerEpoch + ", this node knows " + now.epoch());
    }
    if (!now.serving()) {
      return new EpochCheck.NodeUnready("this node was not given a layout since it started");
    }
    return new EpochCheck.Current(now.newest().orElseThrow());
  }

  /// To be held from the check of a write's epoch until the write is durable: once `install` has
  /// returned, no write of an older epoch is still to come.
  public Lock writing() {
    return epochLock.readLock();
  }

  /// Takes a layout from an authority. Durable when it returns `Done`; from then on older epochs
  /// are refused.
  ///
  /// @throws IOException when it cannot be made durable; nothing has changed then
  public Installation install(byte[] encoded) throws IOException {
    Layout layout;
    try {
      layout = Layout.decode(encoded);
    } catch (IllegalArgumentException damaged) {
      return new Installation.NotALayout(String.valueOf(damaged.getMessage()));
    }
    Optional<String> own = identity.clusterId();
    if (own.isPresent() && !own.get().equals(layout.clusterId())) {
      return new Installation.WrongCluster(own.get(), layout.clusterId());
    }
    return install(layout, encoded);
  }

  private Installation install(Layout layout, byte[] encoded) throws IOException {
    boolean served;
    Installation result;
    epochLock.writeLock().lock();
    try {
      served = known.serving();
      result = installAlone(layout, encoded);
    } finally {
      epochLock.writeLock().unlock();
    }
    if (!served && known.serving()) {
      onServing.run();
    }
    return result;
  }

  private Installation installAlone(Layout layout, byte[] encoded) throws IOException {
    Optional<Layout> same = known.of(layout.epoch());
    if (same.isPresent() && !Arrays.equals(same.get().encode(), encoded)) {
      return new Installation.Conflict(layout.epoch());
    }
    if (layout.epoch() > known.epoch()) {
      remember(layout);
    } else if (layout.epoch() == known.epoch()) {
      known = new Known(known.layouts(), true);
    }
    return new Installation.Done(known.epoch());
  }

  private void remember(Layout layout) throws IOException {
    if (identity.clusterId().isEmpty()) {
      identity.join(layout.clusterId());
    }
    folder.add(layout);
    List<Layout> old = known.layouts();
    List<Layout> kept = old.subList(Math.max(0, old.size() - LayoutFolder.KEPT + 1), old.size());
    known = new Known(Stream.concat(kept.stream(), Stream.of(layout)).toList(), true);
  }

  /// Remembers, until this process ends, where a node of this cluster says that it is. What a node
  /// says that is in no layout, or belongs to another cluster, is passed over.
  public void heard(Announcement announcement) {
    boolean member =
        layout().flatMap(layout -> layout.node(announcement.node())).isPresent()
            && clusterId().equals(Optional.of(announcement.clusterId()));
    if (member) {
      announced.put(announcement.node(), announcement);
    }
  }

  /// What was heard, the latest of each node.
  public List<Announcement> announced() {
    return List.copyOf(announced.values());
  }
}
