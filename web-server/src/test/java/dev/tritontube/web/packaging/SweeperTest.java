package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.blobs.InMemoryBlobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TestCatalog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("catalog")
class SweeperTest {
  private static final AssetId ASSET = new AssetId("a".repeat(20));

  @TempDir Path folder;
  private final InMemoryBlobs ring = new InMemoryBlobs();
  private Database database;
  private AttemptStore attempts;
  private SegmentStore segments;

  @BeforeEach
  void open() throws IOException {
    database = TestCatalog.open(folder);
    attempts = new AttemptStore(database.jdbi(), InstantSource.system());
    segments = new SegmentStore(database.jdbi());
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into packaging (asset, status, stage, percent, playable, revision, enqueued_at,
                      updated_at)
                    values (?, 'PROCESSING', 'encoding', 0, true, 'revision', 0, 0)
                    """,
                    ASSET.value()));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void leavesAnAttemptThatIsClosedMeanwhileToTheNextSweep() throws Exception {
    writeAndDie("first");
    Blobs busy = new BlobsWithOthers(ring, () -> writeAndDie("second"));

    new Sweeper(busy, attempts, segments).sweepAttempts(ASSET);
    new Sweeper(ring, attempts, segments).sweepAttempts(ASSET);

    assertEquals(Set.of(), ring.keys());
    assertTrue(attempts.closed(ASSET).isEmpty());
  }

  /// An attempt stores a segment that it does not live to put on record.
  private void writeAndDie(String id) throws BlobException {
    Attempt attempt = new Attempt(ASSET, "revision", id);
    assertTrue(attempts.open(attempt, Span.of("360p", 0, 1), false, "test"));
    ring.put(attempt.key("360p", 0), ByteBuffer.allocate(1));
    attempts.closeAll(ASSET);
  }

  private interface Others {
    void act() throws BlobException;
  }

  /// A ring on which others are at work: they act once, before the first delete.
  private static final class BlobsWithOthers implements Blobs {
    private final Blobs ring;
    private final Others others;
    private boolean acted;

    BlobsWithOthers(Blobs ring, Others others) {
      this.ring = ring;
      this.others = others;
    }

    @Override
    public void delete(BlobKey key) throws BlobException {
      if (!acted) {
        acted = true;
        others.act();
      }
      ring.delete(key);
    }

    @Override
    public void put(BlobKey key, ByteBuffer data) throws BlobException {
      ring.put(key, data);
    }

    @Override
    public BlobStream open(BlobKey key, long offset, long length) throws BlobException {
      return ring.open(key, offset, length);
    }

    @Override
    public boolean exists(BlobKey key) throws BlobException {
      return ring.exists(key);
    }
  }
}
