package dev.tritontube.web.steering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.NodeState;
import dev.tritontube.ring.Solver;
import dev.tritontube.web.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingDocumentTest {
  private static List<LayoutNode> nodes(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new LayoutNode(
                    new NodeId("%016x".formatted(i)),
                    "10.0.0." + i + ":9101",
                    "zone-" + i % 3,
                    1L << 40,
                    NodeState.ACTIVE))
        .toList();
  }

  private static Layout layout(int count) {
    return Solver.first("cluster", 14, 3, nodes(count));
  }

  private static RingDocument document(Layout layout) {
    return RingDocument.of(new RingReport(layout, RingReport.shares(layout), Optional.empty()));
  }

  @Test
  void saysWhoOwnsEachArc() {
    Layout layout = layout(5);
    RingDocument ring = document(layout);
    for (int arc = 0; arc < layout.arcs(); arc++) {
      List<String> owners = new ArrayList<>();
      for (int i = 0; i < ring.replicas(); i++) {
        owners.add(ring.nodes().get(ring.owners()[arc * ring.replicas() + i]).id());
      }
      assertEquals(layout.owners(arc).stream().map(node -> node.id().value()).toList(), owners);
    }
    assertEquals(List.of(), ring.moves());
    assertEquals(3 * 16384, ring.nodes().stream().mapToInt(RingDocument.Share::arcs).sum());
  }

  @Test
  void saysWhatMovesFromWhereToWhere() {
    Layout joint = Solver.plan(layout(3), nodes(4)).steps().getFirst().joint();
    RingDocument ring = document(joint);
    assertTrue(ring.joint());
    int moving = 0;
    for (RingDocument.Move move : ring.moves()) {
      for (int arc : move.arcs()) {
        LayoutNode from = joint.nodes().get(move.from());
        LayoutNode to = joint.nodes().get(move.to());
        assertTrue(joint.owners(arc).contains(from) && !joint.nextOwners(arc).contains(from));
        assertTrue(joint.nextOwners(arc).contains(to) && !joint.owners(arc).contains(to));
      }
      moving += move.arcs().length;
    }
    assertEquals(joint.movingArcs().size(), moving);
  }

  /// Three nodes that become four move the most; many nodes have the longest numbers.
  @ParameterizedTest
  @ValueSource(ints = {3, 10, 100})
  void staysSmall(int count) {
    Layout joint = Solver.plan(layout(count), nodes(count + 1)).steps().getFirst().joint();
    int bytes = Json.bytes(document(joint)).length;
    assertTrue(bytes < 300_000, () -> bytes + " bytes");
  }
}
