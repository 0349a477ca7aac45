package dev.tritontube.web.cluster;

import dev.tritontube.ring.LayoutNode;
import java.util.Optional;

/// A node of the layout and what was last seen of it.
///
/// @param detail why it is not UP; empty when it is
/// @param blobs live blobs on it, as it last said
/// @param blobBytes their bytes
/// @param capacityBytes 0 while it never answered
public record NodeView(
    LayoutNode node,
    NodeCondition condition,
    String detail,
    long blobs,
    long blobBytes,
    long capacityBytes,
    long notes,
    Optional<String> instance) {

  static NodeView of(
      LayoutNode node, NodeCondition condition, String detail, Optional<NodeDescription> seen) {
    Optional<NodeDescription.Contents> contents = seen.map(NodeDescription::contents);
    return new NodeView(
        node,
        condition,
        detail,
        contents.map(NodeDescription.Contents::blobs).orElse(0L),
        contents.map(NodeDescription.Contents::blobBytes).orElse(0L),
        contents.map(NodeDescription.Contents::capacityBytes).orElse(0L),
        contents.map(NodeDescription.Contents::notes).orElse(0L),
        seen.map(NodeDescription::instance));
  }
}
