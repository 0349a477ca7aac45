package dev.tritontube.node.engine;

import static dev.tritontube.node.engine.BlobStoreContract.bytes;
import static dev.tritontube.node.engine.BlobStoreContract.put;
import static dev.tritontube.node.engine.BlobStoreContract.read;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Crashes at every change of the disk that a sequence of calls leads to, keeping any of what was
/// not synced, and checks what the next process finds: what was acknowledged is there, what was not
/// is whole or absent.
final class CrashMatrixTest {
  private static final StoreOptions OPTIONS =
      new StoreOptions(
          128 << 10, Long.MAX_VALUE, 64 << 20, 1, 1L << 40, StoreOptions.DEFAULTS.maxWait());
  private static final NodeId NODE = new NodeId("00000000000000aa");
  private static final int DRAWS = 4;

  /// What a key may be; length -1 = absent, -2 = deleted.
  private record State(int length, long seed) {
    static final State ABSENT = new State(-1, 0);
    static final State DELETED = new State(-2, 0);
  }

  private interface Call {
    void on(VolumeBlobStore store) throws IOException;
  }

  /// A call with what it makes of a key; the key is null when it changes none.
  private record Step(String key, State after, Call call) {}

  private static Step putting(String key, int length, long seed) {
    BlobKey blob = new BlobKey(key);
    Note note = new Note(Note.Kind.HINT, blob, NODE);
    return new Step(
        key,
        new State(length, seed),
        store -> assertEquals(PutOutcome.STORED, put(store, blob, bytes(length, seed), note)));
  }

  private static Step deleting(String key) {
    return new Step(key, State.DELETED, store -> store.delete(new BlobKey(key), 1, List.of()));
  }

  private static Step forgetting(String key) {
    return new Step(key, State.ABSENT, store -> store.forget(new BlobKey(key)));
  }

  private static Step compacting() {
    return new Step("", State.ABSENT, VolumeBlobStore::compactNow);
  }

  @Test
  void putsAndDeletes() throws IOException {
    crashEverywhere(
        List.of(
            putting("a", 1000, 1),
            putting("b", 70_000, 2),
            deleting("a"),
            putting("c", 10, 3),
            deleting("never"),
            deleting("b")));
  }

  @Test
  void volumesFillAndAreSealed() throws IOException {
    crashEverywhere(
        List.of(
            putting("a", 100_000, 1),
            putting("b", 100_000, 2),
            deleting("a"),
            putting("c", 200_000, 3),
            putting("d", 5000, 4)));
  }

  @Test
  void forgottenKeysComeBackOnlyWithTheirNewBytes() throws IOException {
    crashEverywhere(
        List.of(
            putting("a", 100_000, 1),
            forgetting("a"),
            putting("b", 100_000, 2),
            putting("a", 50_000, 3),
            forgetting("b"),
            putting("b", 10, 4)));
  }

  @Test
  void compactionLosesNothingAndBringsNothingBack() throws IOException {
    crashEverywhere(
        List.of(
            putting("keep", 20_000, 1),
            putting("gone", 60_000, 2),
            putting("lost", 30_000, 3),
            deleting("gone"),
            forgetting("lost"),
            putting("next", 100_000, 4),
            compacting(),
            putting("lost", 10_000, 5),
            forgetting("next"),
            putting("last", 100_000, 6),
            compacting(),
            deleting("last"),
            compacting()));
  }

  @Test
  void whatAnOlderVolumeHoldsStaysForgotten() throws IOException {
    crashEverywhere(
        List.of(
            putting("lost", 20_000, 1),
            putting("keep", 90_000, 2),
            putting("big", 100_000, 3),
            forgetting("lost"),
            deleting("big"),
            putting("next", 100_000, 4),
            compacting()));
  }

