package dev.tritontube.ring;

/// A node as a layout knows it.
///
/// @param address `host:port` of its gRPC server
/// @param zone what fails together; owners of an arc are spread over zones
/// @param weight its share of the data in relation to the others', at least 1 (by default its
///   capacity in bytes)
public record LayoutNode(NodeId id, String address, String zone, long weight, NodeState state) {
  private static final int MAX_TEXT = 255;

  public LayoutNode {
    if (weight < 1) {
      throw new IllegalArgumentException(
          "weight of node " + id + " is " + weight + ", less than 1");
    }
    if (address.isBlank() || zone.isBlank()) {
      throw new IllegalArgumentException("node " + id + " needs an address and a zone");
    }
    if (address.length() > MAX_TEXT || zone.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "address and zone of node " + id + " have at most " + MAX_TEXT + " characters");
    }
  }

  public LayoutNode withState(NodeState newState) {
    return new LayoutNode(id, address, zone, weight, newState);
  }

  public LayoutNode withAddress(String newAddress) {
    return new LayoutNode(id, newAddress, zone, weight, state);
  }
}
