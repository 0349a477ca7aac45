package dev.tritontube.ring;

import static dev.tritontube.ring.Nodes.node;
import static dev.tritontube.ring.Nodes.nodes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class LayoutEncodingTest {
  private static final Layout SETTLED = Solver.first("cluster-ä", 5, 3, nodes(5));
  private static final Layout JOINT = Solver.plan(SETTLED, nodes(6)).steps().getFirst().joint();

  @Test
  void readsWhatItWrote() {
    for (Layout layout : List.of(SETTLED, JOINT, SETTLED.withNodes(nodes(9)))) {
      Layout decoded = Layout.decode(layout.encode());
      assertEquals(layout, decoded);
      assertEquals(layout.hashCode(), decoded.hashCode());
      assertEquals(layout.joint(), decoded.joint());
      assertEquals(layout.toString(), decoded.toString());
      assertArrayEquals(layout.encode(), decoded.encode());
    }
  }

  @Test
  void aJointLayoutInWhichNothingMovesStaysJoint() {
    Layout joint = Solver.plan(SETTLED, nodes(5)).steps().getFirst().joint();
    assertTrue(Layout.decode(joint.encode()).joint());
    assertTrue(joint.movingArcs().isEmpty());
  }

  @Test
  void readsTheLargestLayout() {
    Layout largest = Solver.first("c", 14, 3, nodes(3));
    byte[] encoded = largest.encode();
    assertTrue(encoded.length < 100_000, "bytes: " + encoded.length);
    assertEquals(largest, Layout.decode(encoded));
  }

  @Test
  void refusesEveryFlippedBit() {
    byte[] encoded = JOINT.encode();
    for (int bit = 0; bit < encoded.length * 8; bit++) {
      byte[] flipped = encoded.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertRefused(flipped);
    }
  }

  @Test
  void refusesEveryTruncationAndWhatFollows() {
    byte[] encoded = JOINT.encode();
    for (int length = 0; length < encoded.length; length++) {
      assertRefused(Arrays.copyOf(encoded, length));
      assertRefused(sealed(Arrays.copyOf(encoded, Math.max(4, length))));
    }
    assertRefused(Arrays.copyOf(encoded, encoded.length + 1));
    assertRefused(sealed(Arrays.copyOf(encoded, encoded.length + 2)));
  }

  @Test
  void refusesAnotherVersionByName() {
    byte[] newer = SETTLED.encode();
    newer[4] = 2;
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Layout.decode(sealed(newer)));
    assertTrue(String.valueOf(refused.getMessage()).contains("version 2"), refused.getMessage());
  }

  @Test
  void bytesWithARightChecksumAreRefusedOrCanonical() {
    long seed = Seeds.announce(getClass());
    int accepted = 0;
    for (int round = 0; round < 40_000; round++) {
      RandomGenerator random = Seeds.random(seed, round);
      byte[] mutated = sealed(mutated(round % 2 == 0 ? JOINT.encode() : SETTLED.encode(), random));
      try {
        assertArrayEquals(mutated, Layout.decode(mutated).encode(), Seeds.of(seed, round));
        accepted++;
      } catch (IllegalArgumentException refused) {
        // The other right answer.
      }
    }
    assertNotEquals(0, accepted, "some changes only name another node or epoch");
  }

  @Test
  void noiseIsRefused() {
    RandomGenerator random = Seeds.random(Seeds.announce(getClass()), 0);
    for (int round = 0; round < 2_000; round++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      assertRefused(noise);
    }
  }

  @Test
  void refusesNodesOutOfOrder() {
    List<LayoutNode> wrong = List.of(node(2), node(1), node(3));
    OwnerTable table = new OwnerTable(1, new char[] {0, 1});
    assertThrows(IllegalArgumentException.class, () -> new Layout("c", 1, 1, wrong, table, table));
  }

  private static byte[] mutated(byte[] bytes, RandomGenerator random) {
    int changes = random.nextInt(1, 4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(4, bytes.length);
      bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[at] + 1);
    }
    boolean cut = random.nextInt(10) == 0;
    return cut ? Arrays.copyOf(bytes, random.nextInt(8, bytes.length + 20)) : bytes;
  }

  /// The bytes with the checksum that belongs to them.
  private static byte[] sealed(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
    return bytes;
  }

  private static void assertRefused(byte[] bytes) {
    assertThrows(IllegalArgumentException.class, () -> Layout.decode(bytes));
  }
}
