package dev.tritontube.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/// The canonical encoding of a layout, version 1. Big-endian:
///
/// ```
/// u32 magic "TTLY"   u8 version   u8 kind (0 settled, 1 joint)   u8 arcBits   u8 replicas   u64 epoch
/// u8 length, cluster id
/// u16 number of nodes, each (ascending by id): u64 id   u8 state   u64 weight
///                                              u16 length, address   u16 length, zone
/// arcs x replicas u16 node indexes: owners, most preferred first
/// joint only: u32 number of moving arcs, each (ascending): u16 arc   u8 position   u16 next owner
/// u32 CRC32C of everything before
/// ```
///
/// Invariant: a layout has one encoding. `decode` makes the layout, encodes it again and refuses
/// bytes that differ; so no second spelling is ever accepted, whatever a field check forgets.
final class LayoutEncoding {
  private static final int MAGIC = 0x54544C59;
  private static final int VERSION = 1;
  private static final int MAX_BYTES = 8 << 20;
  private static final int CRC_BYTES = 4;

  private LayoutEncoding() {}

  static byte[] encode(Layout layout) {
    ByteBuffer out = ByteBuffer.allocate(bound(layout));
    out.putInt(MAGIC).put((byte) VERSION).put((byte) (layout.joint() ? 1 : 0));
    out.put((byte) layout.arcBits()).put((byte) layout.replicas()).putLong(layout.epoch());
    byte[] clusterId = layout.clusterId().getBytes(UTF_8);
    out.put((byte) clusterId.length).put(clusterId);
    out.putShort((short) layout.nodes().size());
    layout.nodes().forEach(node -> putNode(out, node));
    putOwners(out, layout.ownerTable());
    if (layout.joint()) {
      putMoves(out, layout);
    }
    out.putInt(crc32c(out.array(), out.position()));
    return Arrays.copyOf(out.array(), out.position());
  }

  static Layout decode(byte[] encoded) {
    checkFrame(encoded);
    Layout layout;
    try {
      layout = read(ByteBuffer.wrap(encoded, 0, encoded.length - CRC_BYTES));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "a layout of " + encoded.length + " bytes is too short", e);
    }
    if (!Arrays.equals(encode(layout), encoded)) {
      throw new IllegalArgumentException("not the canonical encoding of " + layout);
    }
    return layout;
  }

  private static void checkFrame(byte[] encoded) {
    if (encoded.length < 2 * CRC_BYTES || encoded.length > MAX_BYTES) {
      throw new IllegalArgumentException("a layout cannot have " + encoded.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(encoded);
    if (in.getInt() != MAGIC) {
      throw new IllegalArgumentException("these bytes are not a layout: wrong magic");
    }
    int version = Byte.toUnsignedInt(in.get());
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "layout format version " + version + " is not known, " + VERSION + " is");
    }
    int length = encoded.length - CRC_BYTES;
    if (in.getInt(length) != crc32c(encoded, length)) {
      throw new IllegalArgumentException("the layout is corrupt: wrong CRC32C");
    }
  }

  private static Layout read(ByteBuffer in) {
    in.position(Integer.BYTES + Byte.BYTES);
    boolean joint = flag(in.get());
    int arcBits = within(in.get(), 1, Layout.MAX_ARC_BITS, "arc bits");
    int replicas = within(in.get(), 1, Layout.MAX_REPLICAS, "replicas");
    long epoch = in.getLong();
    String clusterId = text(in, Byte.toUnsignedInt(in.get()));
    List<LayoutNode> nodes = readNodes(in);
    OwnerTable owners = readOwners(in, 1 << arcBits, replicas);
    owners.check(nodes.size());
    OwnerTable next = joint ? readMoves(in, owners) : owners;
    return new Layout(clusterId, epoch, arcBits, nodes, owners, next);
  }

  private static void putNode(ByteBuffer out, LayoutNode node) {
    out.putLong(node.id().asLong()).put((byte) node.state().ordinal()).putLong(node.weight());
    putText(out, node.address());
    putText(out, node.zone());
  }

  private static List<LayoutNode> readNodes(ByteBuffer in) {
    int count = within(in.getShort(), 0, Layout.MAX_NODES, "nodes");
    List<LayoutNode> nodes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      NodeId id = NodeId.of(in.getLong());
      NodeState state = state(in.get());
      long weight = in.getLong();
      String address = text(in, Short.toUnsignedInt(in.getShort()));
      String zone = text(in, Short.toUnsignedInt(in.getShort()));
      nodes.add(new LayoutNode(id, address, zone, weight, state));
    }
    return nodes;
  }

  private static void putOwners(ByteBuffer out, OwnerTable table) {
    char[] owners = table.copy();
    out.asCharBuffer().put(owners);
    out.position(out.position() + owners.length * Character.BYTES);
  }

  private static OwnerTable readOwners(ByteBuffer in, int arcs, int replicas) {
    char[] owners = new char[arcs * replicas];
    in.asCharBuffer().get(owners);
    in.position(in.position() + owners.length * Character.BYTES);
    return new OwnerTable(replicas, owners);
  }

  private static void putMoves(ByteBuffer out, Layout layout) {
    ArcSet moving = layout.movingArcs();
    out.putInt(moving.size());
    moving.stream().forEach(arc -> putMove(out, layout, arc));
  }

  private static void putMove(ByteBuffer out, Layout layout, int arc) {
    int position = layout.ownerTable().difference(layout.nextOwnerTable(), arc);
    out.putShort((short) arc).put((byte) position);
    out.putShort((short) layout.nextOwnerTable().owner(arc, position));
  }

  private static OwnerTable readMoves(ByteBuffer in, OwnerTable owners) {
    char[] next = owners.copy();
    int count = within(in.getInt(), 0, owners.arcs(), "moving arcs");
    for (int i = 0; i < count; i++) {
      int arc = within(in.getChar(), 0, owners.arcs() - 1, "moving arc");
      int position = within(in.get(), 0, owners.replicas() - 1, "position");
      next[arc * owners.replicas() + position] = in.getChar();
    }
    return new OwnerTable(owners.replicas(), next);
  }

  private static void putText(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    out.putShort((short) bytes.length).put(bytes);
  }

  private static String text(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, UTF_8);
  }

  private static NodeState state(byte ordinal) {
    NodeState[] states = NodeState.values();
    return states[within(ordinal, 0, states.length - 1, "node state")];
  }

  private static boolean flag(byte value) {
    return within(value, 0, 1, "kind") == 1;
  }

  private static int within(int value, int least, int most, String what) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " is " + value + ", not from " + least + " to " + most);
    }
    return value;
  }

  private static int bound(Layout layout) {
    long texts = layout.nodes().stream().mapToLong(LayoutEncoding::textBytes).sum();
    long tables = (long) layout.arcs() * (layout.replicas() * 2L + 5);
    return Math.toIntExact(512 + layout.nodes().size() * 32L + texts + tables);
  }

  private static long textBytes(LayoutNode node) {
    return node.address().getBytes(UTF_8).length + (long) node.zone().getBytes(UTF_8).length;
  }

  private static int crc32c(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
