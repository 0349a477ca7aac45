package dev.tritontube.ring;

import java.util.Arrays;

/// From arc to the indexes of its owners, most preferred first: one flat array, 96 KiB for 2^14
/// arcs with three owners. Immutable and thread-safe.
final class OwnerTable {
  private final int replicas;
  private final char[] owners;

  /// @param owners arcs x replicas node indexes; taken over, not copied
  OwnerTable(int replicas, char[] owners) {
    if (replicas < 1 || owners.length % replicas != 0) {
      throw new IllegalArgumentException(
          owners.length + " owners are not a table of " + replicas + " replicas");
    }
    this.replicas = replicas;
    this.owners = owners;
  }

  int arcs() {
    return owners.length / replicas;
  }

  int replicas() {
    return replicas;
  }

  int owner(int arc, int position) {
    return owners[arc * replicas + position];
  }

  boolean owns(int node, int arc) {
    return position(node, arc) >= 0;
  }

  /// Where the node stands among the owners of the arc, or -1.
  int position(int node, int arc) {
    int base = arc * replicas;
    for (int position = 0; position < replicas; position++) {
      if (owners[base + position] == node) {
        return position;
      }
    }
    return -1;
  }

  /// The number of arcs that each of the nodes owns.
  int[] counts(int nodes) {
    int[] counts = new int[nodes];
    for (char owner : owners) {
      counts[owner]++;
    }
    return counts;
  }

  /// The first position at which the arc's owners differ from those of another table, or -1.
  int difference(OwnerTable other, int arc) {
    int base = arc * replicas;
    return Arrays.mismatch(owners, base, base + replicas, other.owners, base, base + replicas);
  }

  char[] copy() {
    return owners.clone();
  }

  /// The same table for another list of nodes.
  ///
  /// @param indexes for each old index the new one
  OwnerTable renumbered(int[] indexes) {
    char[] renumbered = new char[owners.length];
    for (int i = 0; i < owners.length; i++) {
      renumbered[i] = (char) indexes[owners[i]];
    }
    return new OwnerTable(replicas, renumbered);
  }

  /// @throws IllegalArgumentException when an arc has an owner outside `nodes`, or one twice
  void check(int nodes) {
    for (int arc = 0; arc < arcs(); arc++) {
      for (int position = 0; position < replicas; position++) {
        int owner = owner(arc, position);
        if (owner >= nodes || position(owner, arc) != position) {
          throw new IllegalArgumentException(
              "arc " + arc + " has owner " + owner + " of " + nodes + " nodes twice or unknown");
        }
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OwnerTable table
        && replicas == table.replicas
        && Arrays.equals(owners, table.owners);
  }

  @Override
  public int hashCode() {
    return 31 * replicas + Arrays.hashCode(owners);
  }
}
