package dev.tritontube.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BlobKeyTest {
  @Test
  void countsBytesAndNotCharacters() {
    assertEquals(512, new BlobKey("ä".repeat(256)).value().length() * 2);
    assertThrows(IllegalArgumentException.class, () -> new BlobKey("ä".repeat(257)));
    assertThrows(IllegalArgumentException.class, () -> new BlobKey(""));
    assertEquals("a", new BlobKey("a").toString());
  }

  @Test
  void nodeIdsAreSixteenHexadecimalDigits() {
    assertEquals("00000000000000ff", NodeId.of(255).toString());
    assertEquals(-1, new NodeId("ffffffffffffffff").asLong());
    assertThrows(IllegalArgumentException.class, () -> new NodeId("FFFFFFFFFFFFFFFF"));
    assertThrows(IllegalArgumentException.class, () -> new NodeId("ff"));
  }
}
