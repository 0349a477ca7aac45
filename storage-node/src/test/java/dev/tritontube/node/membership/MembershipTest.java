package dev.tritontube.node.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.node.peers.Announcement;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.NodeState;
import dev.tritontube.ring.Solver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembershipTest {
  private final Path folder;
  private final FixedIdentity identity = new FixedIdentity();
  private final AtomicInteger serving = new AtomicInteger();

  MembershipTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void joinsTheClusterOfItsFirstLayoutAndServes() throws IOException {
    Membership membership = load();
    assertFalse(membership.serving());
    assertInstanceOf(EpochCheck.NodeUnready.class, membership.check(1));

    assertEquals(new Installation.Done(1), membership.install(layout(1).encode()));

    assertTrue(membership.serving());
    assertEquals(1, serving.get());
    assertEquals(Optional.of("cluster"), identity.clusterId());
    assertInstanceOf(EpochCheck.Current.class, membership.check(1));
    assertEquals(new EpochCheck.CallerStale(1), membership.check(0));
    assertInstanceOf(EpochCheck.NodeUnready.class, membership.check(2));
  }

  @Test
  void knowsItsLayoutAfterAStartButServesOnlyWhenGivenOne() throws IOException {
    load().install(layout(2).encode());

    Membership again = load();

    assertEquals(2, again.epoch());
    assertFalse(again.serving());
    assertInstanceOf(EpochCheck.NodeUnready.class, again.check(2));
    assertEquals(new EpochCheck.CallerStale(2), again.check(1));
    assertEquals(new Installation.Done(2), again.install(layout(1).encode()));
    assertFalse(again.serving());
    assertEquals(new Installation.Done(2), again.install(layout(2).encode()));
    assertTrue(again.serving());
  }

  @Test
  void keepsTheLastThreeAndPassesOverDamagedFiles() throws IOException {
    Membership membership = load();
    for (int epoch = 1; epoch <= 12; epoch++) {
      membership.install(layout(epoch).encode());
    }
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.sorted().toList();
    }
    assertEquals(3, files.size());

    Files.write(files.getLast(), new byte[] {1, 2, 3});

    assertEquals(11, load().epoch());
  }

  @Test
  void refusesConflictsForeignersAndRubbish() throws IOException {
    Membership membership = load();
    membership.install(layout(1).encode());

    Layout other = Solver.first("cluster", 6, 2, nodes(4));
    assertEquals(new Installation.Conflict(1), membership.install(other.encode()));
    Layout foreign = Solver.first("other", 6, 2, nodes(3));
    assertEquals(
        new Installation.WrongCluster("cluster", "other"), membership.install(foreign.encode()));
    assertInstanceOf(Installation.NotALayout.class, membership.install(new byte[7]));
    assertEquals(1, membership.epoch());
  }

  @Test
  void remembersWhereMembersSayTheyAre() throws IOException {
    Membership membership = load();
    membership.install(layout(1).encode());
    Announcement member = new Announcement(id(2), "cluster", "127.0.0.1:77");

    membership.heard(new Announcement(id(2), "cluster", "127.0.0.1:66"));
    membership.heard(member);
    membership.heard(new Announcement(id(9), "cluster", "127.0.0.1:99"));
    membership.heard(new Announcement(id(3), "other", "127.0.0.1:99"));

    assertEquals(List.of(member), membership.announced());
  }

  private Membership load() throws IOException {
    return Membership.load(identity, folder, serving::incrementAndGet);
  }

  private static Layout layout(int epoch) {
    Layout layout = Solver.first("cluster", 6, 2, nodes(3));
    for (int i = 1; i < epoch; i++) {
      layout = layout.withNodes(layout.nodes());
    }
    return layout;
  }

  private static List<LayoutNode> nodes(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> new LayoutNode(id(n), "127.0.0.1:" + n, "zone", 1, NodeState.ACTIVE))
        .toList();
  }

  private static NodeId id(int number) {
    return new NodeId("%016x".formatted(number));
  }

  private static final class FixedIdentity implements NodeIdentity {
    private Optional<String> cluster = Optional.empty();

    @Override
    public NodeId nodeId() {
      return id(1);
    }

    @Override
    public Optional<String> clusterId() {
      return cluster;
    }

    @Override
    public void join(String clusterId) {
      cluster = Optional.of(clusterId);
    }
  }
}
