package dev.tritontube.web.frames;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.Eventually;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.InMemoryBlobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.frames.FrameSet.State;
import dev.tritontube.web.frames.FrameWorkStore.Attempt;
import dev.tritontube.web.jobs.RetryPolicy;
import dev.tritontube.web.packaging.StillFormat;
import dev.tritontube.web.packaging.StillTimes;
import dev.tritontube.web.packaging.Stills;
import dev.tritontube.web.packaging.Stills.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who takes the pictures of a set, and what is on the ring of it, whatever becomes of workers.
@Tag("catalog")
class FrameWorkTest {
  private static final VideoId VIDEO = new VideoId("v".repeat(20));
  private static final AssetId ASSET = new AssetId("a".repeat(20));
  private static final String ID = "s".repeat(20);
  private static final int COUNT = 7;

  /// Some of them make a piece.
  private static final int PICTURE_BYTES = FrameWriter.PIECE_BYTES / 3 + 1;

  @TempDir Path folder;
  private final InMemoryBlobs ring = new InMemoryBlobs();
  private final Random random = new Random(5);
  private Database database;
  private FrameWorkStore work;
  private FrameSetStore sets;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void open() throws Exception {
    database = TestCatalog.open(folder);
    work = new FrameWorkStore(database);
    sets = new FrameSetStore(database);
    database
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  """
                  insert into assets (id, owner, state, sha256, profile, size_bytes, container, created_at)
                  values (?, 'ann', 'LIVE', '', '', 1, 'mp4', 0)
                  """,
                  ASSET.value());
              handle.execute(
                  """
                  insert into videos (id, owner, asset_id, title, description, visibility, file_name,
                    created_at, updated_at)
                  values (?, 'ann', ?, 't', '', 'public', 'a.mp4', 0, 0)
                  """,
                  VIDEO.value(),
                  ASSET.value());
            });
    add();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void add() {
    assertEquals(
        FrameSetStore.Answer.ADDED, add(ID, "ann", new FrameSetStore.Limits(1, 1, 1L << 40)));
  }

  private FrameSetStore.Answer add(String id, String owner, FrameSetStore.Limits limits) {
    FrameSet set =
        new FrameSet(
            id,
            new FrameSet.Of(VIDEO, ASSET),
            new Owner(owner),
            new Stills.Order(StillTimes.every(500, COUNT * 500), StillFormat.JPG, 16, 9),
            State.QUEUED,
            0,
            Optional.empty(),
            Optional.empty(),
            new FrameSet.Times(now, Optional.empty(), now.plus(FrameRun.KEPT)));
    return sets.add(set, limits);
  }

  private FrameSet set() {
    return sets.find(VIDEO, ID).orElseThrow();
  }

  private Attempt begin(String name) {
    return work.begin(work.due(now).orElseThrow(), name.repeat(20), now, FrameWorker.LEASE)
        .orElseThrow();
  }

  private FrameWriter writer(Attempt attempt) {
    return new FrameWriter(ground(), attempt);
  }

  private FrameWriter.Ground ground() {
    return ground(1L << 40);
  }

  private FrameWriter.Ground ground(long ownersBytes) {
    return new FrameWriter.Ground(work, ring, FrameWorker.LEASE, ownersBytes, () -> now);
  }

  private static byte[] picture(int index) {
    byte[] picture = new byte[PICTURE_BYTES];
    new Random(index).nextBytes(picture);
    return picture;
  }

  /// A camera that takes pictures up to one, and then fails.
  private static FrameWorker.Camera camera(int end) {
    return (_, order, first, sink) -> {
      for (int index = first; index < order.times().count(); index++) {
        if (index == end) {
          throw new IOException("told to fail at " + end);
        }
        sink.take(index, picture(index));
      }
      return new Outcome.Taken();
    };
  }

  private void run(FrameWorker.Camera camera, Attempt attempt) {
    new FrameRun(ground(), camera, new RetryPolicy(1, random), attempt).run();
  }

  private byte[] archive() throws IOException {
    FrameSet set = set();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new FrameArchives(work, ring)
        .read(
            set,
            0,
            set.archive().orElseThrow().bytes(),
            data -> {
              byte[] some = new byte[data.remaining()];
              data.get(some);
              bytes.writeBytes(some);
            });
    return bytes.toByteArray();
  }

  private static void assertHasAll(byte[] archive) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (int i = 0; i < COUNT; i++) {
        ZipEntry entry = zip.getNextEntry();
        assertEquals(
            "frame-00000%d-00-00-0%d.%d00.jpg".formatted(i + 1, i / 2, i % 2 * 5), entry.getName());
        assertArrayEquals(picture(i), zip.readAllBytes());
      }
      assertEquals(null, zip.getNextEntry());
    }
  }

  @Test
  void isOneArchiveInPieces() throws Exception {
    run(camera(-1), begin("b"));

    assertEquals(State.COMPLETED, set().state());
    assertEquals(4, ring.keys().size(), "three pieces and the directory");
    assertHasAll(archive());
  }

  @Test
  void goesOnWhereAWorkerStoppedThatIsGone() throws Exception {
    FrameWriter dying = writer(begin("b"));
    for (int i = 0; i < 3; i++) {
      dying.take(i, picture(i));
    }
    assertTrue(work.due(now).isEmpty(), "it has a lease");
    now = now.plus(FrameWorker.LEASE);

    run(camera(-1), begin("c"));

    assertEquals(State.COMPLETED, set().state());
    assertHasAll(archive());
    byte[] continued = archive();
    assertThrows(FrameWriter.OverException.class, () -> dying.finish());
    sets.delete(VIDEO, ID, now);
    sweep();
    add();
    run(camera(-1), begin("d"));
    assertArrayEquals(continued, archive(), "the same pictures are the same bytes");
  }

  /// What nobody put on record is on the ring for as long as nobody takes over.
  @Test
  void deletesWhatWasWrittenAndNotPutOnRecord() throws Exception {
    Attempt dying = begin("b");
    FrameWriter writer = writer(dying);
    for (int i = 0; i < 3; i++) {
      writer.take(i, picture(i));
    }
    ring.put(dying.key(1), java.nio.ByteBuffer.wrap(picture(9)));
    now = now.plus(FrameWorker.LEASE);

    run(camera(-1), begin("c"));

    assertHasAll(archive());
    assertFalse(ring.exists(dying.key(1)));
    assertEquals(4, ring.keys().size());
  }

  @Test
  void isTriedAgainAndThenGivenUp() throws Exception {
    run(camera(0), begin("b"));
    assertEquals(State.QUEUED, set().state());
    assertTrue(work.due(now).isEmpty(), "not at once");
    now = now.plusSeconds(60);
    run(camera(3), begin("c"));
    assertEquals(State.QUEUED, set().state(), "something was made, which counts");
    now = now.plusSeconds(60);
    run(camera(3), begin("d"));

    assertEquals(State.FAILED, set().state());
    assertEquals("internal_error", set().failure().orElseThrow().code());
    sweep();
    assertEquals(Set.of(), ring.keys());
    assertEquals(State.FAILED, set().state());
  }

  @Test
  void isFailedWhenTheFileIsBadOrThePicturesAreTooMany() throws Exception {
    run((_, _, _, _) -> new Outcome.Bad("corrupt_media", "it is"), begin("b"));
    assertEquals("corrupt_media", set().failure().orElseThrow().code());

    sets.delete(VIDEO, ID, now);
    sweep();
    add();
    run(
        (_, _, _, _) -> {
          throw new Stills.TooLargeException("too large");
        },
        begin("c"));
    assertEquals("frames_too_large", set().failure().orElseThrow().code());
  }

  @Test
  void aWorkerOfADeletedSetStopsAndLeavesNothing() throws Exception {
    FrameWriter writer = writer(begin("b"));
    for (int i = 0; i < 3; i++) {
      writer.take(i, picture(i));
    }
    sets.delete(VIDEO, ID, now);
    sweep();

    writer.take(3, picture(3));
    writer.take(4, picture(4));
    assertThrows(FrameWriter.OverException.class, () -> writer.take(5, picture(5)));
    assertEquals(Set.of(), ring.keys());
  }

  @Test
  void aWorkerTakesOneSetAfterTheOtherAndIsStoppedByDeletingIt() throws Exception {
    FrameWorker.Camera slow =
        (_, _, _, sink) -> {
          sink.take(0, picture(0));
          Thread.sleep(Duration.ofDays(1));
          return new Outcome.Taken();
        };
    try (FrameWorker worker =
        new FrameWorker(
            new FrameWorker.Ground(database, ring, random, () -> now),
            slow,
            new RetryPolicy(1, random))) {
      worker.run();
      Eventually.holds(
          "how far it is, is on record",
          () -> {
            now = now.plusSeconds(2);
            worker.run();
            return set().done() == 1;
          });
      sets.delete(VIDEO, ID, now);
      Eventually.holds(
          "it ends",
          () -> {
            now = now.plusSeconds(2);
            worker.run();
            return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("frames-" + ID));
          });
    }
    sweep();
    assertEquals(Set.of(), ring.keys());
  }

  /// However many one of them wants.
  @Test
  void ownersTakeTurns() {
    wish("2", "ann");
    wish("3", "ann");
    wish("4", "bob");
    wish("5", "bob");
    StringBuilder turns = new StringBuilder();
    while (work.due(now).isPresent()) {
      Attempt attempt = begin(String.valueOf((char) ('b' + turns.length())));
      turns.append(attempt.set().id().charAt(0));
      run(camera(-1), attempt);
      now = now.plusSeconds(1);
    }
    assertEquals("s4253", turns.toString());
  }

  @Test
  void aFreeWorkerTurnsToOwnersForWhomNoneIsBusy() {
    wish("2", "ann");
    wish("3", "bob");
    begin("b");
    assertEquals(Optional.of("3".repeat(20)), work.due(now));
    begin("c");
    assertEquals(Optional.of("2".repeat(20)), work.due(now));
  }

  /// A second later.
  private void wish(String id, String owner) {
    now = now.plusSeconds(1);
    assertEquals(FrameSetStore.Answer.ADDED, add(id.repeat(20), owner, FrameSetStore.Limits.USUAL));
  }

  @Test
  void aLongSetGivesWayToOthersAndGoesOnWhereItWas() throws Exception {
    String other = "t".repeat(20);
    Semaphore pictures = new Semaphore(1);
    FrameWorker.Camera slow =
        (_, order, first, sink) -> {
          for (int index = first; index < order.times().count(); index++) {
            pictures.acquire();
            sink.take(index, picture(index));
          }
          return new Outcome.Taken();
        };
    try (FrameWorker worker =
        new FrameWorker(
            new FrameWorker.Ground(database, ring, random, () -> now),
            slow,
            new RetryPolicy(1, random))) {
      looking(worker, "it has a picture", () -> set().done() == 1);
      add(other, "bob", FrameSetStore.Limits.USUAL);
      now = now.plus(FrameTurn.LEAST);
      worker.run();
      pictures.release();
      looking(worker, "the other one has its turn", () -> running(other));
      assertEquals(State.QUEUED, set().state());
      assertEquals(2, work.pieces(ID).getFirst().entries().size(), "all that was taken is kept");
      pictures.release(100);
      looking(worker, "both are whole", () -> whole(ID) && whole(other));
    }
    assertHasAll(archive());
  }

  private boolean running(String id) {
    return sets.find(VIDEO, id).orElseThrow().state() == State.RUNNING;
  }

  private boolean whole(String id) {
    return sets.find(VIDEO, id).orElseThrow().state() == State.COMPLETED;
  }

  /// Lets a worker do what it does every so often.
  private void looking(FrameWorker worker, String until, Eventually.Condition condition)
      throws Exception {
    Eventually.holds(
        until,
        () -> {
          now = now.plusSeconds(2);
          worker.run();
          return condition.holds();
        });
  }

  @Test
  void whatIsBeingMadeCountsAndIsBounded() throws Exception {
    FrameWriter writer = writer(begin("b"));
    for (int i = 0; i < 3; i++) {
      writer.take(i, picture(i));
    }
    FrameSetStore.Limits limits = new FrameSetStore.Limits(10, 20, FrameWriter.PIECE_BYTES);
    assertEquals(FrameSetStore.Answer.TOO_MANY_BYTES, add("t".repeat(20), "ann", limits));
    assertEquals(FrameSetStore.Answer.ADDED, add("u".repeat(20), "bob", limits));
    now = now.plus(FrameWorker.LEASE);

    Attempt attempt = work.begin(ID, "c".repeat(20), now, FrameWorker.LEASE).orElseThrow();
    new FrameRun(
            ground(2L * FrameWriter.PIECE_BYTES), camera(-1), new RetryPolicy(1, random), attempt)
        .run();

    assertEquals("frames_too_large", set().failure().orElseThrow().code());
  }

  @Test
  void goesWhenItsTimeIsOverHoweverTheRingIs() throws Exception {
    run(camera(-1), begin("b"));
    now = now.plus(FrameRun.KEPT);
    ring.failWith(BlobException.Reason.UNAVAILABLE);
    sweep();
    assertTrue(sets.find(VIDEO, ID).isEmpty());
    ring.failWith(null);
    assertEquals(4, ring.keys().size());

    now = now.plusSeconds(30);
    sweep();

    assertEquals(Set.of(), ring.keys());
    add();
  }

  private void sweep() {
    new FrameSweeps(database, ring, () -> now).run();
  }
}
