package dev.tritontube.node.engine;

import static dev.tritontube.node.engine.BlobStoreContract.KEY;
import static dev.tritontube.node.engine.BlobStoreContract.bytes;
import static dev.tritontube.node.engine.BlobStoreContract.put;
import static dev.tritontube.node.engine.BlobStoreContract.read;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.tritontube.ring.BlobKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/// What the store makes of a disk that fails, fills up or lies.
final class DiskFaultsTest {
  private static final String FIRST = VolumeId.fileName(1);
  private static final StoreOptions OPTIONS =
      new StoreOptions(
          128 << 10, Long.MAX_VALUE, 64 << 20, 1, 1L << 40, StoreOptions.DEFAULTS.maxWait());

  private final FaultyDisk disk = new FaultyDisk();

  private VolumeBlobStore open(FaultyDisk on) throws IOException {
    return open(on, BlobKey::hash64);
  }

  private VolumeBlobStore open(FaultyDisk on, ToLongFunction<BlobKey> hashing) throws IOException {
    DataFolder folder = DataFolder.open(on, new Random(1));
    folder.close();
    return VolumeBlobStore.open(folder, OPTIONS, hashing, new Random(2));
  }

  @Test
  void everyAcknowledgementFollowsASync() throws IOException {
    try (VolumeBlobStore store = open(disk)) {
      for (int i = 0; i < 10; i++) {
        BlobKey key = new BlobKey("k/" + i);
        put(store, key, bytes(40_000, i));
        assertTrue(disk.isSynced(), "a put was acknowledged before it was synced");
        store.note(List.of(new Note(Note.Kind.HINT, key, BlobStoreContract.NODE)), List.of());
        assertTrue(disk.isSynced(), "a note was acknowledged before it was synced");
      }
      store.delete(new BlobKey("k/0"), 1, List.of());
      assertTrue(disk.isSynced(), "a delete was acknowledged before it was synced");
      store.forget(new BlobKey("k/9"));
      assertTrue(disk.isSynced(), "a forget was acknowledged before it was synced");
    }
  }

  @Test
  void aFailedSyncEndsWritingAndIsNotRetried() throws IOException {
    try (VolumeBlobStore store = open(disk)) {
      put(store, KEY, bytes(1000, 1));
      disk.failForces();
      BlobKey next = new BlobKey("next");
      assertThrows(DiskFailedException.class, () -> put(store, next, bytes(10, 2)));
      long steps = disk.steps();
      assertThrows(DiskFailedException.class, () -> put(store, next, bytes(10, 2)));
      assertThrows(DiskFailedException.class, () -> store.delete(KEY, 1, List.of()));
      assertEquals(steps, disk.steps());
      assertEquals(DiskState.FAILED, store.stats().disk());
      assertEquals(new BlobState.Absent(), store.stat(next));
      assertArrayEquals(bytes(1000, 1), read(store, KEY));
    }
  }

  @Test
  void aDiskThatFillsInTheMiddleOfAWriteLosesNothingElse() throws IOException {
    try (VolumeBlobStore store = open(disk)) {
      put(store, KEY, bytes(1000, 1));
      disk.fullAfter(5000);
      BlobKey next = new BlobKey("next");
      assertThrows(DiskFullException.class, () -> put(store, next, bytes(50_000, 2)));
      assertEquals(DiskState.FULL, store.stats().disk());
      assertEquals(new BlobState.Absent(), store.stat(next));
      disk.fullAfter(Long.MAX_VALUE);
      assertEquals(PutOutcome.STORED, put(store, next, bytes(50_000, 3)));
      assertEquals(DiskState.OK, store.stats().disk());
    }
    try (VolumeBlobStore store = open(disk)) {
      assertArrayEquals(bytes(1000, 1), read(store, KEY));
      assertArrayEquals(bytes(50_000, 3), read(store, new BlobKey("next")));
    }
  }

  @Test
  void whatWasRefusedForWantOfRoomDoesNotHappenAtTheNextStart() throws IOException {
    try (VolumeBlobStore store = open(disk)) {
      put(store, KEY, bytes(1000, 1));
      disk.fullAtNextForce();
      assertThrows(DiskFullException.class, () -> store.forget(KEY));
      assertEquals(DiskState.FULL, store.stats().disk());
      assertEquals(PutOutcome.ALREADY_STORED, put(store, KEY, bytes(1000, 1)));
    }
    try (VolumeBlobStore store = open(disk)) {
      assertArrayEquals(bytes(1000, 1), read(store, KEY));
    }
  }

