package dev.tritontube.bench;

import com.google.common.hash.Hashing;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.NodeState;
import dev.tritontube.ring.Solver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Finding the owners of a hash: the arc table against a ring of virtual nodes and guava's jump
/// hash, with how evenly each spreads keys. Run `main`; it prints the balance first, then the
/// times.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class PlacementBenchmark {
  private static final int REPLICAS = 3;
  private static final int KEYS = 1 << 16;
  private static final int BALANCE_KEYS = 10_000_000;
  private static final int[] VIRTUAL_NODES = {64, 256, 1_024};

  @Param({"4", "10", "100"})
  int nodes;

  private Layout layout = cluster(REPLICAS);
  private VirtualNodes virtualNodes = new VirtualNodes(REPLICAS, 1);
  private long[] keys = {};
  private int next;

  @Setup
  public void prepare() {
    layout = cluster(nodes);
    virtualNodes = new VirtualNodes(nodes, 256);
    keys = new SplittableRandom(1).longs(KEYS).toArray();
  }

  @Benchmark
  public List<LayoutNode> arcTable() {
    return layout.owners(layout.arcOf(key()));
  }

  @Benchmark
  public int[] virtualNodes() {
    return virtualNodes.owners(key());
  }

  /// One owner only: jump hash has no second.
  @Benchmark
  public int jumpHash() {
    return Hashing.consistentHash(key(), nodes);
  }

  /// All of adding one node but the copying.
  @Benchmark
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public Object planToAddANode() {
    return Solver.plan(layout, nodes(nodes + 1));
  }

  private long key() {
    next = (next + 1) & (KEYS - 1);
    return keys[next];
  }

  private static Layout cluster(int nodes) {
    return Solver.first("bench", 14, REPLICAS, nodes(nodes));
  }

  private static List<LayoutNode> nodes(int count) {
    List<LayoutNode> nodes = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      nodes.add(new LayoutNode(NodeId.of(i), "host:" + i, "zone", 1, NodeState.ACTIVE));
    }
    return nodes;
  }

  /// The textbook ring: each node at many hashed places, owners are the next three distinct nodes.
  private static final class VirtualNodes {
    private final long[] places;
    private final int[] nodeAt;

    VirtualNodes(int nodes, int placesOfEach) {
      SplittableRandom random = new SplittableRandom(nodes);
      long[][] drawn = new long[nodes * placesOfEach][];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = new long[] {random.nextLong(), i % nodes};
      }
      Arrays.sort(drawn, (a, b) -> Long.compare(a[0], b[0]));
      places = Arrays.stream(drawn).mapToLong(place -> place[0]).toArray();
      nodeAt = Arrays.stream(drawn).mapToInt(place -> (int) place[1]).toArray();
    }

    int[] owners(long hash) {
      int found = Arrays.binarySearch(places, hash);
      int at = found < 0 ? -found - 1 : found;
      int[] owners = new int[REPLICAS];
      int count = 0;
      for (; count < REPLICAS; at++) {
        int node = nodeAt[at % nodeAt.length];
        if (!contains(owners, count, node)) {
          owners[count++] = node;
        }
      }
      return owners;
    }

    private static boolean contains(int[] owners, int count, int node) {
      for (int i = 0; i < count; i++) {
        if (owners[i] == node) {
          return true;
        }
      }
      return false;
    }
  }

  /// Largest share over mean share of random keys.
  private static void printBalance(int nodes) {
    Layout table = cluster(nodes);
    int[] byTable = new int[nodes];
    new SplittableRandom(2)
        .longs(BALANCE_KEYS)
        .forEach(
            key ->
                table
                    .owners(table.arcOf(key))
                    .forEach(owner -> byTable[(int) owner.id().asLong() - 1]++));
    System.out.printf("%d nodes: arc table %.4f", nodes, maxOverMean(byTable));
    for (int virtual : VIRTUAL_NODES) {
      System.out.printf(", %d virtual nodes %.3f", virtual, balanceOfVirtualNodes(nodes, virtual));
    }
    System.out.println();
  }

  private static double balanceOfVirtualNodes(int nodes, int virtual) {
    VirtualNodes ring = new VirtualNodes(nodes, virtual);
    int[] counts = new int[nodes];
    new SplittableRandom(2)
        .longs(BALANCE_KEYS / 10)
        .forEach(key -> Arrays.stream(ring.owners(key)).forEach(owner -> counts[owner]++));
    return maxOverMean(counts);
  }

  private static double maxOverMean(int[] counts) {
    int most = Arrays.stream(counts).max().orElseThrow();
    return most / Arrays.stream(counts).average().orElseThrow();
  }

  public static void main(String[] args) throws RunnerException {
    for (int nodes : new int[] {4, 10, 100}) {
      printBalance(nodes);
    }
    String only = PlacementBenchmark.class.getSimpleName();
    new Runner(new OptionsBuilder().include(only).build()).run();
  }
}
