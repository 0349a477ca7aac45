package dev.tritontube.node.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every implementation of [BlobStore] promises.
abstract class BlobStoreContract {
  static final BlobKey KEY = new BlobKey("a/1/original/0");
  static final NodeId NODE = new NodeId("00000000000000aa");
  static final NodeId OTHER_NODE = new NodeId("00000000000000bb");

  private BlobStore store;

  abstract BlobStore create() throws IOException;

  @BeforeEach
  void open() throws IOException {
    store = create();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  static Payload payload(BlobStore store, byte[] bytes) throws IOException {
    try (PayloadBuilder builder = store.buffers().receive(bytes.length)) {
      builder.append(ByteBuffer.wrap(bytes));
      return builder.finish();
    }
  }

  static PutOutcome put(BlobStore store, BlobKey key, byte[] bytes, Note... notes)
      throws IOException {
    try (Payload payload = payload(store, bytes)) {
      return store.put(new PutCommand(key, 1, payload, List.of(notes)));
    }
  }

  static byte[] read(BlobStore store, BlobKey key) throws IOException {
    try (BlobReader reader = store.open(key).orElseThrow()) {
      ByteBuffer target = ByteBuffer.allocate((int) reader.length());
      reader.read(0, target);
      return target.array();
    }
  }

  static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static List<ListedBlob> list(BlobStore store, HashRange range, boolean tombstones)
      throws IOException {
    List<ListedBlob> listed = new ArrayList<>();
    store.list(range, tombstones, listed::add);
    return listed;
  }

  @Test
  void returnsWhatWasPut() throws IOException {
    for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, 262_144, 1_000_003}) {
      BlobKey key = new BlobKey("length/" + length);
      byte[] bytes = bytes(length, length);
      assertEquals(PutOutcome.STORED, put(store, key, bytes));
      assertArrayEquals(bytes, read(store, key));
    }
  }

  @Test
  void readsAnyRange() throws IOException {
    byte[] bytes = bytes(300_000, 1);
    put(store, KEY, bytes);
    Random random = new Random(7);
    try (BlobReader reader = store.open(KEY).orElseThrow()) {
      for (int i = 0; i < 200; i++) {
        int offset = random.nextInt(bytes.length + 1);
        ByteBuffer target = ByteBuffer.allocateDirect(random.nextInt(200_000));
        int count = reader.read(offset, target);
        assertEquals(Math.min(target.capacity(), bytes.length - offset), count);
        byte[] expected = new byte[count];
        System.arraycopy(bytes, offset, expected, 0, count);
        byte[] actual = new byte[count];
        target.flip().get(actual);
        assertArrayEquals(expected, actual, "offset " + offset);
      }
    }
  }

  @Test
  void theSameBytesAgainAreASuccessAndOthersAreRefused() throws IOException {
    put(store, KEY, bytes(100, 1));
    assertEquals(PutOutcome.ALREADY_STORED, put(store, KEY, bytes(100, 1)));
    assertEquals(PutOutcome.DIFFERENT_BYTES, put(store, KEY, bytes(100, 2)));
    assertArrayEquals(bytes(100, 1), read(store, KEY));
    assertEquals(1, store.stats().blobs());
    assertEquals(100, store.stats().blobBytes());
  }

  @Test
  void aDeletedKeyIsRefusedForEver() throws IOException {
    put(store, KEY, bytes(100, 1));
    assertTrue(store.delete(KEY, 2, List.of()));
    assertFalse(store.delete(KEY, 2, List.of()));
    assertEquals(PutOutcome.KEY_DELETED, put(store, KEY, bytes(100, 1)));
    assertTrue(store.open(KEY).isEmpty());
    assertEquals(new BlobState.Deleted(), store.stat(KEY));
    assertEquals(0, store.stats().blobs());
    assertEquals(1, store.stats().tombstones());
  }

  @Test
  void deletingWhatWasNeverThereRefusesTheKey() throws IOException {
    assertFalse(store.delete(KEY, 1, List.of()));
    assertEquals(PutOutcome.KEY_DELETED, put(store, KEY, bytes(1, 1)));
  }

  @Test
  void aForgottenKeyMayBePutAgain() throws IOException {
    put(store, KEY, bytes(100, 1));
    assertTrue(store.forget(KEY));
    assertFalse(store.forget(KEY));
    assertEquals(new BlobState.Absent(), store.stat(KEY));
    assertEquals(PutOutcome.STORED, put(store, KEY, bytes(100, 2)));
    assertArrayEquals(bytes(100, 2), read(store, KEY));
  }

  @Test
  void forgettingATombstoneOpensTheKeyAgain() throws IOException {
    store.delete(KEY, 1, List.of());
    assertTrue(store.forget(KEY));
    assertEquals(0, store.stats().tombstones());
    assertEquals(PutOutcome.STORED, put(store, KEY, bytes(1, 1)));
  }

  @Test
  void tellsTheStateOfAKey() throws IOException {
    assertEquals(new BlobState.Absent(), store.stat(KEY));
    try (Payload payload = payload(store, "123456789".getBytes(UTF_8))) {
      assertEquals(0xE3069283, payload.crc32c());
      store.put(new PutCommand(KEY, 1, payload, List.of()));
    }
    assertEquals(new BlobState.Live(9, 0xE3069283), store.stat(KEY));
  }

  @Test
  void listsInTheOrderOfTheHash() throws IOException {
    List<BlobKey> keys = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      keys.add(new BlobKey("k/" + i));
      put(store, keys.get(i), bytes(10, i));
    }
    store.delete(keys.get(0), 1, List.of());
    store.forget(keys.get(1));
    keys.sort((a, b) -> Long.compareUnsigned(a.hash64(), b.hash64()));

    List<BlobKey> live = new ArrayList<>(keys);
    live.removeAll(List.of(new BlobKey("k/0"), new BlobKey("k/1")));
    assertEquals(live, list(store, HashRange.ALL, false).stream().map(ListedBlob::key).toList());
    assertEquals(
        List.of(new ListedBlob(new BlobKey("k/0"), 0, 0, true)),
        list(store, HashRange.ALL, true).stream().filter(ListedBlob::tombstone).toList());

    HashRange arcs = HashRange.ofArcs(3, 7, 4);
    assertEquals(
        live.stream().filter(key -> arcs.contains(key.hash64())).toList(),
        list(store, arcs, false).stream().map(ListedBlob::key).toList());
  }

  @Test
  void keepsNotesUntilTheyAreRemoved() throws IOException {
    Note missing = new Note(Note.Kind.MISSING, KEY, NODE);
    Note hint = new Note(Note.Kind.HINT, KEY, OTHER_NODE);
    Note elsewhere = new Note(Note.Kind.MISSING, new BlobKey("elsewhere"), NODE);
    put(store, KEY, bytes(10, 1), missing);
    put(store, KEY, bytes(10, 1), hint);
    store.delete(KEY, 1, List.of(missing));
    store.note(List.of(elsewhere), List.of());
    assertEquals(Set.of(missing, hint, elsewhere), store.notes());
    store.note(List.of(), List.of(missing, elsewhere));
    assertEquals(Set.of(hint), store.notes());
  }

  @Test
  void aRefusedPutLeavesNoNotes() throws IOException {
    store.delete(KEY, 1, List.of());
    put(store, KEY, bytes(10, 1), new Note(Note.Kind.MISSING, KEY, NODE));
    assertEquals(Set.of(), store.notes());
  }

  @Test
  void anOpenReaderOutlivesADelete() throws IOException {
    byte[] bytes = bytes(100_000, 3);
    put(store, KEY, bytes);
    try (BlobReader reader = store.open(KEY).orElseThrow()) {
      store.delete(KEY, 1, List.of());
      ByteBuffer target = ByteBuffer.allocate(bytes.length);
      reader.read(0, target);
      assertArrayEquals(bytes, target.array());
    }
  }

  @Test
  void oneOfManyPutsOfAKeyWins() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<PutOutcome>> puts = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        byte[] bytes = bytes(1000, i % 4);
        puts.add(() -> put(store, KEY, bytes));
      }
      List<PutOutcome> outcomes = new ArrayList<>();
      for (Future<PutOutcome> future : threads.invokeAll(puts)) {
        outcomes.add(future.get());
      }
      outcomes.sort(Comparator.naturalOrder());
      assertEquals(1, outcomes.stream().filter(PutOutcome.STORED::equals).count());
      assertEquals(9, outcomes.stream().filter(PutOutcome.ALREADY_STORED::equals).count());
      assertEquals(30, outcomes.stream().filter(PutOutcome.DIFFERENT_BYTES::equals).count());
    }
  }

  @Test
  void givesBuffersBack() throws IOException {
    long before = store.buffers().availableBytes();
    put(store, KEY, bytes(1_000_000, 1));
    put(store, KEY, bytes(1_000_000, 2));
    assertEquals(before, store.buffers().availableBytes());
  }

  @Test
  void refusesNotesAboutOtherKeys() throws IOException {
    Note elsewhere = new Note(Note.Kind.MISSING, new BlobKey("elsewhere"), NODE);
    assertThrows(IllegalArgumentException.class, () -> put(store, KEY, bytes(1, 1), elsewhere));
  }
}
