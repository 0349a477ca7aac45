package dev.tritontube.ring;

import java.util.HexFormat;
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

  /// The node id that these 64 bits spell.
  public static NodeId of(long bits) {
    return new NodeId(HexFormat.of().toHexDigits(bits));
  }

  /// The 64 bits that the digits spell.
  public long asLong() {
    return Long.parseUnsignedLong(value, 16);
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
