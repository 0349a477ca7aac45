package dev.tritontube.web.cluster;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.web.blobs.Layouts;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A cluster whose catalog is lost: its nodes still know who they are and the last layouts, and
/// hold their blobs. Thread-safe.
///
/// Which layout counts: a change of layout goes on only when fewer than W nodes lack its layout. So
/// of the nodes that are heard, when fewer than W are not, one knows every layout by which a write
/// can have been acknowledged, and the newest that is known to one is taken. A still newer one may
/// have been published and reached fewer than W nodes; its epoch is passed over, with many more, so
/// that there are never two layouts with one epoch.
public final class LostCluster implements Layouts {
  private static final Logger LOG = LoggerFactory.getLogger(LostCluster.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// More epochs than can have been published without being told to the nodes that are heard.
  private static final int PASSED_OVER = 1000;

  private final NodeControl control;
  private final InstantSource clock;
  private volatile Layout newest;

  private LostCluster(NodeControl control, InstantSource clock, Layout newest) {
    this.control = control;
    this.clock = clock;
    this.newest = newest;
  }

  /// Looks whether nodes belong to a cluster, of which the catalog knows nothing.
  ///
  /// @param addresses some nodes; not looked at when the catalog knows a cluster
  /// @param channels the connection for control calls to the node at an address
  /// @return empty when the catalog knows a cluster, or not all of the nodes that answer within 30
  ///   s belong to one and the same
  public static Optional<LostCluster> find(
      Jdbi catalog,
      List<String> addresses,
      Function<String, ManagedChannel> channels,
      InstantSource clock)
      throws InterruptedException {
    return new LayoutStore(catalog, clock).newestEpoch() > 0
        ? Optional.empty()
        : find(addresses, new GrpcNodeControl(channels), clock, Thread::sleep);
  }

  static Optional<LostCluster> find(
      List<String> addresses, NodeControl control, InstantSource clock, Pause pause)
      throws InterruptedException {
    NodeDoor door = new NodeDoor(control, clock, pause);
    Set<Optional<String>> clusters =
        Fan.out(addresses, address -> cluster(door, address)).stream()
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    if (clusters.size() != 1 || clusters.contains(Optional.<String>empty())) {
      return Optional.empty();
    }
    return newest(control, addresses).map(layout -> new LostCluster(control, clock, layout));
  }

  /// The cluster that a node belongs to, if any; empty when it does not answer.
  private static Optional<Optional<String>> cluster(NodeDoor door, String address) {
    try {
      return Optional.of(door.knock(address, PATIENCE).clusterId());
    } catch (ClusterException e) {
      LOG.info("{}", e.getMessage());
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// The newest layout that these nodes, or those of the layouts that they know, know.
  private static Optional<Layout> newest(NodeControl control, Collection<String> addresses)
      throws InterruptedException {
    Set<String> asked = new LinkedHashSet<>();
    List<Layout> known = new ArrayList<>();
    Set<String> toAsk = new LinkedHashSet<>(addresses);
    while (!toAsk.isEmpty()) {
      asked.addAll(toAsk);
      Fan.out(toAsk, address -> layout(control, address)).stream()
          .flatMap(Optional::stream)
          .forEach(known::add);
      toAsk =
          known.stream()
              .flatMap(layout -> layout.nodes().stream())
              .map(LayoutNode::address)
              .filter(address -> !asked.contains(address))
              .collect(Collectors.toCollection(LinkedHashSet::new));
    }
    return known.stream().max(Comparator.comparingLong(Layout::epoch));
  }

  private static Optional<Layout> layout(NodeControl control, String address) {
    try {
      return control.layout(address);
    } catch (NodeCallException e) {
      LOG.info("{}", e.getMessage());
      return Optional.empty();
    }
  }

  /// The newest layout that was heard of.
  @Override
  public Layout current() {
    return newest;
  }

  @Override
  public Layout refresh(long atLeastEpoch) throws IOException {
    Layout layout = newest;
    if (layout.epoch() < atLeastEpoch) {
      throw new IOException(
          "the nodes know no layout of epoch "
              + atLeastEpoch
              + ", the newest is "
              + layout.epoch());
    }
    return layout;
  }

  /// Gives the newest layout to all nodes that can be reached, so that they serve by it.
  ///
  /// @throws ClusterException `too_few_nodes` when so many cannot that they may know a newer one
  public void serve() throws ClusterException, InterruptedException {
    Layout found =
        newest(control, newest.nodes().stream().map(LayoutNode::address).toList()).orElse(newest);
    newest = found;
    List<String> silent =
        Fan.out(found.nodes(), node -> give(node, found)).stream()
            .flatMap(Optional::stream)
            .toList();
    if (silent.size() > WriteQuorum.dispensable(found)) {
      throw ClusterException.refused(
          "too_few_nodes",
          silent.size()
              + " of "
              + found.nodes().size()
              + " storage nodes cannot be reached, which may know more: start them first: "
              + String.join("; ", silent));
    }
  }

  private Optional<String> give(LayoutNode node, Layout layout) {
    try {
      control.install(node.address(), layout);
      return Optional.empty();
    } catch (NodeCallException e) {
      return Optional.of(e.getMessage());
    }
  }

  /// Whether somebody has made a catalog that of a cluster.
  public boolean isIn(Jdbi catalog) {
    return new LayoutStore(catalog, clock).newestEpoch() > 0;
  }

  /// Makes an empty catalog that of this cluster: the layout is the newest, without the change that
  /// was under way, whose old owners have everything; all nodes are compared with each other anew;
  /// and who left since may not come back with its data.
  ///
  /// @param transaction in which the catalog is filled
  /// @param before nodes of the layout when the catalog's copy was made
  /// @return the new layout
  public Layout enter(Handle transaction, Jdbi catalog, Collection<NodeId> before) {
    Layout found = newest;
    Layout next = found.settledBack(found.epoch() + PASSED_OVER);
    ChangeStore.giveUp(transaction, "given up when the catalog was restored", clock.instant());
    new LayoutStore(catalog, clock).beginWith(transaction, next);
    for (NodeId node : before) {
      if (next.node(node).isEmpty()) {
        NodeStore.giveUp(transaction, node, next.epoch(), clock.instant());
      }
    }
    return next;
  }
}
