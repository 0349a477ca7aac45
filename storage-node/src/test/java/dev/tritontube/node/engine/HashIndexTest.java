package dev.tritontube.node.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class HashIndexTest {
  private static long location(int number) {
    return Location.of(1 + number % 1000, 8L * (512 + number), number & 3);
  }

  @Test
  void behavesLikeASortedMap() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TreeMap<Long, Set<Long>> model = new TreeMap<>(Long::compareUnsigned);
    try (HashIndex index = new HashIndex(0)) {
      for (int i = 0; i < 60_000; i++) {
        long hash = random.nextInt(4) == 0 ? random.nextInt(100) - 50 : random.nextLong();
        if (random.nextInt(3) > 0 || model.isEmpty()) {
          index.insert(hash, location(i));
          model.computeIfAbsent(hash, _ -> new HashSet<>()).add(location(i));
        } else {
          Map.Entry<Long, Set<Long>> present = model.ceilingEntry(hash);
          if (present != null) {
            long gone = present.getValue().iterator().next();
            assertEquals(
                gone, index.remove(present.getKey(), gone ^ Location.CORRUPT), "seed " + seed);
            present.getValue().remove(gone);
            if (present.getValue().isEmpty()) {
              model.remove(present.getKey());
            }
          }
        }
      }
      assertEquals(model.values().stream().mapToLong(Set::size).sum(), index.size());
      model.forEach(
          (hash, locations) -> {
            long[] found = index.find(hash);
            Arrays.sort(found);
            assertArrayEquals(
                locations.stream().mapToLong(Long::longValue).sorted().toArray(), found);
          });
      assertArrayEquals(
          model.keySet().stream().mapToLong(Long::longValue).toArray(),
          index.hashes(0, -1, 100_000),
          "seed " + seed);
      assertArrayEquals(
          model.subMap(5L, true, 1L << 62, true).keySet().stream()
              .mapToLong(Long::longValue)
              .limit(300)
              .toArray(),
          index.hashes(5, 1L << 62, 300),
          "seed " + seed);
    }
  }

  @Test
  void manyKeysMayHaveOneHash() {
    for (long hash : new long[] {0, -1, 1L << 63}) {
      try (HashIndex index = new HashIndex(0)) {
        for (int i = 0; i < 2000; i++) {
          index.insert(hash, location(i));
        }
        assertEquals(2000, index.find(hash).length);
        assertArrayEquals(new long[] {hash}, index.hashes(0, -1, 10));
        for (int i = 0; i < 2000; i++) {
          assertEquals(location(i), index.remove(hash, location(i)));
        }
        assertEquals(0, index.size());
        assertEquals(0, index.find(hash).length);
      }
    }
  }

  @Test
  void takesLessThan32BytesABlob() {
    Random random = new Random(1);
    try (HashIndex index = new HashIndex(0)) {
      for (int i = 0; i < 400_000; i++) {
        index.insert(random.nextLong(), location(i));
      }
      assertTrue(index.bytes() < 400_000 * 32L, "bytes " + index.bytes());
    }
  }
}