  @Test
  void aCopyThatDidNotFitDoesNotTakeThePlaceOfTheGoodOne() throws IOException {
    BlobKey gone = new BlobKey("gone");
    try (VolumeBlobStore store = open(disk)) {
      put(store, KEY, bytes(60_000, 1));
      put(store, gone, bytes(40_000, 2));
      put(store, new BlobKey("second"), bytes(50_000, 3));
      store.forget(gone);
      disk.fullAfter(20_000);
      assertThrows(IOException.class, store::compactNow);
      disk.fullAfter(Long.MAX_VALUE);
      put(store, new BlobKey("third"), bytes(100_000, 4));
    }
    try (VolumeBlobStore store = open(disk)) {
      assertArrayEquals(bytes(60_000, 1), read(store, KEY));
      assertArrayEquals(bytes(50_000, 3), read(store, new BlobKey("second")));
      assertEquals(0, store.stats().quarantined());
    }
  }

  @Test
  void startsOnAFullDisk() throws IOException {
    VolumeBlobStore killed = open(disk);
    put(killed, KEY, bytes(1000, 1));
    FaultyDisk full = disk.afterCrash(new Random(4));
    full.fullAfter(10);
    full.usable(0);
    try (VolumeBlobStore store = open(full)) {
      assertArrayEquals(bytes(1000, 1), read(store, KEY));
      assertThrows(DiskFullException.class, () -> put(store, new BlobKey("next"), bytes(10, 2)));
      full.fullAfter(Long.MAX_VALUE);
      full.usable(1 << 20);
      assertEquals(PutOutcome.STORED, put(store, new BlobKey("next"), bytes(10, 2)));
    }
    try (VolumeBlobStore store = open(full)) {
      assertArrayEquals(bytes(1000, 1), read(store, KEY));
      assertArrayEquals(bytes(10, 2), read(store, new BlobKey("next")));
    }
    killed.close();
  }

  @Test
  void notesAreRefusedOnAFullDiskAndTheBlobStays() throws IOException {
    Note note = new Note(Note.Kind.HINT, KEY, BlobStoreContract.NODE);
    try (VolumeBlobStore store = open(disk)) {
      put(store, KEY, bytes(1000, 1));
      disk.fullAfter(10);
      assertThrows(DiskFullException.class, () -> put(store, KEY, bytes(1000, 1), note));
      assertThrows(DiskFullException.class, () -> store.note(List.of(note), List.of()));
      assertEquals(Set.of(), store.notes());
      disk.fullAfter(Long.MAX_VALUE);
      assertEquals(PutOutcome.ALREADY_STORED, put(store, KEY, bytes(1000, 1), note));
    }
    try (VolumeBlobStore store = open(disk)) {
      assertArrayEquals(bytes(1000, 1), read(store, KEY));
      assertEquals(Set.of(note), store.notes());
    }
  }

  @Test
  void takesASmallerVolumeWhereTheFileSystemKeepsRoomForItself() throws IOException {
    disk.usable(100 << 10);
    disk.overhead(1);
    try (VolumeBlobStore store = open(disk)) {
      assertEquals(PutOutcome.STORED, put(store, KEY, bytes(1000, 1)));
      assertTrue(store.delete(KEY, 1, List.of()));
    }
  }

  @Test
  void aMisdirectedReadIsFound() throws IOException {
    try (VolumeBlobStore store = open(disk)) {
      put(store, KEY, bytes(1000, 1));
      put(store, new BlobKey("next"), bytes(1000, 1));
      disk.misdirectReads(RecordFormat.recordBytes(RecordFormat.keyBytes(KEY), 0, 1000));
      assertThrows(CorruptBlobException.class, () -> read(store, KEY));
    }
  }

  @Test
  void noFlippedBitIsEverReadAsData() throws IOException {
    byte[] blob = bytes(70_001, 1);
    try (VolumeBlobStore store = open(disk)) {
      put(store, KEY, blob);
    }
    byte[] good = disk.bytes(FIRST);
    Random random = new Random(3);
    int head = RecordFormat.headBytes(RecordFormat.keyBytes(KEY), 0, blob.length);
    int found = 0;
    for (int at = 0; at < head + 40; at++) {
      int place = VolumeFormat.HEADER_BYTES + (at < head ? at : random.nextInt(head, 70_000));
      byte[] broken = good.clone();
      broken[place] ^= (byte) (1 << random.nextInt(8));
      disk.rewrite(FIRST, broken);
      try (VolumeBlobStore store = open(disk)) {
        assertArrayEquals(blob, read(store, KEY), "a bit flipped at " + place);
      } catch (CorruptBlobException e) {
        found++;
      }
    }
    assertTrue(found > head + 30, "found " + found);
  }

