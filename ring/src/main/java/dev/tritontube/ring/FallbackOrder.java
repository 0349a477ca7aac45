package dev.tritontube.ring;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Which nodes stand in for the owners of an arc, and in which order.
///
/// Weighted rendezvous: each node draws u in (0,1) from hash(arc, node) and the smallest
/// -ln(u)/weight comes first, so that a node is first in proportion to its weight and the order of
/// the others does not depend on it. `StrictMath` gives the same logarithm on every machine.
///
/// Source: Schindelhauer, Schomaker, "Weighted Distributed Hash Tables", SPAA 2005 (logarithmic
/// method).
final class FallbackOrder {
  private static final HashFunction HASH = Hashing.murmur3_128();

  private FallbackOrder() {}

  /// @param owners owners and next owners of the arc
  static List<LayoutNode> of(int arc, List<LayoutNode> nodes, Set<LayoutNode> owners) {
    Set<String> taken = new HashSet<>();
    owners.forEach(owner -> taken.add(owner.zone()));
    return nodes.stream()
        .filter(node -> !owners.contains(node))
        .map(node -> Candidate.of(arc, node, taken.contains(node.zone())))
        .sorted(Candidate.ORDER)
        .map(Candidate::node)
        .toList();
  }

  /// The owners before and after, each once.
  static Set<LayoutNode> owners(List<LayoutNode> before, List<LayoutNode> after) {
    Set<LayoutNode> owners = new HashSet<>();
    Stream.concat(before.stream(), after.stream()).forEach(owners::add);
    return owners;
  }

  private record Candidate(LayoutNode node, boolean zoneTaken, double distance) {
    static final Comparator<Candidate> ORDER =
        comparing((Candidate candidate) -> candidate.node.state() != NodeState.ACTIVE)
            .thenComparing(Candidate::zoneTaken)
            .thenComparing(comparingDouble(Candidate::distance))
            .thenComparing(candidate -> candidate.node.id());

    static Candidate of(int arc, LayoutNode node, boolean zoneTaken) {
      return new Candidate(node, zoneTaken, -StrictMath.log(draw(arc, node)) / node.weight());
    }

    /// 53 bits of the hash, in the middle of their interval: never 0 and never 1.
    private static double draw(int arc, LayoutNode node) {
      long hash = HASH.newHasher().putInt(arc).putLong(node.id().asLong()).hash().asLong();
      return ((hash >>> 12) + 0.5) * 0x1p-52;
    }
  }
}
