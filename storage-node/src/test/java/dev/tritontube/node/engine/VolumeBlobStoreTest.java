package dev.tritontube.node.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.BlobKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VolumeBlobStoreTest extends BlobStoreContract {
  private static final StoreOptions OPTIONS =
      StoreOptions.DEFAULTS.withVolumeBytes(2 << 20).withBufferBytes(64 << 20);
  private static final Note MISSING = new Note(Note.Kind.MISSING, KEY, NODE);
  private static final Note HINT = new Note(Note.Kind.HINT, KEY, NODE);

  @TempDir private Path folder;
  private final List<DataFolder> open = new ArrayList<>();

  @Override
  BlobStore create() throws IOException {
    return VolumeBlobStore.open(data("contract"), OPTIONS);
  }

  private DataFolder data(String name) throws IOException {
    DataFolder data = DataFolder.open(folder.resolve(name));
    open.add(data);
    return data;
  }

  @BeforeEach
  void none() {
    open.clear();
  }

  @AfterEach
  void unlock() throws IOException {
    for (DataFolder data : open) {
      data.close();
    }
  }

  @Test
  void everythingIsThereAfterARestart() throws IOException {
    BlobKey deleted = new BlobKey("deleted");
    BlobKey forgotten = new BlobKey("forgotten");
    StoreStats before;
    DataFolder data = data("restart");
    try (VolumeBlobStore store = VolumeBlobStore.open(data, OPTIONS)) {
      for (int i = 0; i < 20; i++) {
        put(store, new BlobKey("many/" + i), bytes(300_000 + i, i));
      }
      put(store, KEY, bytes(1000, 7), MISSING, HINT);
      put(store, deleted, bytes(1000, 8));
      put(store, forgotten, bytes(1000, 9));
      store.delete(deleted, 1, List.of());
      store.forget(forgotten);
      store.note(List.of(), List.of(MISSING));
      before = store.stats();
    }
    try (VolumeBlobStore store = VolumeBlobStore.open(data, OPTIONS)) {
      for (int i = 0; i < 20; i++) {
        assertArrayEquals(bytes(300_000 + i, i), read(store, new BlobKey("many/" + i)));
      }
      assertArrayEquals(bytes(1000, 7), read(store, KEY));
      assertEquals(new BlobState.Deleted(), store.stat(deleted));
      assertEquals(new BlobState.Absent(), store.stat(forgotten));
      assertEquals(Set.of(HINT), store.notes());
      assertEquals(before.blobs(), store.stats().blobs());
      assertEquals(before.blobBytes(), store.stats().blobBytes());
      assertEquals(before.tombstones(), store.stats().tombstones());
    }
  }

  @Test
  void compactionGivesTheSpaceBack() throws IOException {
    DataFolder data = data("compaction");
    try (VolumeBlobStore store = VolumeBlobStore.open(data, OPTIONS)) {
      for (int i = 0; i < 40; i++) {
        BlobKey key = new BlobKey("k/" + i);
        put(store, key, bytes(400_000, i), new Note(Note.Kind.HINT, key, NODE));
      }
      // Before the first deletion: from then on it compacts by itself, too.
      long before = store.stats().usedBytes();
      for (int i = 0; i < 40; i++) {
        if (i % 4 != 0) {
          store.delete(new BlobKey("k/" + i), 1, List.of());
        }
      }
      store.compactNow();
      assertTrue(store.stats().usedBytes() < before / 2, "used " + store.stats().usedBytes());
      checkCompacted(store);
    }
    try (VolumeBlobStore store = VolumeBlobStore.open(data, OPTIONS)) {
      checkCompacted(store);
      store.compactNow();
      checkCompacted(store);
    }
  }

  private static void checkCompacted(VolumeBlobStore store) throws IOException {
    for (int i = 0; i < 40; i++) {
      BlobKey key = new BlobKey("k/" + i);
      if (i % 4 == 0) {
        assertArrayEquals(bytes(400_000, i), read(store, key));
      } else {
        assertEquals(new BlobState.Deleted(), store.stat(key));
      }
    }
    assertEquals(40, store.notes().size());
    assertEquals(10, store.stats().blobs());
    assertEquals(30, store.stats().tombstones());
  }

  @Test
  void manyRestartsDoNotLeaveManyVolumes() throws IOException {
    DataFolder data = data("restarts");
    for (int i = 0; i < 20; i++) {
      try (VolumeBlobStore store = VolumeBlobStore.open(data, OPTIONS)) {
        put(store, new BlobKey("k/" + i), bytes(100, i));
      }
    }
    try (VolumeBlobStore store = VolumeBlobStore.open(data, OPTIONS)) {
      store.delete(KEY, 1, List.of());
      store.compactNow();
      assertTrue(store.stats().volumes() <= 17, "volumes " + store.stats().volumes());
      for (int i = 0; i < 20; i++) {
        assertArrayEquals(bytes(100, i), read(store, new BlobKey("k/" + i)));
      }
    }
  }

  @Test
  void aReaderOutlivesTheCompactionOfItsVolume() throws IOException {
    DataFolder data = data("reader");
    try (VolumeBlobStore store = VolumeBlobStore.open(data, OPTIONS)) {
      put(store, KEY, bytes(900_000, 1));
      try (BlobReader reader = store.open(KEY).orElseThrow()) {
        store.delete(KEY, 1, List.of());
        put(store, new BlobKey("next"), bytes(1_900_000, 2));
        store.compactNow();
        assertEquals(1, store.stats().volumes());
        ByteBuffer target = ByteBuffer.allocate(900_000);
        reader.read(0, target);
        assertArrayEquals(bytes(900_000, 1), target.array());
      }
    }
  }

  @Test
  void writersShareSyncs() throws Exception {
    DataFolder data = data("group");
    try (VolumeBlobStore store = VolumeBlobStore.open(data, OPTIONS);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<PutOutcome>> puts = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        BlobKey key = new BlobKey("k/" + i);
        byte[] bytes = bytes(100, i);
        puts.add(() -> put(store, key, bytes));
      }
      for (Future<PutOutcome> future : threads.invokeAll(puts)) {
        assertEquals(PutOutcome.STORED, future.get());
      }
      assertTrue(store.stats().syncs() < 500, "syncs " + store.stats().syncs());
    }
    try (VolumeBlobStore store = VolumeBlobStore.open(data, OPTIONS)) {
      assertEquals(500, store.stats().blobs());
    }
  }

  @Test
  void anInterruptedCallerHarmsNobody() throws IOException {
    DataFolder data = data("interrupt");
    try (VolumeBlobStore store = VolumeBlobStore.open(data, OPTIONS)) {
      put(store, KEY, bytes(100_000, 1));
      try (Payload payload = payload(store, bytes(10, 1))) {
        Thread.currentThread().interrupt();
        assertArrayEquals(bytes(100_000, 1), read(store, KEY));
        store.put(new PutCommand(new BlobKey("other"), 1, payload, List.of()));
        assertTrue(Thread.interrupted());
      }
      assertArrayEquals(bytes(10, 1), read(store, new BlobKey("other")));
    }
  }

  @Test
  void aFullStoreSmallerThanAVolumeGivesSpaceBack() throws Exception {
    StoreOptions small = OPTIONS.withVolumeBytes(1L << 30).withCapacityBytes(10 << 20);
    try (VolumeBlobStore store = VolumeBlobStore.open(data("small"), small)) {
      int stored = 0;
      try {
        for (; stored < 1000; stored++) {
          put(store, new BlobKey("k/" + stored), bytes(100 << 10, stored));
        }
      } catch (DiskFullException _) {
        // As it is to be.
      }
      for (int i = 0; i < stored; i++) {
        store.delete(new BlobKey("k/" + i), 1, List.of());
      }
      store.compactNow();
      assertEquals(PutOutcome.STORED, put(store, new BlobKey("more"), bytes(8 << 20, 1)));
    }
  }

  @Test
  void refusesPutsAtTheReserveButNotDeletes() throws IOException {
    DataFolder data = data("full");
    StoreOptions small = OPTIONS.withCapacityBytes(10 << 20);
    try (VolumeBlobStore store = VolumeBlobStore.open(data, small)) {
      int stored = 0;
      while (stored < 100 && store.stats().disk() == DiskState.OK) {
        try {
          put(store, new BlobKey("k/" + stored), bytes(1 << 20, stored));
          stored++;
        } catch (DiskFullException e) {
          break;
        }
      }
      assertEquals(9, stored);
      assertThrows(
          DiskFullException.class, () -> put(store, new BlobKey("more"), bytes(1 << 20, 1)));
      assertTrue(store.stats().usedBytes() <= 10 << 20);
      for (int i = 0; i < stored; i++) {
        assertTrue(store.delete(new BlobKey("k/" + i), 1, List.of()));
      }
      store.compactNow();
      assertEquals(PutOutcome.STORED, put(store, new BlobKey("more"), bytes(1 << 20, 1)));
    }
  }
}
