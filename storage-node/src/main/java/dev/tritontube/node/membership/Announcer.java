package dev.tritontube.node.membership;

import dev.tritontube.node.peers.Announcement;
import dev.tritontube.node.peers.Peers;
import dev.tritontube.ring.LayoutNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the peers of the last known layout, after a start, where this node is now: its address may
/// have changed. Tries for some minutes, then leaves it to the authority to find the node.
public final class Announcer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
  private static final int ATTEMPTS = 12;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Thread thread;

  private Announcer(Thread thread) {
    this.thread = thread;
  }

  /// Starts telling, in the background.
  ///
  /// @param address `host:port` under which this node can be reached
  public static Announcer start(Membership membership, Peers peers, String address) {
    List<LayoutNode> others =
        membership.layout().stream()
            .flatMap(layout -> layout.nodes().stream())
            .filter(node -> !node.id().equals(membership.nodeId()))
            .toList();
    Announcement announcement =
        new Announcement(membership.nodeId(), membership.clusterId().orElse(""), address);
    return new Announcer(
        Thread.ofVirtual()
            .name("announcer")
            .start(() -> tell(new ArrayList<>(others), peers, announcement)));
  }

  private static void tell(List<LayoutNode> left, Peers peers, Announcement announcement) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; !left.isEmpty() && attempt <= ATTEMPTS; attempt++) {
      left.removeIf(node -> told(node, peers, announcement));
      if (!left.isEmpty() && !slept(pause)) {
        return;
      }
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
    if (!left.isEmpty()) {
      LOG.info(
          "not announced to {}: not reachable", left.stream().map(LayoutNode::address).toList());
    }
  }

  private static boolean told(LayoutNode node, Peers peers, Announcement announcement) {
    try {
      peers.at(node.address()).announce(announcement);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
