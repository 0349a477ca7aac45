package dev.tritontube.ring;

import static dev.tritontube.ring.Nodes.node;
import static dev.tritontube.ring.Nodes.nodes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Freezes what every program of every version must agree on: key -> hash -> arc -> owners, and the
/// bytes of layouts made by adding, draining and removing. A difference here is a change of format:
/// data on existing clusters would not be found.
class GoldenVectorsTest {
  private static final List<String> KEYS =
      List.of(
          "a",
          "a/0b5c/original/0",
          "a/0b5c/original/1",
          "a/0b5c/r1/v360/init-1",
          "a/0b5c/r1/v360/17-1",
          "a/0b5c/r1/presentation-1",
          "grüße/空/🎬",
          "x".repeat(BlobKey.MAX_BYTES));

  @Test
  void keysStayWhereTheyAre() throws IOException {
    List<String> lines = new ArrayList<>();
    sequences()
        .forEach(
            (name, layouts) -> {
              for (String key : KEYS) {
                lines.add(name + "\t" + located(layouts.getFirst(), new BlobKey(key)));
              }
            });
    assertEquals(golden("keys.tsv"), String.join("\n", lines));
  }

  @Test
  void layoutsKeepTheirBytes() throws IOException {
    List<String> lines = new ArrayList<>();
    sequences()
        .forEach((name, layouts) -> layouts.forEach(layout -> lines.add(frozen(name, layout))));
    assertEquals(golden("layouts.tsv"), String.join("\n", lines));
  }

  @Test
  void fallbacksKeepTheirOrder() throws IOException {
    Layout zoned = Solver.first("zoned", 6, 3, zoned());
    List<String> lines = new ArrayList<>();
    for (int arc = 0; arc < zoned.arcs(); arc++) {
      lines.add(arc + "\t" + ids(zoned.owners(arc)) + "\t" + ids(zoned.fallbacks(arc)));
    }
    assertEquals(golden("fallbacks.tsv"), String.join("\n", lines));
  }

  private static Map<String, List<Layout>> sequences() {
    Map<String, List<Layout>> sequences = new LinkedHashMap<>();
    sequences.put("laptop", sequence("laptop", 14, 3, nodes(3), nodes(4), drained(), last3()));
    sequences.put("zoned", sequence("zoned", 14, 3, zoned(), zoned().subList(0, 8)));
    sequences.put("single", sequence("single", 14, 1, nodes(1), nodes(2), nodes(2).subList(1, 2)));
    sequences.put("small", sequence("small", 6, 2, zoned().subList(0, 5), zoned(), nodes(3)));
    sequences.put("hundred", sequence("hundred", 14, 3, nodes(100), nodes(101).subList(2, 101)));
    return sequences;
  }

  private static List<LayoutNode> drained() {
    List<LayoutNode> nodes = new ArrayList<>(nodes(4));
    nodes.set(0, node(1).withState(NodeState.DRAINING));
    return nodes;
  }

  private static List<LayoutNode> last3() {
    return nodes(4).subList(1, 4);
  }

  /// Nine nodes of unlike weights in four zones.
  private static List<LayoutNode> zoned() {
    List<LayoutNode> nodes = new ArrayList<>();
    for (int i = 1; i <= 9; i++) {
      nodes.add(node(i * 0x0123456789L, "zone-" + i % 4, 500_000_000_000L * (1 + i % 3)));
    }
    return nodes;
  }

  /// The first layout and every one on the way through the changes.
  @SafeVarargs
  private static List<Layout> sequence(
      String cluster,
      int arcBits,
      int replicas,
      List<LayoutNode> nodes,
      List<LayoutNode>... changes) {
    List<Layout> layouts =
        new ArrayList<>(List.of(Solver.first(cluster, arcBits, replicas, nodes)));
    for (List<LayoutNode> change : changes) {
      for (LayoutPlan.Step step : Solver.plan(layouts.getLast(), change).steps()) {
        layouts.add(step.joint());
        layouts.add(step.settled());
      }
    }
    return layouts;
  }

  private static String located(Layout layout, BlobKey key) {
    int arc = layout.arcOf(key);
    String hash = String.format("%016x", key.hash64());
    return String.join("\t", key.value(), hash, "" + arc, ids(layout.owners(arc)));
  }

  private static String frozen(String name, Layout layout) {
    byte[] encoded = layout.encode();
    String sha256 = Hashing.sha256().hashBytes(encoded).toString();
    return String.join(
        "\t", name, "" + layout.epoch(), "" + layout.joint(), "" + encoded.length, sha256);
  }

  private static String ids(List<LayoutNode> nodes) {
    return nodes.stream().map(node -> node.id().value()).collect(joining(","));
  }

  private static String golden(String file) throws IOException {
    try (InputStream in = GoldenVectorsTest.class.getResourceAsStream("/golden/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8).strip();
    }
  }
}
