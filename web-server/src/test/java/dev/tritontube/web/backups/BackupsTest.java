package dev.tritontube.web.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.NodeState;
import dev.tritontube.ring.Solver;
import dev.tritontube.web.blobs.BlobException.Reason;
import dev.tritontube.web.blobs.InMemoryBlobs;
import dev.tritontube.web.blobs.Layouts;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TestCatalog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("catalog")
@Timeout(60)
class BackupsTest {
  static final Layout LAYOUT =
      Solver.first(
          "cluster",
          4,
          3,
          IntStream.rangeClosed(1, 3)
              .mapToObj(
                  i ->
                      new LayoutNode(
                          new NodeId("%016x".formatted(i)), "h:" + i, "z", 1, NodeState.ACTIVE))
              .toList());

  /// One that does not change.
  record Still(Layout current) implements Layouts {
    @Override
    public Layout refresh(long atLeastEpoch) throws IOException {
      throw new IOException("there is no epoch " + atLeastEpoch);
    }
  }

  @TempDir Path folder;
  private final InMemoryBlobs blobs = new InMemoryBlobs();
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final InstantSource clock = () -> now;
  private Database database;
  private Backups backups;

  @BeforeEach
  void start() throws Exception {
    database = TestCatalog.open(folder);
    backups =
        new Backups(
            new Backups.Ground(database, blobs, new Still(LAYOUT), new Random(1), clock),
            Duration.ofHours(1));
  }

  @AfterEach
  void stop() {
    backups.close();
    database.close();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void makesCopiesOfChunksAndAManifest() throws Exception {
    Backup backup = backups.create();

    assertEquals(Backup.State.DONE, backup.state());
    assertEquals(1, backup.chunks());
    assertEquals(List.of(backup), backups.list());
    assertEquals(
        List.of("c/" + backup.id() + "/0", "c/" + backup.id() + "/manifest"),
        List.copyOf(blobs.keys()));
    Manifest manifest =
        Manifest.decode(blobs.contents().getOrDefault(backup.id().manifest().value(), new byte[0]));
    assertEquals("cluster", manifest.cluster());
    assertEquals(database.schema(), manifest.schema());
    assertEquals(backup, manifest.of(backup.id()));
  }

  @Test
  void makesOneAtATime() throws Exception {
    Backup first = backups.begin();
    Backup second = backups.begin();
    backups.create();
    assertTrue(first.id().equals(second.id()) || backups.list().size() > 1);
  }

  @Test
  void givesUpWhatCannotBeWrittenAndDeletesWhatWas() throws Exception {
    backups.runDue();
    blobs.failWith(Reason.UNAVAILABLE);
    assertThrows(IOException.class, backups::create);
    assertEquals(List.of(), backups.list());
    blobs.failWith(null);
    backups.runDue();
    assertEquals(0, new BackupStore(database).all().size());

    // And it is made soon, not in an hour.
    pass(Duration.ofMinutes(6));
    backups.runDue();
    assertEquals(1, backups.list().size());
  }

  @Test
  void makesOneAnHour() throws Exception {
    backups.runDue();
    assertEquals(0, backups.list().size(), "a new catalog has nothing to lose");
    pass(Duration.ofMinutes(59));
    backups.runDue();
    assertEquals(0, backups.list().size());
    pass(Duration.ofMinutes(1));
    backups.runDue();
    backups.create(); // Joins it, or is another one a while later.
    int made = backups.list().size();
    backups.runDue();
    assertEquals(made, backups.list().size());
    pass(Duration.ofHours(1));
    backups.runDue();
    assertEquals(made + 1, backups.list().size());
  }

  @Test
  void severalProcessesMakeOneBetweenThem() {
    BackupStore store = new BackupStore(database);
    BackupStore other = new BackupStore(database);
    assertEquals(false, store.takeDue(now, Duration.ofHours(1)));
    pass(Duration.ofHours(1));
    assertEquals(true, other.takeDue(now, Duration.ofHours(1)));
    assertEquals(false, store.takeDue(now, Duration.ofHours(1)));
  }

  @Test
  void deletesWhatIsNotKeptAnyMore() throws Exception {
    for (int i = 0; i < 30; i++) {
      backups.create();
      pass(Duration.ofMinutes(1));
    }
    backups.runDue();
    assertEquals(24, backups.list().size());
    assertEquals(48, blobs.keys().size());
  }

  @Test
  void deletesWhatAProcessLeftThatIsGone() throws Exception {
    Backup left =
        new Backup(BackupId.at(now, new Random(9)), Backup.State.WRITING, 0, 0, 0, 1, now);
    BackupStore store = new BackupStore(database);
    store.begin(left);
    store.reserve(left.id(), 1, now);
    blobs.put(left.id().chunk(0), ByteBuffer.wrap(new byte[] {1}));
    backups.runDue();
    assertEquals(1, blobs.keys().size(), "it may live");

    pass(Duration.ofMinutes(11));
    backups.runDue();

    assertEquals(0, blobs.keys().size());
    assertEquals(List.of(), store.all());
  }
}
