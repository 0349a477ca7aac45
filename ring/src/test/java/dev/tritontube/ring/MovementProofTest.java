package dev.tritontube.ring;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The proof that other tests rest on does find waste.
class MovementProofTest {
  private static final int[] ONE_ZONE = {0, 0, 0};
  private static final boolean[] ACTIVE = {true, true, true};
  private static final List<List<Integer>> BEFORE = List.of(List.of(0), List.of(1), List.of(2));

  @Test
  void nothingMovedIsMinimal() {
    assertTrue(MovementProof.isMinimum(BEFORE, BEFORE, ONE_ZONE, ACTIVE, 1));
  }

  @Test
  void arcsThatChangedPlacesAreWaste() {
    List<List<Integer>> swapped = List.of(List.of(1), List.of(0), List.of(2));
    assertFalse(MovementProof.isMinimum(BEFORE, swapped, ONE_ZONE, ACTIVE, 1));
    List<List<Integer>> turned = List.of(List.of(1), List.of(2), List.of(0));
    assertFalse(MovementProof.isMinimum(BEFORE, turned, ONE_ZONE, ACTIVE, 1));
  }

  @Test
  void aMoveThatTheQuotasAskForIsNotWaste() {
    List<List<Integer>> onTwo = List.of(List.of(0), List.of(1), List.of(1));
    boolean[] withoutLast = {true, true, false};
    assertTrue(MovementProof.isMinimum(BEFORE, onTwo, ONE_ZONE, withoutLast, 1));
    List<List<Integer>> detour = List.of(List.of(1), List.of(0), List.of(1));
    assertFalse(MovementProof.isMinimum(BEFORE, detour, ONE_ZONE, withoutLast, 1));
  }
}
