package dev.tritontube.ring;

import java.util.regex.Pattern;

/// The identity of a storage node: 16 lower-case hexadecimal digits, drawn at random when its data
/// folder is made.
public record NodeId(String value) implements Comparable<NodeId> {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

  public NodeId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a node id is 16 hexadecimal digits, not '" + value + "'");
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