  private static void crashEverywhere(List<Step> steps) throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try {
      for (long crashAt = 0; crash(steps, crashAt, random); crashAt++) {}
    } catch (AssertionError | RuntimeException | IOException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  /// False when the sequence ended before the crash.
  private static boolean crash(List<Step> steps, long crashAt, Random random) throws IOException {
    FaultyDisk disk = new FaultyDisk();
    DataFolder folder = DataFolder.open(disk, random);
    disk.crashAt(disk.steps() + crashAt);
    Map<String, Set<State>> allowed = new HashMap<>();
    boolean finished = run(folder, steps, allowed);
    for (int draw = 0; draw < DRAWS; draw++) {
      FaultyDisk survivor = disk.afterCrash(random);
      String when = "crash at change " + crashAt + ", draw " + draw;
      if (random.nextInt(3) == 0) {
        survivor = crashAgain(survivor, random);
      }
      check(survivor, allowed, when);
      check(survivor, allowed, when + ", started again");
    }
    return !finished;
  }

  private static boolean run(DataFolder folder, List<Step> steps, Map<String, Set<State>> allowed) {
    steps.forEach(step -> allowed.put(step.key(), Set.of(State.ABSENT)));
    try (VolumeBlobStore store = VolumeBlobStore.open(folder, OPTIONS)) {
      for (Step step : steps) {
        Set<State> either = new HashSet<>(allowed.get(step.key()));
        either.add(step.after());
        allowed.put(step.key(), either);
        step.call().on(store);
        allowed.put(step.key(), Set.of(step.after()));
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// The next process dies as well, while it repairs or a little later.
  private static FaultyDisk crashAgain(FaultyDisk disk, Random random) throws IOException {
    DataFolder folder = DataFolder.open(disk, random);
    disk.crashAt(random.nextInt(6));
    try (VolumeBlobStore store = VolumeBlobStore.open(folder, OPTIONS)) {
      put(store, new BlobKey("another"), bytes(3000, 9));
    } catch (IOException e) {
      // That is the point.
    }
    return disk.afterCrash(random);
  }

  private static void check(FaultyDisk disk, Map<String, Set<State>> allowed, String when)
      throws IOException {
    DataFolder folder = DataFolder.open(disk, new Random(1));
    try (VolumeBlobStore store = VolumeBlobStore.open(folder, OPTIONS)) {
      List<String> listed = new ArrayList<>();
      store.list(HashRange.ALL, false, blob -> listed.add(blob.key().value()));
      for (Map.Entry<String, Set<State>> entry : allowed.entrySet()) {
        if (!entry.getKey().isEmpty()) {
          State found = stateOf(store, entry.getKey(), entry.getValue());
          assertTrue(
              entry.getValue().contains(found),
              () -> when + ": " + entry.getKey() + " is " + found + " of " + entry.getValue());
          assertEquals(found.length() >= 0, listed.contains(entry.getKey()), when);
          BlobKey key = new BlobKey(entry.getKey());
          assertTrue(
              found.length() < 0 || store.notes().contains(new Note(Note.Kind.HINT, key, NODE)),
              () -> when + ": the note of " + key + " is gone");
        }
      }
      assertEquals(0, store.stats().quarantined(), when);
      BlobKey later = new BlobKey("later");
      store.forget(later);
      assertEquals(PutOutcome.STORED, put(store, later, bytes(2000, 5)), when);
    }
    folder.close();
  }

  private static State stateOf(VolumeBlobStore store, String name, Set<State> allowed)
      throws IOException {
    BlobKey key = new BlobKey(name);
    return switch (store.stat(key)) {
      case BlobState.Absent _ -> State.ABSENT;
      case BlobState.Deleted _ -> State.DELETED;
      case BlobState.Live live -> {
        byte[] bytes = read(store, key);
        for (State state : allowed) {
          if (state.length() == live.length()) {
            assertArrayEquals(bytes(state.length(), state.seed()), bytes);
            yield state;
          }
        }
        yield new State((int) live.length(), -1);
      }
    };
  }
}