  @Test
  void aCorruptBlobIsRepairedByTheSameBytes() throws IOException {
    byte[] blob = bytes(70_000, 1);
    try (VolumeBlobStore store = open(disk)) {
      put(store, KEY, blob);
    }
    byte[] broken = disk.bytes(FIRST);
    broken[VolumeFormat.HEADER_BYTES + 60_000] ^= 1;
    disk.rewrite(FIRST, broken);
    try (VolumeBlobStore store = open(disk)) {
      assertThrows(CorruptBlobException.class, () -> read(store, KEY));
      assertEquals(1, store.stats().quarantined());
      store.list(HashRange.ALL, true, listed -> fail(listed + " is listed"));
      assertEquals(PutOutcome.DIFFERENT_BYTES, put(store, KEY, bytes(70_000, 2)));
      assertEquals(PutOutcome.STORED, put(store, KEY, blob));
      assertArrayEquals(blob, read(store, KEY));
      assertEquals(0, store.stats().quarantined());
    }
    try (VolumeBlobStore store = open(disk)) {
      assertArrayEquals(blob, read(store, KEY));
    }
  }

  @Test
  void aRottenTombstoneStillRefusesItsKey() throws IOException {
    try (VolumeBlobStore store = open(disk)) {
      store.delete(KEY, 1, List.of());
    }
    byte[] broken = disk.bytes(FIRST);
    broken[VolumeFormat.HEADER_BYTES + 50] ^= 1;
    disk.rewrite(FIRST, broken);
    try (VolumeBlobStore store = open(disk)) {
      assertEquals(PutOutcome.KEY_DELETED, put(store, KEY, bytes(10, 1)));
      assertEquals(new BlobState.Deleted(), store.stat(KEY));
    }
  }

  @Test
  void servesWhatIsWholeOfAVolumeCutInHalf() throws IOException {
    try (VolumeBlobStore store = open(disk)) {
      for (int i = 0; i < 8; i++) {
        put(store, new BlobKey("k/" + i), bytes(30_000, i));
      }
    }
    for (String name : List.of(FIRST, VolumeId.fileName(2))) {
      byte[] whole = disk.bytes(name);
      disk.rewrite(name, Arrays.copyOf(whole, whole.length / 2));
    }
    try (VolumeBlobStore store = open(disk)) {
      int served = 0;
      for (int i = 0; i < 8; i++) {
        BlobKey key = new BlobKey("k/" + i);
        try {
          if (store.open(key).isPresent()) {
            assertArrayEquals(bytes(30_000, i), read(store, key));
            served++;
          }
        } catch (CorruptBlobException e) {
          // It says so.
        }
        PutOutcome repaired = put(store, key, bytes(30_000, i));
        assertTrue(repaired == PutOutcome.STORED || repaired == PutOutcome.ALREADY_STORED);
        assertArrayEquals(bytes(30_000, i), read(store, key));
      }
      assertTrue(served >= 2, "served " + served);
    }
  }

  @Test
  void keysOfOneHashLiveSideBySide() throws IOException {
    ToLongFunction<BlobKey> constant = _ -> 42;
    BlobKey other = new BlobKey("other");
    BlobKey gone = new BlobKey("gone");
    try (VolumeBlobStore store = open(disk, constant)) {
      put(store, KEY, bytes(10, 1));
      put(store, other, bytes(10, 2));
      put(store, gone, bytes(10, 3));
      store.delete(gone, 1, List.of());
      store.forget(KEY);
      put(store, KEY, bytes(10, 4));
      assertArrayEquals(bytes(10, 2), read(store, other));
    }
    for (int start = 0; start < 2; start++) {
      try (VolumeBlobStore store = open(disk, constant)) {
        assertArrayEquals(bytes(10, 4), read(store, KEY));
        assertArrayEquals(bytes(10, 2), read(store, other));
        assertEquals(new BlobState.Deleted(), store.stat(gone));
        assertEquals(2, store.stats().blobs());
        store.compactNow();
        assertArrayEquals(bytes(10, 2), read(store, other));
      }
    }
  }

  @Test
  void refusesVolumesOfAnotherNode() throws IOException {
    try (VolumeBlobStore store = open(disk)) {
      put(store, KEY, bytes(10, 1));
    }
    disk.delete(Identity.FILE);
    assertThrows(UnusableFolderException.class, () -> open(disk));
    FaultyDisk other = new FaultyDisk();
    DataFolder.open(other, new Random(99)).close();
    other.create(FIRST, 0).close();
    other.rewrite(FIRST, disk.bytes(FIRST));
    assertThrows(UnusableFolderException.class, () -> open(other));
  }
}
