package dev.tritontube.ring;

/// One replica of one arc goes from a node to another.
public record Move(int arc, NodeId source, NodeId destination) {}
